package org.noisescape.experiments.wei.negative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.LossFloor;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class NegativeCriterionTest {
  private static final double FLOOR = 0.5;

  @Test
  void floorIsTheEntropyOfSmoothedTargets() {
    assertThat(LossFloor.of(0, 10)).isZero();
    // 0.91 and nine times 0.01
    assertThat(LossFloor.of(0.1, 10))
        .isCloseTo(-0.91 * Math.log(0.91) - 0.09 * Math.log(0.01), within(1e-15));
    assertThat(LossFloor.of(0.5, 2))
        .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-15));
  }

  @Test
  void proportionalSumsAgreeWithTheirSlope() {
    List<SeedLine> lines = lines(excess -> -40 * excess, 0.02);

    NegativeCriterion.Coefficient slope = NegativeCriterion.slope(lines);
    assertThat(slope.mean()).isCloseTo(-40, within(3 * slope.error()));
    assertThat(slope.error()).isLessThan(1);
    assertThat(NegativeCriterion.judge(lines)).isEqualTo(Verdict.AGREES);
    assertThat(lines.getFirst().exponent()).isCloseTo(1, within(0.05));
  }

  @Test
  void squareRootLawHasAnInterceptAndDisagrees() {
    List<SeedLine> lines = lines(excess -> -Math.sqrt(excess), 0.002);

    // nearly straight over this range, which R² alone would take for a line through the origin
    assertThat(NegativeCriterion.rSquared(lines).mean()).isGreaterThan(0.9);
    assertThat(NegativeCriterion.judge(lines)).isEqualTo(Verdict.DISAGREES);
    assertThat(lines.getFirst().exponent()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void interceptAndScatterAndRisingLinesDisagree() {
    assertThat(NegativeCriterion.judge(lines(excess -> -0.5 - 40 * excess, 0.01)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(NegativeCriterion.judge(lines(excess -> -2 + 10 * excess, 0.01)))
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void anInterceptNotKnownToATenthOfTheLargestSumTellsNothing() {
    SeedLine known = new SeedLine(0, 12, -40, 1, 0, 0.99, 0.95, 1, 10, 5);
    SeedLine unknown = new SeedLine(0, 12, -40, 1, 0, 1.01, 0.95, 1, 10, 5);
    assertThat(NegativeCriterion.judge(List.of(known))).isEqualTo(Verdict.AGREES);
    assertThat(NegativeCriterion.judge(List.of(unknown))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void fewRunsOrANarrowRangeAreInconclusive() {
    assertThat(NegativeCriterion.judge(List.of(line(0, 5, 10, x -> -40 * x, 0))))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(NegativeCriterion.judge(List.of(line(0, 9, 2.9, x -> -40 * x, 0))))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(NegativeCriterion.judge(List.of(line(0, 9, 3.1, x -> -40 * x, 0))))
        .isEqualTo(Verdict.AGREES);
    assertThat(NegativeCriterion.judge(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void errorIsTheLargerOfFitAndSpread() {
    List<SeedLine> apart =
        List.of(line(0, 9, 10, x -> -40 * x, 0), line(1, 9, 10, x -> -44 * x, 0));

    NegativeCriterion.Coefficient slope = NegativeCriterion.slope(apart);

    assertThat(slope.mean()).isCloseTo(-42, within(1e-9));
    assertThat(slope.error()).isCloseTo(2, within(1e-9));
  }

  @Test
  void everyNumberAndCellIsThatOfItsRun() {
    NegativePart part = new NegativePart(-1.25, 0.001, 3, -0.625, 9, 20, 11);
    List<RunSpectrum> minima =
        List.of(
            new RunSpectrum(80, 0.1, 0, List.of(new StateSpectrum(1000, 0.75, 0.01, part)), part),
            new RunSpectrum(
                80, 0.1, 1, List.of(new StateSpectrum(1000, 0.625, 0.02, sum(-1.5))), sum(-1.5)));
    List<RunSpectrum> runs =
        List.of(
            new RunSpectrum(
                5,
                0.2,
                0,
                List.of(
                    new StateSpectrum(10, 0.875, 0.03, sum(-4.5)),
                    new StateSpectrum(20, 1.375, 0.04, sum(-2.5)),
                    new StateSpectrum(30, 1.375, 0.05, sum(-2.5)),
                    new StateSpectrum(40, 1.375, 0.06, sum(-2.5))),
                sum(-1.5)),
            new RunSpectrum(10, 0.3, 1, List.of(new StateSpectrum(50, 1, 0.07, sum(-8))), sum(-2)));
    List<SeedLine> lines =
        List.of(
            new SeedLine(0, 9, -40, 1, -0.5, 0.05, 0.8, 0.9, 10, 4),
            new SeedLine(1, 8, -44, 2, -0.7, 0.12, 0.88, 0.5, 14, 5));
    Findings found = NegativeEigenvalues.findings(minima, runs, lines, FLOOR);
    // errors: half of hypot(1/0.8, 2/0.88) for the reverse slope, else half the difference of the
    // seeds; lines at L - L* = -1/2, and at those of the descents, 1/4 and 1/8
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            slope of the sum on L - L* | -42 | 2 | - | -
            intercept at L = L* | -0.6 | 0.1 | 0 | DISAGREES
            R^2 | 0.84 | 0.04 | 1 | -
            largest |sum| | 12 | - | - | -
            slope by the line of L on the sum | -50 | 1.2969 | - | -
            exponent d log |sum| / d log (L - L*) | 0.7 | 0.2 | 1 | -
            intercept read against L as it is | 20.4 | 0.9 | - | -
            intercept read against L - L of the descent | -8.35 | 2.15 | 0 | -
            L*, entropy of the targets | 0.5 | - | - | -
            L - L* of the descent | 0.1875 | 0.0625 | - | -
            sum of the mean Hessian / mean sum | 0.375 | 0.125 | - | -
            """);
    assertThat(FoundText.table(found, 0))
        .startsWith(
            """
            stage,batch,learning_rate,seed,epoch,loss,excess_loss,gradient_norm_squared,negative_sum,negative_sum_error_bound,negative_count,smallest,largest,trace,active_parameters
            descent,80,0.1,0,1000,0.75,0.25,0.01,-1.25,0.001,3,-0.625,9.0,20.0,11
            descent,80,0.1,1,1000,0.625,0.125,0.02,-1.5,0.0,0,0.0,0.0,0.0,0
            sgd,5,0.2,0,10,0.875,0.375,0.03,-4.5,0.0,0,0.0,0.0,0.0,0
            """)
        .endsWith("sgd,10,0.3,1,50,1.0,0.5,0.07,-8.0,0.0,0,0.0,0.0,0.0,0\n");
    // four states at 1.25 + (-3, 1, 1, 1)/8 and -3 + (-3, 1, 1, 1)/2
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            stage,batch,learning_rate,seed,states,excess_loss,excess_loss_standard_error,negative_sum,negative_sum_standard_error,negative_sum_of_mean_hessian
            descent,80,0.1,0,1,0.25,,-1.25,,-1.25
            descent,80,0.1,1,1,0.125,,-1.5,,-1.5
            sgd,5,0.2,0,4,0.75,0.125,-3.0,0.5,-1.5
            sgd,10,0.3,1,1,0.5,,-8.0,,-2.0
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            seed,runs,slope,slope_standard_error,intercept,intercept_standard_error,r_squared,reverse_slope,exponent,largest_sum,loss_ratio
            0,9,-40.0,1.0,-0.5,0.05,0.8,-50.0,0.9,10.0,4.0
            1,8,-44.0,2.0,-0.7,0.12,0.88,-50.0,0.5,14.0,5.0
            """);
  }

  private static NegativePart sum(double sum) {
    return new NegativePart(sum, 0, 0, 0, 0, 0, 0);
  }

  private static List<SeedLine> lines(DoubleUnaryOperator law, double scatter) {
    return List.of(
        line(0, 12, 10, law, scatter),
        line(1, 12, 10, law, scatter),
        line(2, 12, 10, law, scatter));
  }

  /** Runs whose excess loss spans a factor from 0.01 on, evenly. */
  private static SeedLine line(
      int seed, int count, double ratio, DoubleUnaryOperator law, double scatter) {
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, seed).stream(0);
    List<RunSpectrum> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double excess = 0.01 * (1 + (ratio - 1) * i / (count - 1));
      double sum = law.applyAsDouble(excess) * Math.exp(scatter * random.nextGaussian());
      NegativePart part = new NegativePart(sum, 0, 1, sum, 1, 1, 10);
      StateSpectrum state = new StateSpectrum(1, FLOOR + excess, 0, part);
      runs.add(new RunSpectrum(5, 0.1, seed, List.of(state), part));
    }
    return SeedLine.of(seed, runs, FLOOR);
  }
}
