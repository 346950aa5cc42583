package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.normals;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.LinearizedRisk.Retention;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** Chunks, options, stops and the smaller quantities of a risk, of least squares by hand. */
class RiskPartsTest {
  private static final int[] IMAGE = {5, 1, 1};
  private static final int SAMPLES = 13;

  /** Four chunks. */
  private static final int CHUNK = 4;

  private final Engine engine = EngineUnderTest.HOST.engine();
  private final Arena arena = engine.arena();
  private final Network network = ModelZoo.build("linear", IMAGE, 1);
  private final ArraySamples samples = ArraySamples.normal(1, SAMPLES, IMAGE, 1);
  private final ResidentData data =
      new ResidentData(samples, network, new MeanSquare(), DType.FLOAT64, arena);
  private final double[] theta = normals(2, 2 * network.parameterCount());
  private final Tensor parameters = arena.reserve(DType.FLOAT64, 2, network.parameterCount());
  private final Tensor gradient = arena.reserve(DType.FLOAT64, 2, network.parameterCount());

  @AfterEach
  void giveBack() {
    arena.close();
  }

  private EmpiricalRisk risk(Backward backward) {
    EmpiricalRisk risk =
        new EmpiricalRisk(
            data, arena, RiskOptions.values().with(backward).withReplicas(2).withChunk(CHUNK));
    arena.commit();
    engine.memory().write(parameters, theta);
    return risk;
  }

  private LinearOracle oracle(int replica) {
    int size = network.parameterCount();
    return new LinearOracle(
        samples, Arrays.copyOfRange(theta, replica * size, (replica + 1) * size));
  }

  @Test
  void lossesBesideGradientsAreTheMeansOfTheSamples() {
    double[] losses = new double[2];
    risk(Backward.YES).gradient(network.view(parameters), network.view(gradient), losses);
    double[] found = engine.memory().readDoubles(gradient);
    for (int r = 0; r < 2; r++) {
      LinearOracle oracle = oracle(r);
      double mean = 0;
      for (int n = 0; n < SAMPLES; n++) {
        mean += oracle.loss(n) / SAMPLES;
      }
      close("L", losses[r], mean, 1e-14 * mean);
      double[] exact = oracle.gradient();
      for (int i = 0; i < exact.length; i++) {
        close("g", found[r * exact.length + i], exact[i], 1e-13);
      }
    }
  }

  /** G = (1/N) Σ (x, 1)(x, 1)ᵀ wherever θ is. */
  @Test
  void theTraceOfGaussNewtonIsTheMeanSquareOfTheInputs() {
    double trace = 1;
    for (float x : samples.features()) {
      trace += (double) x * x / SAMPLES;
    }
    double[] found =
        risk(Backward.YES).gaussNewtonTrace(network.view(parameters), network.view(gradient));
    close("tr G", found, new double[] {trace, trace}, 1e-14 * trace);
  }

  @Test
  void gradientsNeedBackward() {
    EmpiricalRisk risk = risk(Backward.NO);
    Tensor[] views = network.view(parameters);
    Tensor[] gradients = network.view(gradient);
    assertThat(risk.network()).isSameAs(network);
    assertThat(risk.chunk()).isEqualTo(CHUNK);
    for (Runnable call :
        new Runnable[] {
          () -> risk.gradient(views, gradients),
          () -> risk.gradient(views, gradients, new double[2]),
          () -> risk.noise(views, gradients, gradient),
          () -> risk.gaussNewtonTrace(views, gradients)
        }) {
      assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("Backward.YES");
    }
  }

  /** Every pass asks before each of its four chunks, and the trace before each output as well. */
  @Test
  void passesStopBeforeAChunk() {
    StopCheck stop = new StopCheck();
    EmpiricalRisk risk = risk(Backward.YES).stoppedBy(stop);
    Tensor[] views = network.view(parameters);
    Tensor[] gradients = network.view(gradient);
    asks(stop, 4, () -> risk.value(views));
    asks(stop, 4, () -> risk.gradient(views, gradients));
    asks(stop, 4, () -> risk.gradient(views, gradients, new double[2]));
    asks(stop, 4, () -> risk.noise(views, gradients, gradient));
    asks(stop, 8, () -> risk.gaussNewtonTrace(views, gradients));
  }

