package org.noisescape.experiments.meng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.meng.density.KestenTail;
import org.noisescape.experiments.meng.escape.EscapeRate;
import org.noisescape.experiments.meng.escape.EscapeReading;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;
import org.noisescape.experiments.meng.escape.EscapeScene;
import org.noisescape.experiments.meng.escape.EscapeSettings;
import org.noisescape.experiments.meng.escape.EscapeTwoD;
import org.noisescape.experiments.meng.escapetime.EscapeTime;
import org.noisescape.experiments.meng.escapetime.GrowthLaw;
import org.noisescape.experiments.meng.escapetime.WellDynamics;
import org.noisescape.experiments.meng.escapetime.WellPassage;

/** Escape and densities: tiny runs, criteria, bad input. */
class EscapeExperimentsTest {
  private static final String[] TWO_D = {
    "factors",
    "15,4",
    "batches",
    "1,3",
    "lambdas",
    "16,64",
    "replicas",
    "20",
    "map-replicas",
    "4",
    "steps",
    "60",
    "datasets",
    "1"
  };
  private static final String[] DENSITY = {
    "kappas", "0,0.5", "settle", "4", "time", "10", "replicas", "6"
  };
  private static final String[] TIME = {
    "barriers",
    "1,1.5,2",
    "langevin-barriers",
    "0.5,1,1.5",
    "dimensions",
    "1,2",
    "replicas",
    "12",
    "epsilon-replicas",
    "200"
  };

  @TempDir Path folder;

