package org.noisescape.experiments.meng.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.settings;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;

/** {@code meng/escape-2d}: a tiny run, the readings of the text, bad input. */
class EscapeTwoDTest {
  private static final Experiment ESCAPE = ExperimentCatalogue.find("meng/escape-2d");

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

  @TempDir Path folder;

  @Test
  void literalReadingIsUnstableAndTheTableHoldsEveryReading() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = ESCAPE.run(request(run, 2, TWO_D));
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
    EscapeTwoD.Plan plan = EscapeSettings.plan(settings(ESCAPE));
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
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(ESCAPE, run, "up to the 100 samples", "batches", "101");
    refused(ESCAPE, run, "a rise needs two values", "lambdas", "4");
    refused(ESCAPE, run, "powers between 2 and 64", "powers", "1,3");
    refused(ESCAPE, run, "must be a number > 0", "sample-variance", "-0.1");
    assertThat(run).doesNotExist();
  }

  private static EscapeReading reading(
      double stability, int sgd, int langevin, List<Double> lambdas, int... powerLaw) {
    List<EscapedShare> rates = new ArrayList<>();
    for (int escaped : powerLaw) {
      rates.add(rate(escaped));
    }
    return new EscapeReading(
        4, 1, Meaning.DEVIATION, stability, rate(sgd), rate(langevin), lambdas, rates);
  }

  private static EscapedShare rate(int escaped) {
    return new EscapedShare(1, new Share(escaped, 100), new Share(escaped, 100), 0);
  }
}