  private static void asks(StopCheck stop, int times, Runnable work) {
    AtomicInteger asked = new AtomicInteger();
    stop.when(() -> asked.incrementAndGet() > times);
    work.run();
    assertThat(asked).hasValue(times);
    asked.set(0);
    stop.when(() -> asked.incrementAndGet() == times);
    assertThatThrownBy(work::run).isInstanceOf(StoppedException.class);
  }

  @Test
  void productsStopBeforeAChunkAndNeedATheta() {
    for (Retention retention : Retention.values()) {
      try (Arena own = engine.arena()) {
        StopCheck stop = new StopCheck();
        ResidentData inputs =
            new ResidentData(samples, network, new MeanSquare(), DType.FLOAT64, own);
        LinearizedRisk risk =
            new LinearizedRisk(
                    inputs, own, LinearizedOptions.of(2).withChunk(CHUNK).with(retention))
                .stoppedBy(stop);
        Tensor x = own.reserve(DType.FLOAT64, 3, network.parameterCount());
        Tensor y = own.reserve(DType.FLOAT64, 3, network.parameterCount());
        own.commit();
        assertThat(risk.network()).isSameAs(network);
        assertThat(risk.engine()).isSameAs(engine);
        assertThat(risk.dtype()).isEqualTo(DType.FLOAT64);
        assertThat(risk.directions()).isEqualTo(2);
        for (Runnable call :
            new Runnable[] {
              risk::theta,
              risk::gradient,
              risk::losses,
              () -> risk.hessianProducts(x, y),
              () -> risk.gaussNewtonProducts(x, y),
              () -> risk.covarianceProducts(x, y)
            }) {
          assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("moveTo");
        }
        double[] at = normals(2, network.parameterCount());
        asks(stop, 4, () -> risk.moveTo(at));
        stop.when(() -> false);
        risk.moveTo(at);
        assertThat(engine.memory().readDoubles(risk.theta())).isEqualTo(at);
        asks(stop, 4, risk::losses);
        // a block of two and one of one
        asks(stop, 8, () -> risk.hessianProducts(x, y));
        asks(stop, 8, () -> risk.gaussNewtonProducts(x, y));
        asks(stop, 8, () -> risk.covarianceProducts(x, y));
      }
    }
  }

  /** Four passes, and the ten pairs of four chunks. */
  @Test
  void gramMatricesStopBeforeAChunk() {
    StopCheck stop = new StopCheck();
    GradientProducts products =
        new GradientProducts(data, arena, GradientRows.LOSS, CHUNK, BatchStatistics.none())
            .stoppedBy(stop);
    arena.commit();
    double[] at = normals(2, network.parameterCount());
    asks(stop, 14, () -> products.compute(at, (i, j, rows, columns, values) -> {}));
    assertThat(GradientRows.LOSS.count(ModelZoo.build("linear", IMAGE, 3), 7)).isEqualTo(7);
    assertThat(GradientRows.GAUSS_NEWTON.count(ModelZoo.build("linear", IMAGE, 3), 7))
        .isEqualTo(21);
  }

