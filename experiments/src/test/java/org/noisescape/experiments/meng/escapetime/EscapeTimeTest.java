package org.noisescape.experiments.meng.escapetime;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

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
    "replicas",
    "12",
    "epsilon-replicas",
    "200"
  };

  @TempDir Path folder;

  @Test
  void timeRunComparesWithQuadratureAndFormulas() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, TIME));
    List<String> rows = table(run, "escape_time");
    // 3 barriers for each of 4 dynamics, 3 at fixed width, 2 numbers of wells
    assertThat(rows).hasSize(1 + 12 + 3 + 2);
    assertThat(rows.getFirst()).contains("replicas,censored");
    // twelve replicas tell no law of growth from another
    assertThat(measurement(outcome, "power-law, It\u00f4: chi^2").verdict())
        .contains(Verdict.INCONCLUSIVE);
    var top = measurement(outcome, "Langevin, barrier 1.5: time to the top over");
    assertThat(top.value()).isBetween(0.4, 0.5);
    assertThat(run.resolve("figures/escape-time.png")).isNotEmptyFile();
  }

  @Test
  void growthIsTheLawWithTheSmallerChiSquare() {
    EscapeTime.Plan plan = new EscapeTime().plan(settings(EXPERIMENT));
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

  /**
   * Barriers 2, 6, 14 with mu/sigma = 1/2: 1 + Delta L/2 = 2, 4, 8, whose logarithms are 1, 2, 3 in
   * units of log 2. A power is a line of these, an exponential one of the barriers, whose squares
   * about their mean sum to 224/3.
   */
  @Test
  void everyNumberAndCellIsThatOfItsPassage() {
    EpsilonEscapeRun.Plan small = new EpsilonEscapeRun.Plan(0.4, 40);
    EscapeTime.Plan plan =
        new EscapeTime.Plan(
            4,
            1,
            0.5,
            List.of(2.0, 6.0, 14.0),
            List.of(2.0, 6.0, 14.0),
            1.5,
            0.15,
            2,
            List.of(3),
            0.5,
            4,
            21,
            small);
    List<WellPassage> points = new ArrayList<>();
    double[] barriers = {2, 6, 14};
    double[][] times = {{16, 256, 4096}, {8, 64, 512}, {2, 8, 128}};
    double[][] exact = {{15, 128, 4096}, {8, 64, 512}, {2, 8, 128}};
    double[] error = {1.0 / 16, 1.0 / 8, 1.0 / 16};
    double[] top = {1024, 256, 48};
    double[] formula = {2048, 1024, 32};
    for (int d = 0; d < 3; d++) {
      for (int i = 0; i < 3; i++) {
        points.add(
            passage(
                WellDynamics.values()[d],
                new QuarticWell(barriers[i], 1.25),
                1,
                times[d][i],
                error[d] * times[d][i],
                exact[d][i],
                top[d],
                formula[d]));
      }
    }
    double none = Double.NaN;
    points.add(
        passage(WellDynamics.STABLE, new QuarticWell(2, 1), 1, 3, 3.0 / 16, none, none, 2.5));
    points.add(passage(WellDynamics.STABLE, new QuarticWell(6, 4), 1, 48, 3, none, none, 50));
    EpsilonEscapeRun run =
        new EpsilonEscapeRun(
            small,
            times(50, 0.002),
            times(50, 0.003),
            times(50, 0.0001),
            new SeedMean(1.2, 0.4, 16));
    Findings found =
        new EscapeTimeResults(
                plan,
                points,
                List.of(
                    passage(WellDynamics.STABLE, new QuarticWell(2, 2), 1, 5, 0.3, none, none, 4),
                    passage(WellDynamics.STABLE, new QuarticWell(8, 2), 1, 10, 0.8, none, none, 4)),
                List.of(
                    passage(
                        WellDynamics.POWER_LAW_ITO,
                        new QuarticWell(2, 1.25),
                        3,
                        11,
                        0.5,
                        30,
                        12,
                        31)),
                run)
            .findings();
    // chi^2 of the wrong law: (8/7) (log 2)^2 x 256 for the power 4, 9/16 x 1/4 of it for the power
    // 3 with twice the errors; (2/3) (log 2)^2 x 256 for the exponential
    assertThat(FoundText.numbers(found).lines().limit(21))
        .containsExactly(
            """
            power-law, It\u00f4: chi^2 of an exponential less that of a power | 140.567 | - | - | AGREES
            power-law, It\u00f4: power of 1 + (mu/sigma) Delta L | 4 | 0.0637587 | 4.5 | -
            power-law, H\u00e4nggi-Klimontovich: chi^2 of an exponential less that of a power | 19.7672 | - | - | AGREES
            power-law, H\u00e4nggi-Klimontovich: power of 1 + (mu/sigma) Delta L | 3 | 0.127517 | 3.5 | -
            Langevin: chi^2 of an exponential less that of a power | -81.9973 | - | - | AGREES
            Langevin: d log tau/d Delta L | 0.346574 | 0.00723297 | 2 | -
            Langevin: the same beside Table 1's 1/(eta sigma) | 0.346574 | 0.00723297 | 1 | -
            \u03b1-stable: d log tau/d log width | 2 | 0.0637587 | 1.5 | DISAGREES
            \u03b1-stable: log of the ratio of times at fixed width, barriers x 4.0 | 0.693147 | 0.1 | 0 | DISAGREES
            n = 3 wells, barrier 2.0: mean time to the first escape | 11 | 0.5 | 10 | AGREES
            power-law, It\u00f4, barrier 2.0: mean time to the other minimum | 16 | 1 | 15 | AGREES
            power-law, It\u00f4, barrier 6.0: mean time to the other minimum | 256 | 16 | 128 | DISAGREES
            power-law, It\u00f4, barrier 14.0: mean time to the other minimum | 4096 | 256 | 4096 | AGREES
            power-law, It\u00f4, barrier 14.0: exact time over the formula's | 2 | - | 1 | -
            power-law, It\u00f4, barrier 14.0: time to the top over time to the other minimum | 0.25 | - | 0.5 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 2.0: mean time to the other minimum | 8 | 1 | 8 | INCONCLUSIVE
            power-law, H\u00e4nggi-Klimontovich, barrier 6.0: mean time to the other minimum | 64 | 8 | 64 | INCONCLUSIVE
            power-law, H\u00e4nggi-Klimontovich, barrier 14.0: mean time to the other minimum | 512 | 64 | 512 | INCONCLUSIVE
            power-law, H\u00e4nggi-Klimontovich, barrier 14.0: exact time over the formula's | 0.5 | - | 1 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 14.0: time to the top over time to the other minimum | 0.5 | - | 0.5 | -
            Langevin, barrier 2.0: mean time to the other minimum | 2 | 0.125 | 2 | AGREES
            """
                .lines()
                .toArray(String[]::new));
    assertThat(FoundText.numbers(found).lines().skip(21))
        .startsWith(
            """
            Langevin, barrier 6.0: mean time to the other minimum | 8 | 0.5 | 8 | AGREES
            Langevin, barrier 14.0: mean time to the other minimum | 128 | 8 | 128 | AGREES
            Langevin, barrier 14.0: exact time over the formula's | 4 | - | 1 | -
            Langevin, barrier 14.0: time to the top over time to the other minimum | 0.375 | - | 0.5 | -
            \u03b1-stable, barrier 2.0: mean time to the top | 3 | 0.1875 | 2.5 | -
            \u03b1-stable, barrier 6.0: mean time to the top | 48 | 3 | 50 | -
            """
                .lines()
                .toArray(String[]::new))
        // 2/(2 - kappa)
        .endsWith("power of t in <w^2> from the minimum, Theorem 4 | 1.2 | 0.1 | 1.25 | AGREES");
    // E w^2 of the iteration is linear in t up to a tenth of the relaxation time, to 10 %
    assertThat(run.exactPower()).isBetween(0.9, 1.0);
    assertThat(found.measurements().get(27).theory()).isEqualTo(run.exactPower());
    assertThat(found.measurements()).hasSize(29);
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(FoundText.table(found, 0))
        .startsWith(
            """
            dynamics,barrier,width,dimension,learning_rate,strength,value,standard_error,replicas,censored,method,reliable,coarse_value,coarse_standard_error,step_converged,top_value,top_standard_error,theory_exact,theory_exact_top,theory_formula
            power_law_ito,2.0,1.25,1,0.25,1.0,16.0,1.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,15.0,1024.0,2048.0
            """)
        .endsWith(
            """
            stable,6.0,4.0,1,0.25,0.15,48.0,3.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,,,50.0
            stable,2.0,2.0,1,0.25,0.15,5.0,0.3,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,,,4.0
            stable,8.0,2.0,1,0.25,0.15,10.0,0.8,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,,,4.0
            power_law_ito,2.0,1.25,3,0.25,1.0,11.0,0.5,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,30.0,12.0,31.0
            """);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "alpha=2: must be in (0, 2)", "alpha", "2");
    refused(EXPERIMENT, run, "needs eta mu < 4", "growth", "4");
    refused(EXPERIMENT, run, "takes three barriers or more", "barriers", "1,2");
    refused(EXPERIMENT, run, "descent diverges", "dt", "0.5");
    refused(EXPERIMENT, run, "kappa must be below 2/3", "kappa", "0.7");
    assertThat(run).doesNotExist();
  }

  private static double[] times(int count, double unit) {
    return IntStream.rangeClosed(1, count).mapToDouble(k -> k * unit).toArray();
  }

  private static WellPassage passage(EscapeTime.Plan plan, double barrier, double time) {
    return passage(
        WellDynamics.POWER_LAW_ITO, plan.well(barrier), 1, time, 0.05 * time, time, time, time);
  }

  private static WellPassage passage(
      WellDynamics dynamics,
      QuarticWell well,
      int dimension,
      double time,
      double error,
      double exact,
      double exactTop,
      double formula) {
    return new WellPassage(
        dynamics,
        well,
        dimension,
        new MeanPassageTime(
            time, error, 0, 99, 21, 4, MeanPassageTime.Method.SURVIVAL_AND_TAIL, true),
        new MeanPassageTime(7.5, 0.75, 0, 99, 22, 3, MeanPassageTime.Method.SAMPLE_MEAN, true),
        new StepHalving(new Reading(6.5, 0.65), new Reading(6.25, 0.6), 0.5),
        exact,
        exactTop,
        formula);
  }
}
