package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.instruments.Instrument;
import org.noisescape.instruments.InstrumentProbe;
import org.noisescape.instruments.Instruments;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.optim.RunSchedules;
import org.noisescape.optim.Schedules;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Vectors;
import org.noisescape.train.TrainingEvent.Measured;

class InstrumentProbeTest {
  private static final int REPLICAS = 2;
  private static final Interval EACH = new Interval(1, Interval.Unit.STEPS);

  private final Engine engine = EngineUnderTest.HOST.engine();

  private static List<Instrument> all(String... without) {
    return Instruments.all().stream()
        .filter(each -> !List.of(without).contains(each.name()))
        .toList();
  }

  private static Probe.Scheduled probe(Interval interval, List<Instrument> instruments) {
    return new Probe.Scheduled(InstrumentProbe.of(instruments), interval);
  }

  /** Where θ was, at each measurement. */
  private static final class Path implements Probe {
    private final Map<Integer, double[]> points = new LinkedHashMap<>();

    @Override
    public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
      points.put(points.size(), theta.engine().memory().readDoubles(theta));
      return java.util.Collections.nCopies(theta.dim(0), Map.of());
    }

    double[] at(int step, int replica) {
      double[] all = points.get(step);
      int size = all.length / REPLICAS;
      return Arrays.copyOfRange(all, replica * size, (replica + 1) * size);
    }
  }

  /** The mini-batch is the data set, so that its order does not matter. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum:0.9", "adam"})
  void everyInstrumentReadsWhatItsDefinitionSays(String optimizer) {
    Trial trial = Trial.mlp(optimizer, DType.FLOAT64, REPLICAS);
    TrainingPlan plan =
        trial.plan(0.05, 3, Schedules.parse("cosine")).toBuilder().batch(Trial.SAMPLES).build();
    Path path = new Path();
    List<Instrument> instruments = optimizer.equals("sgd") ? all() : all("cabs");
    Trial.Ended run =
        trial.run(
            engine,
            plan,
            List.of(new Probe.Scheduled(site -> path, EACH), probe(EACH, instruments)),
            null);
    List<Measured> measured = run.only(Measured.class);
    assertThat(measured).hasSize(4);
    for (int step = 1; step <= 3; step++) {
      for (int r = 0; r < REPLICAS; r++) {
        Measurement found = measured.get(step).measurements().get(r);
        double rate = found.values().get("learning_rate");
        assertThat(rate).isEqualTo(0.05 * plan.timeline(Trial.SAMPLES).rateFactor(step - 1));
        InstrumentOracle before =
            new InstrumentOracle(engine, plan, trial.samples(), path.at(step - 1, r));
        require(found, before, rate, optimizer);
        requireVectors(found, plan, before, path, step, r);
        requireAlpha(found, plan, trial, before, path, step, r);
        requireHistograms(found, before, path.at(step - 1, r));
      }
    }
  }

  private static void require(
      Measurement found, InstrumentOracle oracle, double rate, String optimizer) {
    Map<String, ToDoubleFunction<double[]>> statistics = new LinkedHashMap<>();
    statistics.put("batch_loss", oracle::loss);
    statistics.put("norm_test", oracle::normTest);
    statistics.put("inner_product_test", oracle::innerProductTest);
    statistics.put("orthogonality_test", oracle::orthogonalityTest);
    statistics.put("gsnr", oracle::gsnr);
    statistics.put("early_stopping", oracle::earlyStopping);
    statistics.put("tic_trace", oracle::takeuchiTrace);
    statistics.put("tic_diagonal", oracle::takeuchiDiagonal);
    Map<String, Double> values = found.values();
    statistics.forEach(
        (name, statistic) -> {
          double expected = statistic.applyAsDouble(InstrumentOracle.equal(oracle.batch()));
          assertThat(values.get(name)).as(name).isCloseTo(expected, relative(expected, 1e-9));
          double error = InstrumentOracle.standardError(oracle.batch(), statistic);
          assertThat(values.get(name + "_standard_error"))
              .as(name + " ±")
              .isCloseTo(error, relative(error, 1e-5));
        });
    if (optimizer.equals("sgd")) {
      double expected = oracle.cabs(rate, InstrumentOracle.equal(oracle.batch()));
      assertThat(values.get("cabs")).isCloseTo(expected, relative(expected, 1e-9));
      double error = InstrumentOracle.standardError(oracle.batch(), w -> oracle.cabs(rate, w));
      assertThat(values.get("cabs_standard_error")).isBetween(error, 5 * error);
    }
  }

  private static org.assertj.core.data.Offset<Double> relative(double value, double share) {
    return within(share * Math.abs(value) + 1e-14);
  }

  private static void requireVectors(
      Measurement found, TrainingPlan plan, InstrumentOracle oracle, Path path, int step, int r) {
    double[] now = path.at(step, r);
    double[] update = Vectors.axpy(-1, path.at(step - 1, r), now);
    double[] way = Vectors.axpy(-1, path.at(0, r), now);
    double[] gradient = oracle.gradient(InstrumentOracle.equal(oracle.batch()));
    Map<String, Double> values = found.values();
    requireNorm(values, "batch_gradient_norm", Vectors.norm(gradient));
    requireNorm(values, "update_norm", Vectors.norm(update));
    requireNorm(values, "update_ratio", Vectors.norm(update) / Vectors.norm(now));
    requireNorm(values, "distance_from_start", Vectors.norm(way));
    int from = 0;
    for (ParameterSpec tensor : plan.network().parameters()) {
      String place = "@" + tensor.name();
      int size = tensor.size();
      requireNorm(
          values, "batch_gradient_norm" + place, Vectors.norm(Vectors.part(gradient, from, size)));
      double moved = Vectors.norm(Vectors.part(update, from, size));
      requireNorm(values, "update_norm" + place, moved);
      requireNorm(
          values, "update_ratio" + place, moved / Vectors.norm(Vectors.part(now, from, size)));
      requireNorm(
          values, "distance_from_start" + place, Vectors.norm(Vectors.part(way, from, size)));
      from += size;
    }
  }

  private static void requireNorm(Map<String, Double> values, String name, double expected) {
    assertThat(values.get(name)).as(name).isCloseTo(expected, relative(expected, 1e-9));
  }

  /** A parabola by the normal equations of weighted least squares, solved by elimination. */
  private void requireAlpha(
      Measurement found,
      TrainingPlan plan,
      Trial trial,
      InstrumentOracle before,
      Path path,
      int step,
      int r) {
    double[] d = Vectors.axpy(-1, path.at(step - 1, r), path.at(step, r));
    InstrumentOracle after = new InstrumentOracle(engine, plan, trial.samples(), path.at(step, r));
    double[][] samples = {
      before.losses, after.losses, slopes(before, d), slopes(after, d),
    };
    double[] variances =
        Arrays.stream(samples).mapToDouble(InstrumentProbeTest::varianceOfMean).toArray();
    int count = before.batch();
    double[] equal = InstrumentOracle.equal(count);
    double[] w = parabola(samples, variances, equal, equal);
    double alpha = w[2] < 0 ? -1 : -2 * w[2] / w[1] - 1;
    assertThat(found.values().get("alpha")).isCloseTo(alpha, relative(alpha, 1e-7));
    if (w[2] < 0) {
      assertThat(found.values()).doesNotContainKey("alpha_standard_error");
      return;
    }
    double first =
        InstrumentOracle.standardError(
            count, weights -> alpha(parabola(samples, variances, weights, equal)));
    double second =
        InstrumentOracle.standardError(
            count, weights -> alpha(parabola(samples, variances, equal, weights)));
    double error = Math.hypot(first, second);
    assertThat(found.values().get("alpha_standard_error")).isCloseTo(error, relative(error, 1e-4));
  }

  private static double alpha(double... w) {
    return -2 * w[2] / w[1] - 1;
  }

  private static double[] slopes(InstrumentOracle oracle, double... d) {
    return Stream.of(oracle.gradients).mapToDouble(g -> Vectors.dot(g, d)).toArray();
  }

  private static double varianceOfMean(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return sum / (values.length - 1) / values.length;
  }

  private static double[] parabola(
      double[][] samples, double[] variances, double[] before, double[] after) {
    double[][] design = {{1, 0, 0}, {1, 1, 1}, {0, 1, 0}, {0, 1, 2}};
    double[][] system = new double[3][4];
    for (int m = 0; m < 4; m++) {
      double mean = Vectors.dot(m % 2 == 0 ? before : after, samples[m]);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          system[i][j] += design[m][i] * design[m][j] / variances[m];
        }
        system[i][3] += design[m][i] * mean / variances[m];
      }
    }
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        if (k != i) {
          double factor = system[k][i] / system[i][i];
          for (int j = 0; j < 4; j++) {
            system[k][j] -= factor * system[i][j];
          }
        }
      }
    }
    return new double[] {
      system[0][3] / system[0][0], system[1][3] / system[1][1], system[2][3] / system[2][2]
    };
  }

  private static void requireHistograms(
      Measurement found, InstrumentOracle oracle, double... theta) {
    Histogram gradients = found.histograms().get("gradient_histogram");
    Histogram joint = found.histograms().get("gradient_parameter_histogram");
    long[] expected = new long[gradients.counts().length];
    long[] expectedJoint = new long[joint.counts().length];
    for (double[] gradient : oracle.gradients) {
      for (int i = 0; i < gradient.length; i++) {
        expected[bin(gradients.edges().getFirst(), gradient[i])]++;
        int row = bin(joint.edges().get(0), gradient[i]);
        expectedJoint[row * joint.bins(1) + bin(joint.edges().get(1), theta[i])]++;
      }
    }
    assertThat(gradients.counts()).isEqualTo(expected);
    assertThat(joint.counts()).isEqualTo(expectedJoint);
  }

  private static int bin(double[] edges, double value) {
    int bin = 0;
    while (bin < edges.length - 2 && value >= edges[bin + 1]) {
      bin++;
    }
    return bin;
  }

  /** Mini-batches that grow, with labels that rules change: each step's own are seen again. */
  @ParameterizedTest
  @ValueSource(strings = {"WITHOUT_REPLACEMENT", "WITH_REPLACEMENT"})
  void theMiniBatchIsDrawnAgain(Sampling sampling) {
    Trial trial =
        new Trial(
            "mlp:7", "ce", "label-noise:flip=0.3+momentum:0.9", DType.FLOAT64, REPLICAS, sampling);
    TrainingPlan plan =
        trial.plan(0.05, Trial.EPOCHS).toBuilder()
            .schedules(RunSchedules.parse("cosine/batch=step:2@2,4"))
            .build();
    List<Instrument> norms = all("cabs", "inner-product-test", "orthogonality-test", "alpha");
    // with products the norm test is that of a second pass over the mini-batch
    List<Instrument> products =
        List.of(
            Instruments.find("inner-product-test").orElseThrow(),
            Instruments.find("norm-test").orElseThrow());
    List<Measured> first =
        trial.run(engine, plan, List.of(probe(EACH, norms)), null).only(Measured.class);
    List<Measured> second =
        trial.run(engine, plan, List.of(probe(EACH, products)), null).only(Measured.class);
    for (int i = 1; i < first.size(); i++) {
      for (int r = 0; r < REPLICAS; r++) {
        double once = first.get(i).measurements().get(r).values().get("norm_test");
        double twice = second.get(i).measurements().get(r).values().get("norm_test");
        assertThat(twice).isCloseTo(once, relative(once, 1e-9));
      }
    }
  }

  /** With rules the gradient is a vector of its own anyway. */
  @ParameterizedTest
  @ValueSource(strings = {"momentum:0.9", "adam", "sam:rho=0.05+momentum:0.9", "sgld:l3=1e-4"})
  void observedStepsChangeNoBitOfTheRun(String optimizer) {
    Trial trial = Trial.mlp(optimizer, DType.FLOAT32, REPLICAS);
    TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
    Interval some = new Interval(4, Interval.Unit.STEPS);
    double[] plain = trial.run(engine, plan, List.of(), null).state().theta();
    double[] seen =
        trial.run(engine, plan, List.of(probe(some, all("cabs"))), null).state().theta();
    assertThat(seen).isEqualTo(plain);
  }

  @Test
  void plainStepsThatAreObservedDifferByRoundingOnly() {
    Trial trial = Trial.mlp("sgd", DType.FLOAT64, REPLICAS);
    TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
    double[] plain = trial.run(engine, plan, List.of(), null).state().theta();
    double[] seen = trial.run(engine, plan, List.of(probe(EACH, all())), null).state().theta();
    assertThat(Vectors.norm(Vectors.axpy(-1, plain, seen))).isLessThan(1e-13 * Vectors.norm(plain));
  }

  /** In evaluation mode, where samples have gradients of their own. */
  @Test
  void samplesThatBatchNormalizationCouplesAreSeenApart() {
    Trial trial =
        new Trial(
            "resnet18:2", "ce", "momentum:0.9", DType.FLOAT64, 1, Sampling.WITHOUT_REPLACEMENT);
    TrainingPlan plan = trial.plan(0.05, 1);
    Interval last = new Interval(6, Interval.Unit.STEPS);
    List<Instrument> instruments =
        Stream.of("norm-test", "inner-product-test", "orthogonality-test", "alpha", "tic-trace")
            .map(name -> Instruments.find(name).orElseThrow())
            .toList();
    Map<String, Double> found =
        trial
            .run(engine, plan, List.of(probe(last, instruments)), null)
            .only(Measured.class)
            .getLast()
            .measurements()
            .getFirst()
            .values();
    double squares =
        Math.pow(found.get("inner_product_test"), 2) + Math.pow(found.get("orthogonality_test"), 2);
    assertThat(Math.sqrt(squares)).isCloseTo(found.get("norm_test"), within(1e-10));
    assertThat(found).containsKeys("alpha", "tic_trace");
    double[] plain = trial.run(engine, plan, List.of(), null).state().statistics();
    assertThat(
            trial.run(engine, plan, List.of(probe(last, instruments)), null).state().statistics())
        .isEqualTo(plain);
  }

  @Test
  void whatMakesNoSenseIsOneLine() {
    Trial trial = Trial.mlp("momentum:0.9", DType.FLOAT64, 1);
    TrainingPlan plan = trial.plan(0.05, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trial.run(engine, plan, List.of(probe(EACH, all())), null))
        .withMessageContaining("'cabs' is for plain sgd, which this run is not");
    TrainingPlan single = plan.toBuilder().batch(1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trial.run(engine, single, List.of(probe(EACH, all("cabs"))), null))
        .withMessageContaining("needs mini-batches of at least 2 samples, got 1");
  }
}
