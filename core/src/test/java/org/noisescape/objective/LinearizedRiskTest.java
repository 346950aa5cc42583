package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.LinearizedRisk.Retention;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Products over a whole data set against sums over single samples. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class LinearizedRiskTest {
  private static final int[] IMAGE = {5, 1, 1};
  private static final int SAMPLES = 23;

  /** Dividing 23, not dividing it, and larger than it. */
  private static final int[] CHUNKS = {1, 4, 7, 23, 100};

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** H = G = (1/N) Σ (x, 1)(x, 1)ᵀ, S = (1/N) Σ g gᵀ − ḡ ḡᵀ. */
  @ParameterizedTest
  @MethodSource("engines")
  void productsAreThoseOfLeastSquaresWhateverTheChunk(EngineUnderTest on) {
    ArraySamples samples = ArraySamples.normal(1, SAMPLES, IMAGE, 1);
    Network network = ModelZoo.build("linear", IMAGE, 1);
    int size = network.parameterCount();
    double[] theta = normals(2, size);
    double[] x = normals(3, 5 * size);
    LinearOracle oracle = new LinearOracle(samples, theta);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (int chunk : CHUNKS) {
        for (int directions : new int[] {1, 2, 5}) {
          for (Retention retention : Retention.values()) {
            try (Site site =
                new Site(on, network, new MeanSquare(), samples, dtype, directions, chunk)
                    .bind(retention)) {
              site.risk.moveTo(theta);
              double tolerance = 256 * Vectors.epsilon(dtype);
              double[] hessian = site.product(x, site.risk::hessianProducts);
              double[] gaussNewton = site.product(x, site.risk::gaussNewtonProducts);
              double[] covariance = site.product(x, site.risk::covarianceProducts);
              double[][] projections = site.risk.sampleProjections(site.x);
              close("gradient", site.gradient(), oracle.gradient(), tolerance * 10);
              for (int k = 0; k < 5; k++) {
                double[] v = part(x, k * size, size);
                double[] h = oracleHessian(oracle, samples, v);
                double[] s = oracleCovariance(oracle, v);
                double scale = tolerance * norm(h);
                close("H v", part(hessian, k * size, size), h, scale);
                close("G v", part(gaussNewton, k * size, size), h, scale);
                close("S v", part(covariance, k * size, size), s, 10 * tolerance * norm(v));
                for (int n = 0; n < SAMPLES; n++) {
                  double[] g = oracle.sampleGradient(n);
                  close("g·v", projections[k][n], dot(g, v), 10 * tolerance * norm(g) * norm(v));
                }
              }
            }
          }
        }
      }
    }
  }

  /** The centred covariance of a non-linear network from the gradients of single samples. */
  @ParameterizedTest
  @MethodSource("engines")
  void theCovarianceIsThatOfTheGradientsOfSingleSamples(EngineUnderTest on) {
    ArraySamples samples = ArraySamples.normal(4, 7, IMAGE, 3);
    Network network = ModelZoo.build("mlp:4", IMAGE, 3);
    Loss loss = Losses.parse("ce:0.1");
    int size = network.parameterCount();
    double[] theta = normals(5, size);
    double[][] gradients = new double[7][];
    for (int n = 0; n < gradients.length; n++) {
      try (Site site =
          new Site(on, network, loss, one(samples, n), DType.FLOAT64, 1, 1).bind(Retention.KEPT)) {
        site.risk.moveTo(theta);
        gradients[n] = site.gradient();
      }
    }
    double[] v = normals(6, size);
    double[] expected = covariance(gradients, v);
    try (Site site =
        new Site(on, network, loss, samples, DType.FLOAT64, 2, 3).bind(Retention.RECOMPUTED)) {
      site.risk.moveTo(theta);
      double[] product = site.product(v, site.risk::covarianceProducts);
      close("S v", product, expected, 1e-13 * (norm(expected) + norm(v)));
    }
  }

  @Test
  void keptAndRecomputedStateGiveTheSameBits() {
    ArraySamples samples = ArraySamples.normal(7, SAMPLES, IMAGE, 3);
    Network network = ModelZoo.build("mlp:6,4", IMAGE, 3);
    int size = network.parameterCount();
    double[] theta = normals(8, size);
    double[] x = normals(9, 3 * size);
    double[][] results = new double[2][];
    for (Retention retention : Retention.values()) {
      try (Site site =
          new Site(EngineUnderTest.HOST, network, Losses.parse("ce"), samples, DType.FLOAT32, 3, 4)
              .bind(retention)) {
        site.risk.moveTo(theta);
        site.product(x, site.risk::gaussNewtonProducts);
        site.product(x, site.risk::covarianceProducts);
        results[retention.ordinal()] = site.product(x, site.risk::hessianProducts);
      }
    }
    close("H v", results[0], results[1], 0);
  }

  @Test
  void samplesThatAreCoupledHaveNoProjections() {
    ArraySamples samples = ArraySamples.normal(1, 6, new int[] {1, 8, 8}, 3);
    Network network = ModelZoo.build("resnet18:1", new int[] {1, 8, 8}, 3);
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      ResidentData data =
          new ResidentData(samples, network, Losses.parse("ce"), DType.FLOAT64, arena);
      LinearizedRisk risk =
          new LinearizedRisk(
              data,
              arena,
              LinearizedOptions.of(1).withChunk(3).withStatistics(BatchStatistics.ofBatch()));
      Tensor x = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      arena.commit();
      assertThatThrownBy(() -> risk.sampleProjections(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a sample has no gradient of its own");
    }
  }

  @Test
  void lossesComeInTheOrderOfTheData() {
    ArraySamples samples = ArraySamples.normal(1, SAMPLES, IMAGE, 1);
    Network network = ModelZoo.build("linear", IMAGE, 1);
    double[] theta = normals(2, network.parameterCount());
    LinearOracle oracle = new LinearOracle(samples, theta);
    for (Retention retention : Retention.values()) {
      try (Site site =
          new Site(EngineUnderTest.HOST, network, new MeanSquare(), samples, DType.FLOAT64, 1, 4)
              .bind(retention)) {
        site.risk.moveTo(theta);
        double[] losses = site.risk.losses();
        for (int n = 0; n < SAMPLES; n++) {
          close("loss " + n, losses[n], oracle.loss(n), 1e-13 * (1 + oracle.loss(n)));
        }
      }
    }
  }

  @Test
  void directionsBelowOneAreRefused() {
    ArraySamples samples = ArraySamples.normal(1, SAMPLES, IMAGE, 1);
    Network network = ModelZoo.build("linear", IMAGE, 1);
    Site site =
        new Site(EngineUnderTest.HOST, network, new MeanSquare(), samples, DType.FLOAT64, 0, 4);
    assertThatThrownBy(() -> site.bind(Retention.KEPT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("directions must be >= 1, got 0");
  }

  private static double[] oracleHessian(LinearOracle oracle, ArraySamples samples, double[] v) {
    double[] sum = new double[v.length];
    for (int n = 0; n < SAMPLES; n++) {
      double[] input = new double[v.length];
      for (int i = 0; i < v.length - 1; i++) {
        input[i] = samples.features()[n * (v.length - 1) + i];
      }
      input[v.length - 1] = 1;
      double projection = dot(input, v) / oracle.size();
      for (int i = 0; i < v.length; i++) {
        sum[i] += projection * input[i];
      }
    }
    return sum;
  }

  private static double[] oracleCovariance(LinearOracle oracle, double[] v) {
    double[][] gradients = new double[SAMPLES][];
    for (int n = 0; n < SAMPLES; n++) {
      gradients[n] = oracle.sampleGradient(n);
    }
    return covariance(gradients, v);
  }

  private static double[] covariance(double[][] gradients, double[] v) {
    int count = gradients.length;
    double[] mean = new double[v.length];
    double[] sum = new double[v.length];
    for (double[] g : gradients) {
      for (int i = 0; i < v.length; i++) {
        mean[i] += g[i] / count;
        sum[i] += dot(g, v) / count * g[i];
      }
    }
    double projection = dot(mean, v);
    for (int i = 0; i < v.length; i++) {
      sum[i] -= projection * mean[i];
    }
    return sum;
  }

  private static ArraySamples one(ArraySamples all, int n) {
    int width = all.features().length / all.size();
    float[] x = new float[width];
    float[] y = new float[all.outputs()];
    all.copyFeatures(n, 1, x);
    all.copyTargets(n, 1, y);
    return new ArraySamples(all.image(), all.outputs(), x, y);
  }

  private interface Product {
    void of(Tensor x, Tensor y);
  }

  /** A risk on an engine, with memory for products of up to 5 vectors. */
  private static final class Site implements AutoCloseable {
    private final Arena arena;
    private final ResidentData data;
    private final Network network;
    private final Loss loss;
    private final DType dtype;
    private final int directions;
    private final int chunk;
    private Tensor x;
    private Tensor y;
    private LinearizedRisk risk;

    Site(
        EngineUnderTest on,
        Network network,
        Loss loss,
        ArraySamples samples,
        DType dtype,
        int directions,
        int chunk) {
      this.arena = on.engine().arena();
      this.data = new ResidentData(samples, network, loss, dtype, arena);
      this.network = network;
      this.loss = loss;
      this.dtype = dtype;
      this.directions = directions;
      this.chunk = chunk;
    }

    Site bind(Retention retention) {
      risk =
          new LinearizedRisk(
              data, arena, LinearizedOptions.of(directions).withChunk(chunk).with(retention));
      x = arena.reserve(dtype, 5, network.parameterCount());
      y = arena.reserve(dtype, 5, network.parameterCount());
      arena.commit();
      return this;
    }

    double[] product(double[] vectors, Product product) {
      int count = vectors.length / network.parameterCount();
      arena.engine().memory().write(x.rows(0, count), vectors);
      arena.engine().memory().fill(y, Double.NaN);
      product.of(x.rows(0, count), y.rows(0, count));
      return arena.engine().memory().readDoubles(y.rows(0, count));
    }

    double[] gradient() {
      return arena.engine().memory().readDoubles(risk.gradient());
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
