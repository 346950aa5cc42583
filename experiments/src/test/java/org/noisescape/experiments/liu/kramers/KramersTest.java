package org.noisescape.experiments.liu.kramers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.theory.liu.KramersRate;

/** The capped double well and what counts as growth of the rate. */
class KramersTest {
  @Test
  void doubleWellIsSmoothAndHasItsCurvatures() {
    CappedDoubleWell well = new CappedDoubleWell(0.7);
    for (double w : new double[] {-1.7, -1, -0.3, 0, 0.6, 0.9999999, 1.0000001, 2.5}) {
      double h = 1e-5;
      double slope =
          (well.value(new double[] {w + h}) - well.value(new double[] {w - h})) / (2 * h);
      assertThat(well.slope(w)).isCloseTo(slope, within(1e-8));
      double bend = (well.slope(w + h) - well.slope(w - h)) / (2 * h);
      assertThat(well.curvature(w)).isCloseTo(bend, within(1e-4));
    }
    assertThat(well.curvature(1)).isEqualTo(well.atMinimum());
    assertThat(well.curvature(0)).isEqualTo(well.atTop());
    assertThat(well.value(new double[] {0}) - well.value(new double[] {1}))
        .isCloseTo(well.barrier(), within(1e-15));
    double height = well.value(new double[] {CappedDoubleWell.INFLECTION}) / well.barrier();
    assertThat(height).isCloseTo(CappedDoubleWell.MIDPOINT, within(1e-12));
  }

  @Test
  void kramersCriterionWantsGrowthAndTheRightShape() {
    List<EscapePoint> discrete = new ArrayList<>();
    List<EscapePoint> flat = new ArrayList<>();
    for (double scale : new double[] {0.05, 0.3, 0.6, 0.9}) {
      KramersRate theory = new KramersRate(scale / 4, 2 * scale, -scale, 4.0 / 9, 10);
      discrete.add(escape(scale, 1.7 * theory.discrete(1), theory, 1000));
      flat.add(escape(scale, theory.continuous(1), theory, 1000));
    }
    assertThat(KramersCriterion.grows(discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.follows(discrete, EscapePoint::discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.nearer(discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.constant(discrete, EscapePoint::discrete))
        .isCloseTo(1.7, within(1e-12));
    assertThat(KramersCriterion.grows(flat)).isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.nearer(flat)).isEqualTo(Verdict.DISAGREES);
    EscapePoint first = discrete.getFirst();
    assertThat(KramersCriterion.limit(first, 1.05 * first.reduced())).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.limit(first, 2 * first.reduced())).isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.limit(discrete.get(1), 1)).isEqualTo(Verdict.INCONCLUSIVE);
    EscapePoint rare = escape(0.9, 1e-6, first.theory(), 3);
    assertThat(KramersCriterion.follows(List.of(first, rare), EscapePoint::discrete))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void everyNumberAndCellIsThatOfItsPoint() {
    KramersRate flat = new KramersRate(0.0625, 0.5, -0.25, 4.0 / 9, 10);
    KramersRate steep = new KramersRate(0.125, 1, -0.5, 4.0 / 9, 10);
    double slow = flat.discrete(1);
    double fast = steep.discrete(1);
    double ratio = (flat.continuous(1) / steep.continuous(1)) * (fast / slow);
    // twice and eight times Eq. 52 with two temperatures, four and sixteen times without
    Findings found =
        Kramers.findings(
            List.of(
                point(NoiseReading.TWO_TEMPERATURES, 0.25, 2 * slow, flat, 400, 501),
                point(NoiseReading.TWO_TEMPERATURES, 0.5, 8 * fast, steep, 100, 502),
                point(NoiseReading.LOCAL, 0.25, 4 * slow, flat, 401, 503),
                point(NoiseReading.LOCAL, 0.5, 16 * fast, steep, 101, 504)),
            slow);
    Optional<Verdict> agrees = Optional.of(Verdict.AGREES);
    Optional<Verdict> unjudged = Optional.empty();
    double none = Double.NaN;
    double growth = (8 * fast / 0.5) / (2 * slow / 0.25);
    assertThat(FoundText.numbers(found).lines())
        .containsExactly(
            FoundText.line(
                "gamma/|k_b| at the largest scale / at the smallest",
                growth,
                // relative errors 1/20 and 1/10
                growth * Math.hypot(0.05, 0.1),
                growth / 4,
                agrees),
            "Eq. 52 times its constant, largest factor from the rates | 2 | - | 1 | AGREES",
            FoundText.line(
                "spread of log rates about Eq. 52 / about Eq. 51",
                // half the logarithm of the ratio of ratios each
                Math.log(4) / Math.log(4 * ratio),
                none,
                none,
                agrees),
            FoundText.line(
                "gamma/|k_b| at lambda k_a = 0.5 over exact continuous time (quadrature)",
                2 / 0.25,
                2 / 0.25 / 20,
                1,
                Optional.of(Verdict.INCONCLUSIVE)),
            "two temperatures: constant of Eq. 52 | 4 | - | - | -",
            FoundText.line(
                "two temperatures: constant of Eq. 51",
                4 * Math.sqrt(slow * fast / (flat.continuous(1) * steep.continuous(1))),
                none,
                none,
                unjudged),
            FoundText.line(
                "two temperatures: gamma/|k_b| at lambda k_a = 0.5 over Eq. 51",
                2 * slow / flat.continuous(1),
                0.1 * slow / flat.continuous(1),
                1,
                unjudged),
            "local curvature: constant of Eq. 52 | 8 | - | - | -",
            FoundText.line(
                "local curvature: constant of Eq. 51",
                8 * Math.sqrt(slow * fast / (flat.continuous(1) * steep.continuous(1))),
                none,
                none,
                unjudged),
            FoundText.line(
                "local curvature: gamma/|k_b| at lambda k_a = 0.5 over Eq. 51",
                4 * slow / flat.continuous(1),
                4 * slow / Math.sqrt(401) / flat.continuous(1),
                1,
                unjudged));
    List<String> rows = FoundText.table(found, 0).lines().toList();
    assertThat(rows.getFirst())
        .isEqualTo(
            "scale,learning_rate,batch,noise,rate_over_curvature,standard_error,theory_discrete,theory_continuous,exact_continuous,escapes,replicas");
    // rates over |k_b| = r
    assertThat(rows.get(1))
        .isEqualTo(
            "0.25,1.0,10.0,two temperatures,%s,%s,%s,%s,%s,400,501"
                .formatted(8 * slow, 8 * slow / 20, 4 * slow, 4 * flat.continuous(1), slow));
    assertThat(rows.get(4))
        .startsWith("0.5,1.0,10.0,local curvature,%s,".formatted(32 * fast))
        .endsWith(",%s,%s,,101,504".formatted(2 * fast, 2 * steep.continuous(1)));
    assertThat(rows).hasSize(5);
  }

  private static EscapePoint point(
      NoiseReading reading, double scale, double rate, KramersRate theory, int events, int all) {
    ExponentialTail law =
        new ExponentialTail(0, rate, rate / Math.sqrt(events), events, 1000, 0.5, true);
    return new EscapePoint(reading, scale, law, all, theory, 1);
  }

  private static EscapePoint escape(double scale, double rate, KramersRate theory, int events) {
    ExponentialTail law =
        new ExponentialTail(0, rate, rate / Math.sqrt(events), events, 1000, 0.5, true);
    return new EscapePoint(NoiseReading.TWO_TEMPERATURES, scale, law, 1000, theory, 1);
  }
}
