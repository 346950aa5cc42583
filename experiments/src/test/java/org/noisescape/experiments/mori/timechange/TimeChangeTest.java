package org.noisescape.experiments.mori.timechange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.mori.timechange.ClockDynamics.Data;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** {@code mori/time-change}: the clock by hand, its data, a tiny run, bad input. */
class TimeChangeTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("mori/time-change");

  @TempDir Path folder;

  /** L* = 2, h = 4, a = 1: a step of η = 1/8 moves the clock by (1 + θ²)/2, drift by θ/2. */
  @Test
  void readingsAreTheStatesDuringWhoseStepTheClockPasses() {
    Data data = new Data(null, 2, 4, 3, 5);
    ClockedPath path = ClockedPath.of(data, 0.125, 2, 1, new double[] {0, 1, 0, 3, 1, 0});
    // tau before the steps: 0, .5, 1.5, 2, 7, 8
    assertThat(path.steps()).isEqualTo(6);
    assertThat(path.logInTime()).isCloseTo(2 * Math.log(2) + Math.log(10), within(1e-15));
    // passes 1 during step 1, 2 at the end of step 2, 3 to 7 in step 3, 8 at the end of step 4
    assertThat(path.readings()).isEqualTo(8);
    assertThat(path.logOnClock()).isCloseTo(2 * Math.log(2) + 5 * Math.log(10), within(1e-14));
    assertThat(path.start())
        .containsExactly(new double[] {Math.log(2), 0, Math.log(10)}, within(1e-15));
    assertThat(path.clock()).containsExactly(1, 0.5, 5);
    // 0 - 1 + 1/2, 3 - 0, 1 - 3 + 3/2
    assertThat(path.squares()).containsExactly(0.25, 9, 0.25);
    // (3 + 5 theta^2)/128 of the steps
    assertThat(path.exact()).containsExactly(8 / 128.0, 3 / 128.0, 48 / 128.0);
  }

  /**
   * Twice as wide a minimum of four times the loss: θ/a, L/L* and the noise of them are as above.
   */
  @Test
  void lengthsAreThoseOfTheMinimum() {
    double[] theta = {0, 1, 0, 3, 1, 0};
    double[] twice = Arrays.stream(theta).map(x -> 2 * x).toArray();
    ClockedPath path = ClockedPath.of(new Data(null, 2, 4, 3, 5), 0.125, 2, 1, theta);
    ClockedPath wide = ClockedPath.of(new Data(null, 8, 4, 12, 5), 0.125, 2, 1, twice);
    assertThat(wide).usingRecursiveComparison().isEqualTo(path);
    // twice the window: 2 at the end of step 2, 4 and 6 in step 3, 8 at the end of step 4
    ClockedPath coarse = ClockedPath.of(new Data(null, 2, 4, 3, 5), 0.125, 2, 2, theta);
    assertThat(coarse.readings()).isEqualTo(4);
    assertThat(coarse.logOnClock()).isCloseTo(2 * Math.log(10) + Math.log(2), within(1e-14));
  }

  /**
   * θ = (0, 0), (1, 2), (0, 1), (0, 0) with a step of 1/2 in the units above: ‖θ‖² = 0, 5, 1, 0.
   */
  @Test
  void everyCoordinateHasItsOwnNoiseOnOneClock() {
    Data data = new Data(null, 2, 4, 3, 5);
    double[] first = {0, 1, 0, 0};
    double[] second = {0, 2, 1, 0};
    ClockedPath path = ClockedPath.of(data, 0.125, 1, 1, first, second);
    // tau before the steps: 0, .5, 3.5, 4.5
    assertThat(path.readings()).isEqualTo(5);
    assertThat(path.windows()).isEqualTo(4);
    assertThat(path.start())
        .containsExactly(
            new double[] {Math.log(6), Math.log(6), Math.log(2), Math.log(2)}, within(1e-15));
    assertThat(path.clock()).containsExactly(3, 3, 1, 1);
    // -1 + 1/2, -1 + 1, 0 + 0, -1 + 1/2
    assertThat(path.squares()).containsExactly(0.25, 0, 0, 0.25);
    assertThat(path.exact()).containsExactly(28 / 64.0, 28 / 64.0, 8 / 64.0, 8 / 64.0);
  }

  @Test
  void threeInputsHaveTheNoiseOfEquation6() {
    Data data = ClockDynamics.SGD.data(1, 7, 3);
    for (double theta : new double[] {0, 0.3, -4}) {
      assertThat(data.variance(theta * theta) / (2 * data.curvature() * data.loss(theta * theta)))
          .isCloseTo(1, within(1e-12));
    }
    assertThat(data.curvature()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(names = {"SGD", "SGD_GAUSSIAN"})
  void lossAndVarianceAreThoseOfTheSamples(ClockDynamics dynamics) {
    Data data = dynamics.data(1, 11, 3);
    LinearRegression regression = (LinearRegression) data.landscape();
    for (double at : new double[] {0, 0.7, -2}) {
      double[] theta = {at};
      double[] gradients = new double[regression.samples()];
      Arrays.setAll(
          gradients,
          i -> {
            double[] one = new double[1];
            regression.addSampleGradient(i, theta, one);
            return one[0];
          });
      double mean = Arrays.stream(gradients).average().orElseThrow();
      double variance =
          Arrays.stream(gradients).map(g -> (g - mean) * (g - mean)).average().orElseThrow();
      assertThat(mean).isCloseTo(data.curvature() * at, within(1e-12));
      assertThat(data.loss(at * at)).isCloseTo(regression.value(theta), within(1e-12));
      assertThat(data.variance(at * at)).isCloseTo(variance, within(1e-12));
    }
  }

  /** Windows of variance T·Δτ·(L/L*)^0.4 with known L: slope 0.4, factor and kurtosis by hand. */
  @Test
  void slopeVariationAndKurtosisAreThoseThatWerePutIn() {
    RandomStream random = RandomKey.of(2, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double temperature = 0.2;
    int windows = 4000;
    ClockedPath[] paths = new ClockedPath[20];
    for (int r = 0; r < paths.length; r++) {
      double[] start = new double[windows];
      double[] squares = new double[windows];
      double[] clock = new double[windows];
      double[] exact = new double[windows];
      for (int i = 0; i < windows; i++) {
        start[i] = random.nextDouble();
        clock[i] = 0.5 + random.nextDouble();
        exact[i] = 3 * temperature * clock[i] * Math.exp(0.4 * start[i]);
        squares[i] = exact[i] * Math.pow(random.nextGaussian(), 2);
      }
      paths[r] = new ClockedPath(250, 1000, 180, 900, start, squares, clock, exact);
    }
    ClockPoint point = ClockPoint.of(ClockDynamics.ITO, 1, temperature, 0.1, List.of(paths));
    assertThat(point.exactSlope()).isCloseTo(0.4, within(0.01));
    isWithinErrors(point.slope(), 0.4, 0.03);
    // mean of e^{0.4 x} over (0, 1)
    double mean = Math.expm1(0.4) / 0.4;
    isWithinErrors(point.variation(), 3 * mean, 0.05);
    double square = Math.expm1(0.8) / 0.8;
    isWithinErrors(point.kurtosis(), 3 * square / (mean * mean) - 3, 0.1);
    // psi(phi) - psi(phi - 1/2) = 1/4 and 1/5
    assertThat(point.inTime().value()).isCloseTo(2.7199984, within(1e-6));
    assertThat(point.onClock().value()).isCloseTo(3.2256725, within(1e-6));
    assertThat(point.difference().value())
        .isCloseTo(point.inTime().value() - point.onClock().value(), within(1e-12));
    assertThat(point.theory().inverseTemperature()).isCloseTo(4.75, within(1e-12));
    assertThat(point.classes()).hasSize(ClockPoint.CLASSES);
    ClockPoint.LossClass first = point.classes().getFirst();
    assertThat(Math.log(first.loss())).isCloseTo(1 / 16.0, within(0.002));
    assertThat(first.exact()).isCloseTo(3 * Math.exp(0.4 / 16), within(0.01));
    assertThat(first.variation().value())
        .isCloseTo(first.exact(), within(3 * first.variation().standardError()));
  }

  private static void isWithinErrors(PointEstimate measured, double truth, double most) {
    assertThat(measured.degreesOfFreedom()).isEqualTo(19);
    assertThat(measured.standardError()).isBetween(most / 10, most);
    assertThat(measured.value()).isCloseTo(truth, within(3 * measured.standardError()));
  }

  /** Changes of 10, 1 and 0.1 % of three replicas: power 1; τ = 1, 2, 3 where 1.6 is expected. */
  @Test
  void powerOfTheOffsetAndTheClockAtRestAreThoseOfTheReplicas() {
    double[] without = {1, -2, 3};
    double[][] changed = {{1.1, -2.2, 3.3}, {1.01, -2.02, 3.03}, {1.001, -2.002, 3.003}};
    OffsetRun run = OffsetRun.of(without, changed, new double[] {1, 2, 3}, 1.6);
    assertThat(run.changes()).containsExactly(new double[] {0.1, 0.01, 0.001}, within(1e-12));
    assertThat(run.power().value()).isCloseTo(1, within(1e-12));
    assertThat(run.rest().value()).isCloseTo(1.25, within(1e-12));
    // s/sqrt(3) of 1, 2, 3
    assertThat(run.rest().standardError()).isCloseTo(1 / Math.sqrt(3) / 1.6, within(1e-12));
  }

  /** ⟨L⟩ of two steps by hand: ½, ½(0.81 + 0.05). */
  @Test
  void clockAtRestIsTheSumOfTheMeanLosses() {
    assertThat(OffsetRun.clock(0.5, 0.1, 2)).isCloseTo(0.1 * (0.5 + 0.43), within(1e-15));
  }

  @Test
  void tinyRunLeavesTablesAndFigure() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        EXPERIMENT.run(
            request(
                run,
                2,
                "replicas",
                "4",
                "steps",
                "3000",
                "labels",
                "5000",
                "offset-replicas",
                "50"));
    assertThat(table(run, "time_change")).hasSize(5);
    assertThat(table(run, "quadratic_variation")).hasSize(1 + 4 * ClockPoint.CLASSES);
    assertThat(run.resolve("figures/quadratic-variation.png")).isNotEmptyFile();
    assertThat(outcome.rivals()).hasSize(4);
    assertThat(measurement(outcome, "SGD, three inputs: noise a unit of tau").value())
        .isBetween(0.9, 1.1);
    // the noise of Gaussian inputs grows faster than L
    assertThat(measurement(outcome, "SGD, Gaussian inputs: d log/d log L of the exact").value())
        .isBetween(0.5, 1.0);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "must be above 2.5", "inverse-temperature", "2");
    refused(EXPERIMENT, run, "descent diverges", "lr", "2");
    refused(EXPERIMENT, run, "relaxation times are too few", "steps", "900");
    assertThat(run).doesNotExist();
  }
}
