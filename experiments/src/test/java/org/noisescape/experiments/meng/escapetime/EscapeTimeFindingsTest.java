package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.meng.escapetime.WellPassages.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

/** What {@code meng/escape-time} says of passages made by hand. */
class EscapeTimeFindingsTest {
  @Test
  void everyNumberAndCellIsThatOfItsPassage() {
    EscapeTimeResults results = results();
    Findings found = results.findings();
    // deviations log 16/15, log 2, 0, each with an error of 1/16. The change of z_q with q at q = 0
    // is
    // x^2/2, whose second difference (log 2)^2 leaves (log 2)^4/6 over: SE of q = sqrt(6)/(16 x 4
    // (log 2)^2), and 8/3 of it for the power 3 with twice the errors
    assertThat(FoundText.numbers(found).lines().limit(19))
        .containsExactly(
            """
            power-law, It\u00f4: mean of log(tau/exact) over the barriers | 0.252562 | 0.0360844 | 0 | DISAGREES
            power-law, It\u00f4: q, 0 for a power and 1 for an exponential | 0 | 0.0796608 | 0 | AGREES
            power-law, It\u00f4: power of 1 + (mu/sigma) Delta L | 4 | 0.0637587 | 4.5 | DISAGREES
            power-law, H\u00e4nggi-Klimontovich: mean of log(tau/exact) over the barriers | 0 | 0.0721688 | 0 | INCONCLUSIVE
            power-law, H\u00e4nggi-Klimontovich: q, 0 for a power and 1 for an exponential | 0 | 0.212429 | 0 | AGREES
            power-law, H\u00e4nggi-Klimontovich: power of 1 + (mu/sigma) Delta L | 3 | 0.127517 | 3.5 | DISAGREES
            Langevin: mean of log(tau/exact) over the barriers | 0 | 0.0360844 | 0 | AGREES
            Langevin: q, 0 for a power and 1 for an exponential | 1 | 0.121684 | 1 | AGREES
            Langevin: d log tau/d Delta L | 0.346574 | 0.00723297 | 2 | DISAGREES
            \u03b1-stable: d log tau/d log width | 2 | 0.0637587 | 1.5 | DISAGREES
            \u03b1-stable: log of the ratio of times at fixed width, barriers x 4.0 | 0.693147 | 0.1 | 0 | DISAGREES
            n = 3 wells, barrier 2.0: mean time to the first escape | 11 | 0.5 | 10 | AGREES
            n = 2 unequal wells: mean time along the first | 20 | 1 | 20 | AGREES
            n = 2 unequal wells: mean time to the first escape | 15 | 0.5 | 16 | AGREES
            power-law, It\u00f4, mu/sigma kept: mean of log(tau/exact) over eta mu | 0.231049 | 0.0721688 | 0 | INCONCLUSIVE
            power-law, It\u00f4, mu/sigma kept: d log tau/d(log(1 + (mu/sigma) Delta L)/(eta mu)) | 1 | 0.0834798 | 2 | DISAGREES
            power-law, It\u00f4, sigma kept: mean of log(tau/exact) over eta mu | 0.231049 | 0.0721688 | 0 | INCONCLUSIVE
            power-law, It\u00f4, sigma kept: d log tau/d(log(1 + (mu/sigma) Delta L)/(eta mu)) | 1 | 0.0834798 | 2 | DISAGREES
            power-law, It\u00f4, mu/sigma kept: q, 1 for an exponential of 1/(eta mu) and 0 for a power | 1 | 0.486736 | 1 | INCONCLUSIVE
            """
                .lines()
                .toArray(String[]::new));
    assertThat(FoundText.numbers(found).lines().skip(19))
        .startsWith(
            """
            power-law, It\u00f4, barrier 2.0: mean time to the other minimum | 16 | 1 | 15 | -
            power-law, It\u00f4, barrier 6.0: mean time to the other minimum | 256 | 16 | 128 | -
            power-law, It\u00f4, barrier 14.0: mean time to the other minimum | 4096 | 256 | 4096 | -
            power-law, It\u00f4, barrier 14.0: exact time over the formula's | 2 | - | 1 | -
            power-law, It\u00f4, barrier 14.0: time to the top over time to the other minimum | 0.25 | - | 0.5 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 2.0: mean time to the other minimum | 8 | 1 | 8 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 6.0: mean time to the other minimum | 64 | 8 | 64 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 14.0: mean time to the other minimum | 512 | 64 | 512 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 14.0: exact time over the formula's | 0.5 | - | 1 | -
            power-law, H\u00e4nggi-Klimontovich, barrier 14.0: time to the top over time to the other minimum | 0.5 | - | 0.5 | -
            Langevin, barrier 2.0: mean time to the other minimum | 2 | 0.125 | 2 | -
            Langevin, barrier 6.0: mean time to the other minimum | 8 | 0.5 | 8 | -
            Langevin, barrier 14.0: mean time to the other minimum | 128 | 8 | 128 | -
            Langevin, barrier 14.0: exact time over the formula's | 4 | - | 1 | -
            Langevin, barrier 14.0: time to the top over time to the other minimum | 0.375 | - | 0.5 | -
            \u03b1-stable, barrier 2.0: mean time to the top | 3 | 0.1875 | 2.5 | -
            \u03b1-stable, barrier 6.0: mean time to the top | 48 | 3 | 50 | -
            power-law, It\u00f4, sigma kept: q, 1 for an exponential of 1/(eta mu) and 0 for a power | 1 | 0.486736 | 1 | INCONCLUSIVE
            power-law, It\u00f4, sigma kept: q of the exact times | 0 | - | 1 | -
            power of t in <w^2> from the minimum, Theorem 4 | 1.2 | 0.1 | 1.25 | INCONCLUSIVE
            """
                .lines()
                .toArray(String[]::new));
    assertThat(found.rivals())
        .extracting(rival -> rival.name() + ": " + rival.verdict())
        .containsExactly(
            "power-law noise: exponential growth (Kramers): DISAGREES",
            "constant noise: growth as a power: DISAGREES",
            "no dependence on the barrier: DISAGREES",
            "Ito and Hanggi-Klimontovich exchanged: DISAGREES",
            "Table 1's Langevin exponent, 1/(eta sigma): DISAGREES",
            "jumps diffuse: tau ~ width^2: AGREES",
            "jumps see the barrier as Theorem 6 has it: DISAGREES",
            "n wells are as slow as one: DISAGREES",
            "the barriers of all coordinates multiply (22): DISAGREES",
            "unequal wells are as fast as n of the first: DISAGREES",
            "Table 1's power, 1/(eta mu) - 1/2, against eta mu: AGREES",
            "no dependence on eta mu: DISAGREES",
            "mu/sigma kept: a power of eta mu: INCONCLUSIVE");
    // 3.5 log((1 + 8/2)/(1 + 2/2)) for Theorem 6, and the exchanged powers 3.5 and 4.5
    assertThat(FoundText.rivals(found))
        .contains("barriers x 4.0 | 0.693147 | 0.1 | 3.20702 | DISAGREES")
        .contains("power-law, It\u00f4: power of 1 + (mu/sigma) Delta L | 4 | 0.0637587 | 3.5 |")
        .contains("n = 3 wells, barrier 2.0: mean time to the first escape | 11 | 0.5 | 30 |")
        // (1 + 6/2)^(2/0.5 - 1/2) = 128 of the other well
        .contains("n = 2 unequal wells: mean time along the first | 20 | 1 | 2560 | DISAGREES")
        .contains("n = 2 unequal wells: mean time to the first escape | 15 | 0.5 | 10 |");
    // E w^2 of the iteration is linear in t up to a tenth of the relaxation time, to 10 %
    assertThat(results.epsilon().exactPower()).isBetween(0.9, 1.0);
    assertThat(found.measurements().getLast().theory()).isEqualTo(results.epsilon().exactPower());
    assertThat(found.measurements()).hasSize(40);
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(FoundText.table(found, 0))
        .startsWith(
            """
            dynamics,barrier,width,dimension,learning_rate,strength,growth,value,standard_error,replicas,censored,method,reliable,coarse_value,coarse_standard_error,step_converged,top_value,top_standard_error,theory_exact,theory_exact_top,theory_formula
            power_law_ito,2.0,1.25,1,0.25,1.0,0.5,16.0,1.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,15.0,1024.0,2048.0
            """)
        .endsWith(
            """
            stable,6.0,4.0,1,0.25,0.15,0.0,48.0,3.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,,,50.0
            stable,2.0,2.0,1,0.25,0.15,0.0,5.0,0.3,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,,,4.0
            stable,8.0,2.0,1,0.25,0.15,0.0,10.0,0.8,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,,,4.0
            power_law_ito,2.0,1.25,3,0.25,1.0,0.5,11.0,0.5,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,30.0,12.0,31.0
            power_law_hanggi,2.0,1.25,2,0.25,1.0,0.5,20.0,1.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,20.0,,21.0
            power_law_hanggi,2.0,1.25,2,0.25,1.0,0.5,15.0,0.5,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,20.0,,21.0
            power_law_ito,6.0,1.25,1,0.25,1.0,0.5,16.0,2.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,8.0,,256.0
            power_law_ito,6.0,1.25,1,0.25,2.0,1.0,4.0,0.5,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,4.0,,16.0
            power_law_ito,6.0,1.25,1,0.25,4.0,2.0,2.0,0.25,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,2.0,,4.0
            power_law_ito,6.0,1.25,1,0.25,1.0,0.5,16.0,2.0,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,8.0,,256.0
            power_law_ito,6.0,1.25,1,0.25,2.0,1.0,4.0,0.5,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,4.0,,16.0
            power_law_ito,6.0,1.25,1,0.25,4.0,2.0,2.0,0.25,21,4,survival_and_tail,true,6.5,0.65,true,7.5,0.75,2.0,,4.0
            """);
  }

