package org.noisescape.experiments.mori.saddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.random.RandomKey;

/**
 * {@code mori/saddle-escape} and its unequal kind: the well, its noise, laws by hand, tiny runs.
 */
class SaddleEscapeTest {
  private static final Experiment ISOTROPIC = ExperimentCatalogue.find("mori/saddle-escape");
  private static final Experiment UNEQUAL = ExperimentCatalogue.find("mori/saddle-escape-unequal");
  private static final String[] TINY = {
    "loss-ratios", "2,2.5", "inverse-temperature", "2.5", "replicas", "12"
  };

  @TempDir Path folder;

  /** Central differences, on both sides of the minimum. */
  @ParameterizedTest
  @ValueSource(doubles = {-1.4, -0.6, 0, 0.5})
  void gradientAndJacobianAreThoseOfTheFormula(double x) {
    SaddleWell well = new SaddleWell(new double[] {0.7, 2}, new double[] {3, 0.4}, 2.5);
    double[] at = {x, 0.3, -0.2, 7};
    double[] gradient = new double[4];
    well.gradient(at, gradient);
    double[] jacobian = new double[16];
    well.hessian(at, jacobian);
    double step = 1e-5;
    for (int i = 0; i < 3; i++) {
      double[] above = moved(at, i, step);
      double[] below = moved(at, i, -step);
      assertThat(gradient[i])
          .isCloseTo((well.value(above) - well.value(below)) / (2 * step), within(1e-8));
      double[] up = new double[4];
      double[] down = new double[4];
      well.gradient(above, up);
      well.gradient(below, down);
      for (int j = 0; j < 4; j++) {
        assertThat(jacobian[j * 4 + i]).isCloseTo((up[j] - down[j]) / (2 * step), within(1e-7));
      }
    }
    // a step of descent moves the clock by L/L*
    assertThat(gradient[3]).isCloseTo(-well.value(at) / well.minimumLoss(), within(1e-15));
  }

  private static double[] moved(double[] at, int axis, double by) {
    double[] moved = at.clone();
    moved[axis] += by;
    return moved;
  }

  @Test
  void curvaturesAndLossesAreThoseThatWereAskedFor() {
    SaddleWell well = new SaddleWell(new double[] {0.7}, new double[] {3}, 2.5);
    double[] minimum = {-1, 0, 0};
    double[] saddle = {0, 0, 0};
    assertThat(well.value(saddle) / well.value(minimum)).isCloseTo(2.5, within(1e-14));
    assertThat(well.value(saddle) - well.value(minimum)).isCloseTo(0.125, within(1e-15));
    double[] hessian = new double[9];
    well.hessian(minimum, hessian);
    assertThat(hessian[0]).isCloseTo(1, within(1e-14));
    assertThat(hessian[4]).isCloseTo(0.7, within(1e-14));
    well.hessian(saddle, hessian);
    assertThat(hessian[0]).isCloseTo(-0.5, within(1e-14));
    assertThat(hessian[4]).isCloseTo(3, within(1e-14));
    double step = 1e-6;
    double x = -0.4;
    double slope =
        Math.log(
            well.value(new double[] {x + step, 0, 0}) / well.value(new double[] {x - step, 0, 0}));
    assertThat(well.logSlope(x)).isCloseTo(slope / (2 * step), within(1e-8));
    assertThat(well.logCurvatureSlope(0, x))
        .isCloseTo(
            (well.logCurvature(0, x + step) - well.logCurvature(0, x - step)) / (2 * step),
            within(1e-7));
    well.hessian(new double[] {x, 0, 0}, hessian);
    assertThat(well.logCurvature(0, x))
        .isCloseTo(hessian[4] / well.value(new double[] {x, 0, 0}), within(1e-12));
  }

  /** A step of η has the variance 2T_iηL, and moves the clock for certain. */
  @Test
  void noiseOfAStepIsThatOfEquation12() {
    SaddleWell well = new SaddleWell(new double[] {2}, new double[] {3}, 3);
    double rate = 0.05;
    double[] temperatures = {0.2, 0.7};
    double[] at = {-1.2, 0.4, 0};
    double[] gradient = new double[3];
    well.gradient(at, gradient);
    LandscapeNoise.Source source = new LossNoise(rate, temperatures).bind(well);
    double[] squares = new double[2];
    double cross = 0;
    int draws = 40_000;
    for (int k = 0; k < draws; k++) {
      int step = k;
      double[] into = new double[3];
      source.gradient(at, purpose -> RandomKey.of(1, purpose, 0).stream(step), into);
      assertThat(into[2]).isEqualTo(gradient[2]);
      double first = rate * (into[0] - gradient[0]);
      double second = rate * (into[1] - gradient[1]);
      squares[0] += first * first / draws;
      squares[1] += second * second / draws;
      cross += first * second / draws;
    }
    for (int i = 0; i < 2; i++) {
      double expected = 2 * temperatures[i] * rate * well.value(at);
      // 4 of the errors √(2/40,000)
      assertThat(squares[i] / expected).isCloseTo(1, within(0.03));
    }
    assertThat(cross / Math.sqrt(squares[0] * squares[1])).isCloseTo(0, within(0.02));
  }