  @Test
  void literalReadingIsUnstableAndTheTableHoldsEveryReading() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        ExperimentCatalogue.find("meng/escape-2d").run(request(run, 2, TWO_D));
    assertThat(outcome.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(measurement(outcome, "literal: eta H").value()).isGreaterThan(2);
    assertThat(measurement(outcome, "working: eta H").value()).isLessThan(2);
    List<String> rows = table(run, "escape_rates");
    // 4 readings and 2 factors x 2 batches x 2 meanings, of SGD, Langevin and 2 lambda_1
    assertThat(rows).hasSize(1 + (4 + 8) * 4);
    assertThat(rows.getFirst()).contains("learning_rate,strength,value,standard_error");
    assertThat(run.resolve("figures/success.png")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void traceOfTheNoiseIsThatOfItsSamplesOverTheBatch() {
    EscapeTwoD.Plan plan = EscapeSettings.plan(settings("meng/escape-2d"));
    EscapeScene one = new EscapeScene(plan, 4, 1, 1);
    EscapeScene five = new EscapeScene(plan, 4, 5, 1);
    assertThat(five.noiseTrace(1, 1)).isCloseTo(one.noiseTrace(1, 1) / 5, within(1e-12));
    EscapeScene twice = new EscapeScene(plan, 8, 1, 1);
    assertThat(twice.noiseTrace(0.8, 1.1)).isCloseTo(4 * one.noiseTrace(0.8, 1.1), within(1e-9));
    assertThat(twice.stability()).isCloseTo(2 * one.stability(), within(1e-12));
    assertThat(twice.height()).isCloseTo(2 * one.height(), within(1e-12));
  }

  @Test
  void aReadingReproducesTheFigureOnlyWithItsOrder() {
    List<Double> lambdas = List.of(8.0, 16.0, 32.0);
    assertThat(reading(0.9, 40, 1, lambdas, 5, 10, 80).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(reading(0.9, 40, 1, lambdas, 5, 10, 80).crossing()).isCloseTo(22.857, within(1e-3));
    // descent is unstable
    assertThat(reading(2.1, 40, 1, lambdas, 5, 10, 80).verdict()).isEqualTo(Verdict.DISAGREES);
    // met too early
    assertThat(reading(0.9, 40, 1, lambdas, 60, 80, 90).verdict()).isEqualTo(Verdict.DISAGREES);
    // Langevin as often as SGD
    assertThat(reading(0.9, 40, 40, lambdas, 41, 45, 90).verdict()).isEqualTo(Verdict.DISAGREES);
    // falls
    assertThat(reading(0.9, 40, 1, lambdas, 30, 5, 80).verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(reading(0.9, 99, 1, lambdas, 5, 10, 80).crossing()).isNaN();
    assertThat(Meaning.VARIANCE.deviation(16)).isEqualTo(4);
  }

  @Test
  void densityRunTellsBothInterpretations() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        ExperimentCatalogue.find("meng/density").run(request(run, 2, DENSITY));
    assertThat(table(run, "density")).hasSize(1 + 2 * 3);
    assertThat(measurement(outcome, "kappa = 0.5, iteration: exponent").theory()).isEqualTo(3);
    assertThat(measurement(outcome, "kappa = 0.5, iteration: exponent, the text").theory())
        .isEqualTo(2);
    assertThat(measurement(outcome, "kappa = 0.0, iteration: variance").theory()).isEqualTo(0.05);
    assertThat(run.resolve("figures/tail-0-5.png")).isNotEmptyFile();
  }

  @Test
  void tailOfTheIterationSolvesItsMomentEquations() {
    // E A² = (1 − s)² + κs = 1 for κ = 2 − s
    for (double step : new double[] {0.02, 0.3}) {
      assertThat(KestenTail.exponent(step, 2 - step)).isCloseTo(2, within(1e-8));
      // E A⁴ = m⁴ + 6m²v + 3v² = 1, v = κs
      double m = 1 - step;
      double v = -m * m + Math.sqrt(Math.pow(m, 4) + (1 - Math.pow(m, 4)) / 3);
      assertThat(KestenTail.exponent(step, v / step)).isCloseTo(4, within(1e-8));
    }
    assertThat(KestenTail.exponent(1e-3, 0.5)).isCloseTo(5, within(0.01));
    assertThat(KestenTail.exponent(0.1, 0)).isInfinite();
  }

  @Test
  void timeRunComparesWithQuadratureAndFormulas() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome =
        ExperimentCatalogue.find("meng/escape-time").run(request(run, 2, TIME));
    List<String> rows = table(run, "escape_time");
    // 3 barriers for each of 4 dynamics, 3 at fixed width, 2 numbers of wells
    assertThat(rows).hasSize(1 + 12 + 3 + 2);
    assertThat(rows.getFirst()).contains("replicas,censored");
    // twelve replicas
    assertThat(outcome.verdict()).isNotEqualTo(Verdict.AGREES);
    var top = measurement(outcome, "Langevin, barrier 1.5: time to the top over");
    assertThat(top.value()).isBetween(0.4, 0.5);
    assertThat(run.resolve("figures/escape-time.png")).isNotEmptyFile();
  }

  @Test
  void growthIsTheLawWithTheSmallerChiSquare() {
    EscapeTime.Plan plan = new EscapeTime().plan(settings("meng/escape-time"));
    List<WellPassage> power = new ArrayList<>();
    List<WellPassage> exponential = new ArrayList<>();
    for (double barrier : new double[] {1, 2, 4, 8}) {
      power.add(passage(plan, barrier, Math.pow(1 + 0.8 * barrier, 2.5)));
      exponential.add(passage(plan, barrier, Math.exp(2 * barrier)));
    }
    GrowthLaw law = GrowthLaw.of(power, 0.8);
    assertThat(law.power().slope()).isCloseTo(2.5, within(1e-12));
    assertThat(law.power().chiSquare()).isCloseTo(0, within(1e-18));
    assertThat(law.isPower()).isEqualTo(Verdict.AGREES);
    assertThat(law.isExponential()).isEqualTo(Verdict.DISAGREES);
    assertThat(GrowthLaw.of(exponential, 0.8).isExponential()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused("meng/escape-2d", run, "up to the 100 samples", "batches", "101");
    refused("meng/escape-2d", run, "a rise needs two values", "lambdas", "4");
    refused("meng/escape-2d", run, "powers between 2 and 64", "powers", "1,3");
    refused("meng/escape-2d", run, "must be a number > 0", "sample-variance", "-0.1");
    refused("meng/density", run, "must be below 2", "kappas", "0,2");
    refused("meng/density", run, "2/lambda = 2.000 (lambda = 1.000)", "lr", "2.5");
    refused("meng/density", run, "must divide the 2 between snapshots", "dt", "0.3");
    refused("meng/escape-time", run, "alpha=2: must be in (0, 2)", "alpha", "2");
    refused("meng/escape-time", run, "needs eta mu < 4", "growth", "4");
    refused("meng/escape-time", run, "takes three barriers or more", "barriers", "1,2");
    refused("meng/escape-time", run, "descent diverges", "dt", "0.5");
    refused("meng/escape-time", run, "kappa must be below 2/3", "kappa", "0.7");
    assertThat(run).doesNotExist();
  }

  private static org.noisescape.experiments.Settings settings(String id) {
    return org.noisescape.experiments.Settings.of(
        id,
        ExperimentCatalogue.find(id).defaults(org.noisescape.experiments.Preset.QUICK),
        java.util.Map.of(),
        java.util.Map.of());
  }

  private static EscapeReading reading(
      double stability, int sgd, int langevin, List<Double> lambdas, int... powerLaw) {
    List<EscapeRate> rates = new ArrayList<>();
    for (int escaped : powerLaw) {
      rates.add(rate(escaped));
    }
    return new EscapeReading(
        4, 1, Meaning.DEVIATION, stability, rate(sgd), rate(langevin), lambdas, rates);
  }

  private static EscapeRate rate(int escaped) {
    return new EscapeRate(1, new Share(escaped, 100), new Share(escaped, 100), 0);
  }

  private static WellPassage passage(EscapeTime.Plan plan, double barrier, double time) {
    var mean =
        new org.noisescape.dynamics.statistics.MeanPassageTime(
            time,
            0.05 * time,
            0,
            2 * time,
            400,
            0,
            org.noisescape.dynamics.statistics.MeanPassageTime.Method.SAMPLE_MEAN,
            true);
    return new WellPassage(
        WellDynamics.POWER_LAW_ITO, plan.well(barrier), 1, mean, mean, null, time, time, time);
  }

  private static void refused(String id, Path run, String message, String... changed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExperimentCatalogue.find(id).run(request(run, 1, changed)))
        .withMessageContaining(message);
  }
}