  /**
   * Barriers 2, 6, 14 with mu/sigma = 1/2: 1 + Delta L/2 = 2, 4, 8, whose logarithms are 1, 2, 3 in
   * units of log 2. A power is a line of these, an exponential one of the barriers, whose squares
   * about their mean sum to 224/3.
   */
  static EscapeTimeResults results() {
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
            List.of(0.5, 1.0, 2.0),
            List.of(0.5, 1.0, 2.0),
            0.5,
            4,
            21,
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
    // 1 + (mu/sigma) Delta L = 4 throughout, so that X = log 4/(eta mu) and y = X, q = 1
    List<WellPassage> growing = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double growth = 0.5 * (1 << i);
      double time = Math.pow(4, 1 / growth);
      double exactTime = i == 0 ? time / 2 : time;
      WellCoordinate coordinate = new WellCoordinate(new QuarticWell(6, 1.25), 2 * growth, growth);
      growing.add(
          passage(
              WellDynamics.POWER_LAW_ITO,
              coordinate,
              1,
              time,
              time / 8,
              exactTime,
              none,
              time * time));
    }
    QuarticWell six = new QuarticWell(6, 1.25);
    WellDynamics text = WellDynamics.POWER_LAW_HANGGI;
    WellEnsemble two =
        new WellEnsemble(
            "",
            text,
            new WellCoordinate(new QuarticWell(2, 1.25), 1, 0.5),
            List.of(new WellCoordinate(six, 1, 0.5)),
            false,
            21);
    return new EscapeTimeResults(
        plan,
        points,
        List.of(
            passage(WellDynamics.STABLE, new QuarticWell(2, 2), 1, 5, 0.3, none, none, 4),
            passage(WellDynamics.STABLE, new QuarticWell(8, 2), 1, 10, 0.8, none, none, 4)),
        List.of(
            passage(WellDynamics.POWER_LAW_ITO, new QuarticWell(2, 1.25), 3, 11, 0.5, 30, 12, 31)),
        new UnequalWells(
            passage(text, two.own(), 2, 20, 1, 20, none, 21),
            passage(text, two.own(), 2, 15, 0.5, 20, none, 21),
            16,
            two),
        List.of(
            new GrowthSweep(GrowthSweep.Kept.RATIO, WellDynamics.POWER_LAW_ITO, growing),
            new GrowthSweep(GrowthSweep.Kept.NOISE, WellDynamics.POWER_LAW_ITO, growing)),
        run);
  }

  private static double[] times(int count, double unit) {
    return IntStream.rangeClosed(1, count).mapToDouble(k -> k * unit).toArray();
  }
}
