package org.noisescape.experiments.liu.kramers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.theory.liu.KramersRate;

/** The capped double well and what counts as growth of the rate. */
class KramersTest {
  static final KramersRate FLAT = new KramersRate(0.0625, 0.5, -0.25, 4.0 / 9, 10);
  static final KramersRate MIDDLE = new KramersRate(0.09375, 0.75, -0.375, 4.0 / 9, 10);
  static final KramersRate STEEP = new KramersRate(0.125, 1, -0.5, 4.0 / 9, 10);

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
  void ratesOfEquation52GrowAndFollowItAndNotEquation51() {
    List<EscapePoint> points = points(r -> 1.7 * r.discrete(1), 1000);
    Judgement growth = KramersCriterion.grows().judge(KramersCriterion.growth(points));
    assertThat(growth.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.follows(points, EscapePoint::discrete).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.follows(points, EscapePoint::continuous).verdict())
        .isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.constant(points, EscapePoint::discrete))
        .isCloseTo(1.7, within(1e-12));
  }

  @Test
  void ratesOfEquation51NeitherGrowNorFollowEquation52() {
    List<EscapePoint> points = points(r -> r.continuous(1), 1000);
    Judgement growth = KramersCriterion.grows().judge(KramersCriterion.growth(points));
    assertThat(growth.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(KramersCriterion.follows(points, EscapePoint::discrete).verdict())
        .isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.follows(points, EscapePoint::continuous).verdict())
        .isEqualTo(Verdict.AGREES);
  }

  /** ln of a point over the mean of four: its own 3/4, and a quarter of each other one. */
  @Test
  void theFittedConstantIsCountedInTheError() {
    List<EscapePoint> points = points(r -> r.discrete(1), 400);
    PointEstimate first = KramersCriterion.over(points.getFirst(), points, EscapePoint::discrete);
    assertThat(first.value()).isCloseTo(1, within(1e-12));
    assertThat(first.standardError())
        .isCloseTo(0.05 * Math.sqrt(9.0 / 16 + 3.0 / 16), within(1e-12));
    assertThat(first.degreesOfFreedom()).isEqualTo(399);
  }

  @Test
  void tooFewEscapesDecideNothing() {
    List<EscapePoint> points = points(r -> r.discrete(1), 49);
    assertThat(KramersCriterion.follows(points, EscapePoint::discrete).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(KramersCriterion.grows().judge(KramersCriterion.growth(points)).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void continuousTimeIsJudgedOnlyWhereTheRateIsSmall() {
    List<EscapePoint> points = points(r -> r.discrete(1), 1000);
    EscapePoint first = points.getFirst();
    assertThat(first.scaledRate()).isEqualTo(0.05);
    assertThat(limit(first, first.reduced() / 1.03)).isEqualTo(Verdict.AGREES);
    assertThat(limit(first, first.reduced() / 1.05)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(limit(first, first.reduced() / 2)).isEqualTo(Verdict.DISAGREES);
    assertThat(limit(points.get(1), points.get(1).reduced())).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict limit(EscapePoint point, double exact) {
    return KramersCriterion.met().judge(KramersCriterion.limit(point, exact)).verdict();
  }

  @Test
  void everyNumberAndCellIsThatOfItsPoint() {
    double slow = FLAT.discrete(1);
    double medium = MIDDLE.discrete(1);
    double fast = STEEP.discrete(1);
    Findings found = Kramers.findings(sample(), slow);
    Optional<Verdict> agrees = Optional.of(Verdict.AGREES);
    Optional<Verdict> open = Optional.of(Verdict.INCONCLUSIVE);
    Optional<Verdict> disagrees = Optional.of(Verdict.DISAGREES);
    Optional<Verdict> unjudged = Optional.empty();
    double none = Double.NaN;
    double growth = (16 * fast / 0.5) / (2 * slow / 0.25);
    // of ln: a third of the last one's own 1/100, a ninth of 1/400 + 1/400 + 1/100
    double error = Math.sqrt(0.01 / 3 + 0.015 / 9);
    double level = Math.cbrt((2 * slow / 0.25) * (2 * medium / 0.375) * (16 * fast / 0.5));
    assertThat(FoundText.numbers(found).lines())
        .containsExactly(
            FoundText.line(
                "gamma/|k_b| at the largest scale / at the smallest (Eq. 52: %s)"
                    .formatted(Plots.number(growth / 8)),
                growth,
                growth * Math.hypot(0.05, 0.1),
                1,
                agrees),
            FoundText.line(
                "rate / (c Eq. 52), furthest of 3 (r = 0.5)", 4, 4 * error, 1, disagrees),
            // not judged at so large a rate
            FoundText.line(
                "gamma/|k_b| at lambda k_a = 0.5 over exact continuous time (quadrature)",
                2 / 0.25,
                none,
                1,
                open),
            "two temperatures: constant of Eq. 52 | 4 | - | - | -",
            FoundText.line(
                "two temperatures: constant of Eq. 51",
                // Eq. 51 has the same rate over |k_b| at every scale
                level * 0.25 / FLAT.continuous(1),
                none,
                none,
                unjudged),
            FoundText.line(
                "two temperatures: gamma/|k_b| at lambda k_a = 0.5 over Eq. 51",
                2 * slow / FLAT.continuous(1),
                0.1 * slow / FLAT.continuous(1),
                1,
                unjudged),
            "local curvature: constant of Eq. 52 | 8 | - | - | -",
            FoundText.line(
                "local curvature: constant of Eq. 51",
                8 * Math.sqrt(slow * fast / (FLAT.continuous(1) * STEEP.continuous(1))),
                none,
                none,
                unjudged),
            FoundText.line(
                "local curvature: gamma/|k_b| at lambda k_a = 0.5 over Eq. 51",
                4 * slow / FLAT.continuous(1),
                4 * slow / Math.sqrt(401) / FLAT.continuous(1),
                1,
                unjudged));
    double rest = 32 * fast / level;
    assertThat(FoundText.rivals(found).lines())
        .containsExactly(
            "rival no effect of the scale: Eq. 51 times a constant: DISAGREES",
            FoundText.line(
                "rate / (c Eq. 51), furthest of 3 (r = 0.5)", rest, rest * error, 1, disagrees),
            "rival Eq. 51 without a constant at a small rate: INCONCLUSIVE",
            FoundText.line(
                "gamma/|k_b| at lambda k_a = 0.5 over Eq. 51",
                2 * slow / FLAT.continuous(1),
                none,
                1,
                open));
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    List<String> rows = FoundText.table(found, 0).lines().toList();
    assertThat(rows.getFirst())
        .isEqualTo(
            "scale,learning_rate,batch,noise,rate_over_curvature,standard_error,theory_discrete,theory_continuous,exact_continuous,escapes,replicas");
    // rates over |k_b| = r
    assertThat(rows.get(1))
        .isEqualTo(
            "0.25,1.0,10.0,two temperatures,%s,%s,%s,%s,%s,400,501"
                .formatted(8 * slow, 8 * slow / 20, 4 * slow, 4 * FLAT.continuous(1), slow));
    assertThat(rows.get(5))
        .startsWith("0.5,1.0,10.0,local curvature,%s,".formatted(32 * fast))
        .endsWith(",%s,%s,,101,504".formatted(2 * fast, 2 * STEEP.continuous(1)));
    assertThat(rows).hasSize(6);
  }

  /** Two, two and sixteen times Eq. 52 with two temperatures, four and sixteen times without. */
  static List<EscapePoint> sample() {
    double slow = FLAT.discrete(1);
    double medium = MIDDLE.discrete(1);
    double fast = STEEP.discrete(1);
    return List.of(
        point(NoiseReading.TWO_TEMPERATURES, 0.25, 2 * slow, FLAT, 400, 501),
        point(NoiseReading.TWO_TEMPERATURES, 0.375, 2 * medium, MIDDLE, 400, 505),
        point(NoiseReading.TWO_TEMPERATURES, 0.5, 16 * fast, STEEP, 100, 502),
        point(NoiseReading.LOCAL, 0.25, 4 * slow, FLAT, 401, 503),
        point(NoiseReading.LOCAL, 0.5, 16 * fast, STEEP, 101, 504));
  }

  private static EscapePoint point(
      NoiseReading reading, double scale, double rate, KramersRate theory, int events, int all) {
    ExponentialTail law =
        new ExponentialTail(0, rate, rate / Math.sqrt(events), events, 1000, 0.5, true);
    return new EscapePoint(reading, scale, law, all, theory, 1);
  }

  /** λ = 1 and S = 10 at four scales. */
  private static List<EscapePoint> points(ToDoubleFunction<KramersRate> rate, int events) {
    List<EscapePoint> points = new ArrayList<>();
    for (double scale : new double[] {0.025, 0.3, 0.6, 0.9}) {
      KramersRate theory = new KramersRate(scale / 4, 2 * scale, -scale, 4.0 / 9, 10);
      points.add(
          point(
              NoiseReading.TWO_TEMPERATURES,
              scale,
              rate.applyAsDouble(theory),
              theory,
              events,
              events));
    }
    return points;
  }
}
