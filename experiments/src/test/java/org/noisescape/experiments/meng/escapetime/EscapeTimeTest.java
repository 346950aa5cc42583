package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.settings;
import static org.noisescape.experiments.frame.LandscapeRuns.table;
import static org.noisescape.experiments.meng.escapetime.WellPassages.passage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** {@code meng/escape-time}: a tiny run, the law of growth, bad input. */
class EscapeTimeTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("meng/escape-time");

  private static final String[] TIME = {
    "barriers",
    "1,1.5,2",
    "langevin-barriers",
    "0.5,1,1.5",
    "dimensions",
    "1,2",
    "growths",
    "0.8,1.2,1.6",
    "growths-alone",
    "0.8,1.2,1.6",
    "replicas",
    "12",
    "jump-replicas",
    "12",
    "epsilon-replicas",
    "200"
  };

  @TempDir static Path shared;
  private static Path run;
  private static ExperimentOutcome outcome;

  @TempDir Path folder;

  @BeforeAll
  static void run() {
    run = shared.resolve("run");
    outcome = EXPERIMENT.run(request(run, 2, TIME));
  }

  @Test
  void timeRunComparesWithQuadratureAndFormulas() {
    List<String> rows = table(run, "escape_time");
    // 3 barriers for each of 4 dynamics, 3 at fixed width, 2 numbers of wells, unequal ones along
    // one and the first, 3 growths for each of 4 sweeps
    assertThat(rows).hasSize(1 + 12 + 3 + 2 + 2 + 12);
    assertThat(rows.getFirst()).contains("replicas,censored");
    // twelve replicas tell no law of growth from another
    assertThat(measurement(outcome, "power-law, It\u00f4: q").verdict())
        .contains(Verdict.INCONCLUSIVE);
    var top = measurement(outcome, "Langevin, barrier 1.5: time to the top over");
    assertThat(top.value()).isBetween(0.4, 0.5);
    assertThat(run.resolve("figures/escape-time.png")).isNotEmptyFile();
  }

  /** Two sweeps meet where they share a well and its noise; each has to draw its own. */
  @Test
  void sweepsThatMeetInOneWellAreEnsemblesOfTheirOwn() {
    // middle barrier 1.5 at growth 0.8: barriers, one well of n, both sweeps
    List<String> same =
        table(run, "escape_time").stream()
            .filter(row -> row.startsWith("power_law_ito,1.5,") && row.contains(",1.0,0.8,"))
            .filter(row -> row.split(",")[3].equals("1"))
            .map(row -> row.split(",")[7])
            .toList();
    assertThat(same).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void growthIsTheLawWithTheSmallerChiSquare() {
    EscapeTime.Plan plan = new EscapeTime().plan(settings(EXPERIMENT)).plan();
    List<WellPassage> power = new ArrayList<>();
    List<WellPassage> exponential = new ArrayList<>();
    for (double barrier : new double[] {1, 2, 4, 8}) {
      power.add(passage(plan, barrier, Math.pow(1 + 0.8 * barrier, 2.5)));
      exponential.add(passage(plan, barrier, Math.exp(2 * barrier)));
    }
    GrowthLaw law = GrowthLaw.of(power, 0.8);
    assertThat(law.power().slope()).isCloseTo(2.5, within(1e-12));
    assertThat(law.power().chiSquare()).isCloseTo(0, within(1e-18));
    assertThat(law.bend()).isCloseTo(0, within(1e-6));
    assertThat(GrowthLaw.of(exponential, 0.8).bend()).isCloseTo(1, within(1e-6));
    // log tau = ((1 + 0.8 L)^(1/2) - 1)/(1/2)
    List<WellPassage> between = new ArrayList<>();
    for (double barrier : new double[] {1, 2, 4, 8}) {
      between.add(passage(plan, barrier, Math.exp(2 * (Math.sqrt(1 + 0.8 * barrier) - 1))));
    }
    assertThat(GrowthLaw.of(between, 0.8).bend()).isCloseTo(0.5, within(1e-6));
  }

  /** Against the spread of refits of times with errors of 5 %. */
  @Test
  void errorOfTheBendIsItsSpread() {
    EscapeTime.Plan plan = new EscapeTime().plan(settings(EXPERIMENT)).plan();
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] bends = new double[400];
    double error = 0;
    for (int k = 0; k < bends.length; k++) {
      List<WellPassage> points = new ArrayList<>();
      for (double barrier : new double[] {1, 2, 4, 8, 12}) {
        double time = Math.pow(1 + 0.8 * barrier, 2.5) * Math.exp(0.05 * random.nextGaussian());
        points.add(passage(plan, barrier, time));
      }
      GrowthLaw law = GrowthLaw.of(points, 0.8);
      bends[k] = law.bend();
      error += law.bendError() / bends.length;
    }
    // the spread of 400 is known to 3.5 %
    assertThat(error / SeedMean.of(bends).deviation()).isBetween(0.85, 1.15);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path none = folder.resolve("run");
    refused(EXPERIMENT, none, "alpha=2: must be in (0, 2)", "alpha", "2");
    refused(EXPERIMENT, none, "needs eta mu < 4", "growth", "4");
    refused(EXPERIMENT, none, "laws of growth takes three or more", "barriers", "1,2");
    refused(EXPERIMENT, none, "descent diverges", "dt", "0.5");
    refused(EXPERIMENT, none, "kappa must be below 2/3", "kappa", "0.7");
    assertThat(none).doesNotExist();
  }
}
