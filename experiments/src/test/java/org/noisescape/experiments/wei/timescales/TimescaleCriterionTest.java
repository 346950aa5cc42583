package org.noisescape.experiments.wei.timescales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.wei.timescales.StationarityCurve.Point;
import org.noisescape.report.Metrics;

/** The verdict on curves whose verdict is plain. */
class TimescaleCriterionTest {
  private static final TimescaleCriterion RULE = TimescaleCriterion.OF_THE_TEXT;

  @Test
  void theCurvesOfTheTextAgree() {
    StationarityCurve top = curve(i -> Math.exp(-i), i -> 0.002);
    StationarityCurve full = curve(i -> Math.exp(-i / 50.0), i -> 0.02);
    assertThat(RULE.settling(top)).isEqualTo(Verdict.AGREES);
    assertThat(RULE.staying(full)).isEqualTo(Verdict.AGREES);
    assertThat(RULE.separation(full, top)).isEqualTo(Verdict.AGREES);
    assertThat(top.settles(0.01, 0)).isEqualTo(5);
    assertThat(top.touches(0.5)).isEqualTo(1);
    assertThat(full.settles(0.01, 2)).isNaN();
    assertThat(full.least(0, 0)).isCloseTo(Math.exp(-1), within(1e-12));
  }

  @Test
  void theReverseDisagrees() {
    StationarityCurve slow = curve(i -> Math.exp(-i / 50.0), i -> 0.02);
    StationarityCurve fast = curve(i -> Math.exp(-i), i -> 0.002);
    assertThat(RULE.settling(slow)).isEqualTo(Verdict.DISAGREES);
    assertThat(RULE.staying(fast)).isEqualTo(Verdict.DISAGREES);
    assertThat(RULE.separation(fast, slow)).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void lateOrPassingSettlingDisagrees() {
    assertThat(RULE.settling(curve(i -> i < 11 ? 1 : 0, i -> 0.001))).isEqualTo(Verdict.DISAGREES);
    assertThat(RULE.settling(curve(i -> i < 10 ? 1 : 0, i -> 0.001))).isEqualTo(Verdict.AGREES);
    assertThat(RULE.settling(curve(i -> i == 49 ? 1 : 0, i -> 0.001))).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void largeOrUnknownErrorsTellNothing() {
    StationarityCurve top = curve(i -> 0.005, i -> 0.2);
    StationarityCurve full = curve(i -> 0.4, i -> 0.01);
    assertThat(RULE.separation(full, top)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(RULE.staying(curve(i -> 0.04, i -> 0.03))).isEqualTo(Verdict.INCONCLUSIVE);
    StationarityCurve unknown = curve(i -> 0.005, i -> Double.NaN);
    assertThat(RULE.settling(unknown)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(RULE.separation(full, unknown)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(RULE.settling(new StationarityCurve(List.of()))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void seedsAreAveragedWithTheLargerOfErrorAndSpread() {
    List<Metrics> seeds = List.of(seed(0, 0.1, 0.01), seed(1, 0.3, 0.01), seed(2, 0.2, 0.01));
    Point point = StationarityCurve.of(seeds, "fdr_").last();
    assertThat(point.half()).isCloseTo(0.2, within(1e-15));
    assertThat(point.halfError()).isCloseTo(0.1 / Math.sqrt(3), within(1e-12));
    Point sure =
        StationarityCurve.of(List.of(seed(0, 0.2, 0.06), seed(1, 0.2, 0.08)), "fdr_").last();
    assertThat(sure.halfError()).isCloseTo(0.05, within(1e-12));
  }

  private static StationarityCurve curve(IntToDoubleFunction half, IntToDoubleFunction error) {
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      points.add(new Point(i, half.applyAsDouble(i), error.applyAsDouble(i), 0, 1, 1));
    }
    return new StationarityCurve(points);
  }

  private static Metrics seed(int replica, double half, double error) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("epoch", 2.0);
    row.put("fdr_half_deviation", half);
    row.put("fdr_half_deviation_standard_error", error);
    return new Metrics(replica, List.of(Map.of("epoch", 0.0), row));
  }
}