  @Test
  void chunksArePaddedWithTheLastSample() {
    ChunkPlan plan = new ChunkPlan(7, 3, 2, arena);
    ChunkPlan large = new ChunkPlan(7, 100, 1, arena);
    arena.commit();
    assertThat(plan.samples()).isEqualTo(7);
    assertThat(plan.chunk()).isEqualTo(3);
    assertThat(plan.count()).isEqualTo(3);
    int[][] indices = {{0, 1, 2}, {3, 4, 5}, {6, 6, 6}};
    int[] valid = {3, 3, 1};
    for (int c = 0; c < 3; c++) {
      int[] row = indices[c];
      assertThat(engine.memory().readInts(plan.indices(c)))
          .containsExactly(row[0], row[1], row[2], row[0], row[1], row[2]);
      assertThat(plan.valid(c)).isEqualTo(valid[c]);
    }
    assertThat(engine.memory().readDoubles(plan.scale())).containsExactly(1.0 / 7, 1.0 / 7);
    assertThat(large.chunk()).isEqualTo(7);
    assertThat(large.count()).isEqualTo(1);
    assertThat(ChunkPlan.accumulation(0)).isEqualTo(Accumulation.OVERWRITE);
    assertThat(ChunkPlan.accumulation(1)).isEqualTo(Accumulation.ADD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkPlan(7, 0, 1, arena))
        .withMessage("chunk must be >= 1, got 0");
  }

  @Test
  void meansAndVariancesDoNotDependOnTheBatches() {
    MeanAndVariance parts = new MeanAndVariance();
    assertThat(parts.standardError()).isNaN();
    double[] values = {1e9, 1, 2, 6, 7, 1e9};
    parts.add(values, 1, 2);
    assertThat(parts.mean()).isEqualTo(1);
    assertThat(parts.standardError()).isNaN();
    parts.add(values, 2, 2);
    parts.add(values, 2, 5);
    close("mean", parts.mean(), 4, 1e-15);
    // deviations −3 −2 2 3: 26/3, over 4
    close("error", parts.standardError(), Math.sqrt(26.0 / 3 / 4), 1e-15);
    MeanAndVariance two = new MeanAndVariance();
    two.add(new double[] {1, 3}, 0, 2);
    assertThat(two.standardError()).isEqualTo(1);
  }