  /** c = 4, 1/T = 3, n = 3: √½/2π · ½ · 4^{−5/2}. */
  @Test
  void lawsAreThoseOfTheText() {
    EscapeCase system = EscapeCase.isotropic(3, 2);
    double text = Math.sqrt(0.5) / (2 * Math.PI) / 2 / 32;
    assertThat(EscapeLaw.TEXT.rate(system, 4, 3)).isCloseTo(text, within(1e-15));
    assertThat(EscapeLaw.NO_DETERMINANTS.rate(system, 4, 3)).isCloseTo(2 * text, within(1e-15));
    // 4^{−7/2} and 4^{−3/4} instead of 4^{−3/2} · √(c³)
    assertThat(EscapeLaw.ONE_DIMENSION.rate(system, 4, 3)).isCloseTo(text / 4, within(1e-15));
    assertThat(EscapeLaw.MISPRINT.rate(system, 4, 3))
        .isCloseTo(text / Math.pow(4, 0.75), within(1e-15));
    assertThat(EscapeLaw.EXPONENTIAL.rate(system, 4, 3))
        .isCloseTo(32 * text * Math.exp(-9), within(1e-15));
    assertThat(EscapeLaw.BARRIER_ALONE.rate(system, 4, 3))
        .isEqualTo(EscapeLaw.TEXT.rate(system, 2, 3));
    assertThat(EscapeLaw.TRANSVERSE.rate(system, 4, 3) / text).isCloseTo(1, within(1e-6));
    EscapeCase unequal = EscapeCase.unequal(0.5, 2);
    assertThat(EscapeLaw.EFFECTIVE_DIMENSION.rate(unequal, 4, 3))
        .isCloseTo(Math.sqrt(2) * EscapeLaw.TEXT.rate(unequal, 4, 3), within(1e-12));
    assertThat(unequal.temperatures(0.1)).containsExactly(0.1, 0.05, 0.2);
    double other = unequal.logFactor(2);
    assertThat(unequal.logFactor(4))
        .isEqualTo(EscapeCase.unequal(0.5, 2).logFactor(4))
        .isNotCloseTo(other, within(0.01));
  }

  /** Three replicas with τ = 6, 9, 5 at t = 4, 6, 10 (censored), η = ½. */
  @Test
  void ratesAndClockAreReadOffTheReplicas() {
    EscapeCase system = EscapeCase.isotropic(2, 1);
    double[] theta = {1, 0, 6, 1, 0, 9, -1, 0, 5};
    long[] passages = {4, 8, 10, 12, ReplicaState.NONE, ReplicaState.NONE};
    ReplicaState end = new ReplicaState(20, theta, List.of(), passages, new double[] {1, 1, -1});
    SaddleEscapePoint point = SaddleEscapePoint.of(system, 2, 4, 0.5, end);
    assertThat(point.rate().value()).isCloseTo(2 / 20.0, within(1e-15));
    assertThat(point.escapes().events()).isEqualTo(2);
    assertThat(point.top().rate()).isCloseTo(2 / 17.0, within(1e-15));
    assertThat(point.clock().value()).isCloseTo(1, within(1e-15));
    assertThat(point.clock().degreesOfFreedom()).isEqualTo(2);
    assertThat(point.logTimeOver(point).value()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mori/saddle-escape", "mori/saddle-escape-unequal"})
  void tinyRunLeavesWhatAReaderNeeds(String id) {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = ExperimentCatalogue.find(id).run(request(run, 2, TINY));
    // twelve escapes are too few
    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    int wells = id.endsWith("unequal") ? 3 : 4;
    assertThat(table(run, "saddle_escape")).hasSize(1 + 2 * wells);
    assertThat(run.resolve("figures/escape-time.png")).isNotEmptyFile();
    assertThat(measurement(outcome, "n = 2").value()).isPositive();
    assertThat(outcome.rivals()).hasSize(id.endsWith("unequal") ? 4 : 5);
  }

  @Test
  void threadsDoNotChangeANumber() {
    List<Object> numbers = new ArrayList<>();
    for (int threads = 1; threads < 3; threads++) {
      Path run = folder.resolve("run-" + threads);
      numbers.add(UNEQUAL.run(request(run, threads, TINY)).measurements());
    }
    assertThat(numbers.getFirst()).isEqualTo(numbers.getLast());
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(ISOTROPIC, run, "must be two or more, each above 1", "loss-ratios", "0.5,2");
    refused(ISOTROPIC, run, "whole numbers >= 2", "dimensions", "1");
    refused(ISOTROPIC, run, "descent diverges", "lr", "0.7");
    refused(UNEQUAL, run, "the straight path is not the one taken", "curvatures", "40");
    assertThat(run).doesNotExist();
  }
}
