package org.noisescape.experiments.wei.timescales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.wei.timescales.TimescaleCriterion.over;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.timescales.StationarityCurve.Point;
import org.noisescape.experiments.wei.timescales.TimescaleResult.Seed;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

/** The verdict on curves whose verdict is plain. */
class TimescaleCriterionTest {
  private static final TimescaleCriterion RULE = TimescaleCriterion.OF_THE_TEXT;
  private static final List<String> NAMES =
      List.of(
          "left",
          "right",
          "deviation",
          "deviation_standard_error",
          "half_left",
          "half_right",
          "half_deviation",
          "half_deviation_standard_error");

  @Test
  void theCurvesOfTheTextAgree() {
    StationarityCurve top = curve(i -> Math.exp(-i));
    StationarityCurve full = curve(i -> Math.exp(-i / 50.0));
    assertThat(verdicts(full, top)).containsOnly(Verdict.AGREES);
    assertThat(top.settles(0.01)).isEqualTo(5);
    assertThat(top.touches(0.5)).isEqualTo(1);
    assertThat(full.settles(0.01)).isNaN();
    assertThat(full.least()).isCloseTo(Math.exp(-1), within(1e-12));
  }

  @Test
  void theReverseDisagrees() {
    StationarityCurve slow = curve(i -> Math.exp(-i / 50.0));
    StationarityCurve fast = curve(i -> Math.exp(-i));
    assertThat(verdicts(fast, slow)).containsOnly(Verdict.DISAGREES);
  }