  @Test
  void imagesArriveWithTheirChannelsLast() {
    int[] image = {2, 16, 17};
    float[] x = new float[3 * 2 * 16 * 17];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    ArraySamples images = new ArraySamples(image, 3, x, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    Network convolutional = ModelZoo.build("meng-cnn", image, 3);
    ResidentData loaded =
        new ResidentData(images, convolutional, new MeanSquare(), DType.FLOAT64, arena);
    arena.commit();
    double[] found = engine.memory().readDoubles(loaded.features());
    int pixels = 16 * 17;
    for (int n = 0; n < 3; n++) {
      for (int p = 0; p < pixels; p++) {
        for (int c = 0; c < 2; c++) {
          assertThat(found[(n * pixels + p) * 2 + c]).isEqualTo((n * 2 + c) * pixels + p);
        }
      }
    }
    assertThat(engine.memory().readDoubles(loaded.targets()))
        .containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(loaded.source()).isSameAs(images);
    assertThat(loaded.size()).isEqualTo(3);
    assertThat(loaded.dtype()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void greyImagesArriveAsTheyAre() {
    ArraySamples images = ArraySamples.normal(3, 2, new int[] {1, 16, 17}, 3);
    Network convolutional = ModelZoo.build("meng-cnn", images.imageShape(), 3);
    ResidentData loaded =
        new ResidentData(images, convolutional, new MeanSquare(), DType.FLOAT32, arena);
    arena.commit();
    double[] found = engine.memory().readDoubles(loaded.features());
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(images.features()[i]);
    }
  }

  @Test
  void dataOfMoreThanOneLoadComeInTheirOrder() {
    ArraySamples many = ArraySamples.normal(3, 2500, IMAGE, 1);
    ResidentData loaded = new ResidentData(many, network, new MeanSquare(), DType.FLOAT32, arena);
    arena.commit();
    double[] x = engine.memory().readDoubles(loaded.features());
    double[] y = engine.memory().readDoubles(loaded.targets());
    for (int i = 0; i < x.length; i++) {
      assertThat(x[i]).isEqualTo(many.features()[i]);
    }
    for (int n = 0; n < y.length; n++) {
      assertThat(y[n]).isEqualTo(many.targets()[n]);
    }
  }

  @Test
  void theFirstSamplesAreThoseOfTheWhole() {
    FirstSamples first = new FirstSamples(samples, 3);
    float[] x = new float[10];
    float[] y = new float[2];
    first.copyFeatures(1, 2, x);
    first.copyTargets(1, 2, y);
    assertThat(x).isEqualTo(Arrays.copyOfRange(samples.features(), 5, 15));
    assertThat(y).isEqualTo(Arrays.copyOfRange(samples.targets(), 1, 3));
    assertThat(first.imageShape()).isEqualTo(IMAGE);
    assertThat(first.outputs()).isEqualTo(1);
    assertThat(new FirstSamples(samples, SAMPLES).size()).isEqualTo(SAMPLES);
    assertThat(new FirstSamples(samples, 1).size()).isEqualTo(1);
    for (int wrong : new int[] {0, SAMPLES + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new FirstSamples(samples, wrong))
          .withMessage("samples must be between 1 and the 13 there are, got " + wrong);
    }
  }

  @Test
  void optionsAreTakenAsTheyAreGivenAndRefusedBelowTheirEnds() {
    RiskOptions options = RiskOptions.gradients().withReplicas(3).withChunk(5);
    assertThat(options).isEqualTo(new RiskOptions(3, 5, Backward.YES, BatchStatistics.none()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withReplicas(0))
        .withMessage("the number of replicas must be >= 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withChunk(-1))
        .withMessageContaining("got -1");
    assertThat(options.withChunk(0).chunk()).isZero();
    LinearizedOptions linearized = LinearizedOptions.of(1);
    assertThat(linearized.retention()).isEqualTo(Retention.RECOMPUTED);
    assertThat(linearized.withChunk(0).chunk()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linearized.withChunk(-1))
        .withMessageContaining("got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearizedOptions.of(0))
        .withMessageContaining("got 0");
  }

  /** 2²⁵ elements, at least 16 samples and at most 1000, in chunks of about one size. */
  @Test
  void theAutomaticChunkIsByHand() {
    assertThat(EmpiricalRisk.automaticChunk(network, 1, 1000)).isEqualTo(1000);
    assertThat(EmpiricalRisk.automaticChunk(network, 1, 1001)).isEqualTo(501);
    assertThat(EmpiricalRisk.automaticChunk(network, 1, 2500)).isEqualTo(834);
    assertThat(EmpiricalRisk.automaticChunk(network, 1, 1)).isEqualTo(1);
    Network large = ModelZoo.build("mori-cnn", new int[] {3, 32, 32}, 10);
    assertThat(EmpiricalRisk.automaticChunk(large, 100_000, 48)).isEqualTo(16);
    assertThat(EmpiricalRisk.automaticChunk(large, 100_000, 33)).isEqualTo(11);
    long elements = large.inputSize() + large.layer().activationSize(large.inputShape());
    long chunk = (1 << 25) / (elements * 2);
    assertThat(chunk).isBetween(17L, 999L);
    assertThat(EmpiricalRisk.automaticChunk(large, 2, (int) (3 * chunk))).isEqualTo((int) chunk);
  }

  /** Features, targets and their gathered copies grow with the chunk, up to all samples. */
  @Test
  void theStateOfAChunkGrowsWithItUpToTheData() {
    var statistics = BatchStatistics.none();
    arena.commit();
    long one = LinearizedRisk.stateBytes(data, 1, statistics);
    long all = LinearizedRisk.stateBytes(data, SAMPLES, statistics);
    // inputs, output, its target and cotangents, and the loss, in 8 bytes each
    assertThat(all - one).isBetween(8L * 8 * (SAMPLES - 1), 8L * 16 * (SAMPLES - 1));
    assertThat(LinearizedRisk.stateBytes(data, 100, statistics)).isEqualTo(all);
  }
}