  @Test
  void lateOrPassingSettlingDisagrees() {
    StationarityCurve full = curve(i -> 0.4);
    // an average of .02 over the 41 measurements from the tenth on
    assertThat(verdicts(full, curve(i -> i < 10 ? 1 : 0))[0]).isEqualTo(Verdict.AGREES);
    assertThat(verdicts(full, curve(i -> i < 11 ? 1 : 0))[0]).isEqualTo(Verdict.DISAGREES);
    assertThat(verdicts(full, curve(i -> i == 49 ? 1 : 0))[0]).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void settlingWithinAnErrorThatIsLargerTellsNothing() {
    StationarityCurve full = curve(i -> 0.4);
    List<Seed> seeds = List.of(new Seed(full, curve(i -> 0.002)), new Seed(full, curve(i -> 0.09)));
    // 0.046 ± 0.044
    assertThat(verdicts(seeds)[0]).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdicts(seeds)[2]).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void oneSeedOrNoCurveTellsNothing() {
    assertThat(verdicts(List.of(new Seed(curve(i -> 0.4), curve(i -> 0.001)))))
        .containsOnly(Verdict.INCONCLUSIVE);
    StationarityCurve none = new StationarityCurve(List.of());
    assertThat(verdicts(none, none)).containsOnly(Verdict.INCONCLUSIVE);
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

  @Test
  void everyNumberAndCellIsThatOfItsMeasurement() {
    Findings found = Timescales.findings(result());
    // 0.4/0.008 with the relative errors 1/8 and 1/4; top from epoch 2 on .036/4, full .7/2
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            top: d after the first fifth | 0.0095 | 0.0005 | 0.01 | INCONCLUSIVE
            full: d at the end | 0.45 | 0.05 | 0.03 | INCONCLUSIVE
            full d less 3 times top d at the end | 0.4245 | 0.0485 | 0 | INCONCLUSIVE
            full d / top d at the end | 50 | 13.9754 | - | -
            full: d after the first fifth | 0.4 | 0.05 | - | -
            top: d at the end | 0.008 | 0.002 | 0 | -
            top: first epoch with d < 0.01 | 5 | - | - | -
            top: epoch from which d stays <= 0.01 | 10 | - | - | -
            full: epoch from which d stays <= 0.01 | - | - | - | -
            full: smallest d | 0.3 | - | - | -
            """);
    // hypot(0.0005, 0.05)
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival all directions relax alike: INCONCLUSIVE
            top: d after the first fifth | 0.0095 | 0.0500025 | 0.4 | INCONCLUSIVE
            rival both spaces become stationary: INCONCLUSIVE
            full: d at the end | 0.45 | 0.05 | 0.01 | INCONCLUSIVE
            """);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            "seed,step,epoch,train_loss,full_"
                + String.join(",full_", NAMES)
                + ",top_"
                + String.join(",top_", NAMES)
                + ",top_eigenvalue,top_overlap\n"
                + "3,6,1.5,0.25,1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,"
                + "11.0,12.0,13.0,14.0,15.0,16.0,17.0,18.0,21.0,0.75\n"
                + "3,12,3.0,,,,,,,,,,,,,,,,,,,\n");
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            space,epoch,half_deviation,half_deviation_standard_error,deviation
            full,1.0,0.9,0.07,0.95
            full,8.0,0.3,0.06,0.35
            full,10.0,0.4,0.05,0.45
            top,1.0,0.5,0.01,0.6
            top,2.0,0.0115,0.001,0.012
            top,5.0,0.006,0.0011,0.007
            top,7.0,0.0105,0.0012,0.011
            top,10.0,0.008,0.002,0.009
            """);
  }

  @Test
  void everyMarkIsThatOfItsMeasurement() {
    assertThat(FoundText.figures(TimescaleFigures.of(result(), RULE)))
        .isEqualTo(
            """
            stationarity | Epoch | log |O_L/O_R − 1|
            thin : (1, 0.95) (8, 0.35) (10, 0.45)
            thin : (1, 0.6) (5, 0.007) (10, 0.009)
            thin since the last measurement:
            line : (1, 0.9) (8, 0.3) (10, 0.4)
            line : (1, 0.5) (5, 0.006) (10, 0.008)
            points full parameter space: (1, 0.9, 0.07) (8, 0.3, 0.06) (10, 0.4, 0.05)
            points top eigenspace of the Hessian: (1, 0.5, 0.01) (5, 0.006, 0.0011) (10, 0.008, 0.002)
            dashed threshold 0.01: (0, 0.01) (10, 0.01)
            sides | Epoch | log O_L,  O_R
            line full: O_L: (1, 31) (8, 33) (10, 35)
            dashed full: O_R: (1, 32) (8, 34) (10, 36)
            line top: O_L: (1, 41) (5, 45) (10, 49)
            dashed top: O_R: (1, 42) (5, 46) (10, 50)
            training | Epoch | log L,  λ₁,  overlap
            line training loss L: (1.5, 0.25) (3, -)
            line largest Hessian eigenvalue: (1.5, 21) (3, -)
            thin overlap with the former eigenspace: (1.5, 0.75) (3, -)
            """);
  }

  private static TimescaleResult result() {
    Map<String, Double> row = new LinkedHashMap<>(Map.of("step", 6.0, "epoch", 1.5));
    row.put("train_loss", 0.25);
    for (int i = 0; i < NAMES.size(); i++) {
      row.put("fdr_" + NAMES.get(i), 1.0 + i);
      row.put("fdr_top2_" + NAMES.get(i), 11.0 + i);
    }
    row.put("fdr_top2_eigenvalue", 21.0);
    row.put("fdr_top2_overlap", 0.75);
    StationarityCurve full =
        new StationarityCurve(
            List.of(
                new Point(1, 0.9, 0.07, 0.95, 31, 32),
                new Point(8, 0.3, 0.06, 0.35, 33, 34),
                new Point(10, 0.4, 0.05, 0.45, 35, 36)));
    StationarityCurve top =
        new StationarityCurve(
            List.of(
                new Point(1, 0.5, 0.01, 0.6, 41, 42),
                new Point(2, 0.0115, 0.001, 0.012, 43, 44),
                // below 0.01
                new Point(5, 0.006, 0.0011, 0.007, 45, 46),
                new Point(7, 0.0105, 0.0012, 0.011, 47, 48),
                new Point(10, 0.008, 0.002, 0.009, 49, 50)));
    return new TimescaleResult(
        TrainConfiguration.defaults(),
        "fdr_top2_",
        List.of(new Metrics(3, List.of(row, Map.of("step", 12.0, "epoch", 3.0)))),
        full,
        top,
        // the mean curve and one that is away from it by .1 and by .001
        List.of(new Seed(full, top), new Seed(away(full, 0.1), away(top, 0.001))));
  }

  /** Settling, staying and separation of two seeds that hardly differ. */
  private static Verdict[] verdicts(StationarityCurve full, StationarityCurve top) {
    return verdicts(List.of(new Seed(full, top), new Seed(away(full, 1e-4), away(top, 1e-4))));
  }

  private static Verdict[] verdicts(List<Seed> seeds) {
    return new Verdict[] {
      RULE.settling().judge(over(seeds, seed -> RULE.late(seed.top()))).verdict(),
      RULE.staying().judge(over(seeds, seed -> seed.full().last().half())).verdict(),
      RULE.separation().judge(over(seeds, RULE::lead)).verdict()
    };
  }

  private static StationarityCurve away(StationarityCurve curve, double by) {
    return new StationarityCurve(
        curve.points().stream()
            .map(
                p ->
                    new Point(
                        p.epoch(), p.half() + by, p.halfError(), p.window(), p.left(), p.right()))
            .toList());
  }

  private static StationarityCurve curve(IntToDoubleFunction half) {
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      points.add(new Point(i, half.applyAsDouble(i), 0.01, 0, 1, 1));
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
