package org.noisescape.experiments.wei.negative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.LossFloor;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class NegativeCriterionTest {
  static final double FLOOR = 0.5;

  private static final NegativePart PART = new NegativePart(-1.25, 0.001, 3, -0.625, 9, 20, 11);

  static final List<RunSpectrum> MINIMA =
      List.of(
          new RunSpectrum(80, 0.1, 0, List.of(new StateSpectrum(1000, 0.75, 0.01, PART)), PART),
          new RunSpectrum(
              80, 0.1, 1, List.of(new StateSpectrum(1000, 0.625, 0.02, sum(-1.5))), sum(-1.5)));

  static final List<RunSpectrum> RUNS =
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

  static final List<SeedLine> LINES =
      List.of(
          new SeedLine(0, 9, -40, 1, -0.5, 0.05, 0.8, 0.9, 0.01, 10, 4),
          new SeedLine(1, 8, -44, 2, -0.7, 0.14, 0.88, 0.5, 0.02, 14, 5));

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

    PointEstimate slope = NegativeCriterion.mean(lines, SeedLine::slope, SeedLine::slopeError);
    assertThat(slope.value()).isCloseTo(-40, within(3 * slope.standardError()));
    assertThat(slope.standardError()).isLessThan(1);
    assertThat(exponent(lines)).isEqualTo(Verdict.AGREES);
    assertThat(rSquared(lines)).isEqualTo(Verdict.AGREES);
    assertThat(lines.getFirst().exponent()).isCloseTo(1, within(0.05));
    // of ln|sum| with scatter 0.02 about 12 points whose ln(L - L*) spread by 0.65
    assertThat(lines.getFirst().exponentError()).isBetween(0.004, 0.02);
  }

  @Test
  void squareRootLawIsNearlyALineAndStillDisagrees() {
    List<SeedLine> lines = lines(excess -> -Math.sqrt(excess), 0.002);

    assertThat(rSquared(lines)).isEqualTo(Verdict.AGREES);
    assertThat(exponent(lines)).isEqualTo(Verdict.DISAGREES);
    assertThat(lines.getFirst().exponent()).isCloseTo(0.5, within(0.02));
    // 0.2 of the largest for a law of the root
    assertThat(
            NegativeCriterion.INTERCEPT_SHARE
                .judge(NegativeCriterion.interceptShare(lines))
                .verdict())
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void interceptAndScatterAndRisingLinesDisagree() {
    assertThat(exponent(lines(excess -> -0.5 - 10 * excess, 0.01))).isEqualTo(Verdict.DISAGREES);
    assertThat(exponent(lines(excess -> -2 + 10 * excess, 0.01))).isEqualTo(Verdict.DISAGREES);
    assertThat(rSquared(lines(excess -> -40 * excess, 0.8))).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void oneSeedFewRunsOrANarrowRangeAreInconclusive() {
    assertThat(exponent(two(5, 10))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exponent(two(9, 2.9))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(rSquared(two(9, 2.9))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exponent(two(9, 3.1))).isEqualTo(Verdict.AGREES);
    assertThat(exponent(List.of(line(0, 9, 10, x -> -40 * x, 0.01))))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(exponent(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void errorIsTheLargerOfFitAndSpread() {
    List<SeedLine> apart =
        List.of(line(0, 9, 10, x -> -40 * x, 0), line(1, 9, 10, x -> -44 * x, 0));

    PointEstimate slope = NegativeCriterion.mean(apart, SeedLine::slope, SeedLine::slopeError);

    assertThat(slope.value()).isCloseTo(-42, within(1e-9));
    assertThat(slope.standardError()).isCloseTo(2, within(1e-9));
    assertThat(slope.degreesOfFreedom()).isEqualTo(1);
    assertThat(NegativeCriterion.mean(apart, l -> 1, l -> 0.3).standardError())
        .isCloseTo(0.3 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void everyNumberAndCellIsThatOfItsRun() {
    List<SeedLine> still =
        List.of(
            new SeedLine(0, 7, 0, 0, 0, 0, 0, 1.5, 0.3, 0, 3),
            new SeedLine(1, 7, 0, 0, 0, 0, 0, 1.75, 0.4, 0, 3));
    Findings found =
        NegativeEigenvalues.findings(
            new NegativeEigenvalues.Spectra(MINIMA, MINIMA, RUNS), LINES, still, FLOOR);
    // errors: half of hypot(1/0.8, 2/0.88) for the reverse slope, else half the difference of the
    // seeds; lines at L - L* = -1/2, and at those of the descents, 1/4 and 1/8
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            exponent d log |sum| / d log (L - L*) | 0.7 | 0.2 | 1 | INCONCLUSIVE
            R^2 | 0.84 | 0.04 | 0.9 | INCONCLUSIVE
            intercept / largest |sum| | -0.05 | 0.00559017 | 0 | INCONCLUSIVE
            slope of the sum on L - L* | -42 | 2 | - | -
            intercept at L = L* | -0.6 | 0.1 | - | -
            slope by the line of L on the sum | -50 | 1.2969 | - | -
            intercept read against L as it is | 20.4 | 0.9 | - | -
            intercept read against L - L of the descent | -8.35 | 2.15 | - | -
            largest |sum| | 12 | - | - | -
            L*, entropy of the targets | 0.5 | - | - | -
            L - L* of the descent | 0.1875 | 0.0625 | - | -
            exponent along the descent without noise | 1.625 | 0.25 | - | -
            sum of the mean Hessian / mean sum | 0.375 | 0.125 | - | -
            """);
    // hypot(0.2, 0.25)
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival sum ~ sqrt(L - L*): INCONCLUSIVE
            exponent d log |sum| / d log (L - L*) | 0.7 | 0.2 | 0.5 | INCONCLUSIVE
            rival sum does not depend on L: INCONCLUSIVE
            exponent d log |sum| / d log (L - L*) | 0.7 | 0.2 | 0 | INCONCLUSIVE
            rival as along gradient descent without noise: INCONCLUSIVE
            exponent d log |sum| / d log (L - L*) | 0.7 | 0.320156 | 1.625 | INCONCLUSIVE
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
            seed,runs,slope,slope_standard_error,intercept,intercept_standard_error,r_squared,reverse_slope,exponent,exponent_standard_error,largest_sum,loss_ratio
            0,9,-40.0,1.0,-0.5,0.05,0.8,-50.0,0.9,0.01,10.0,4.0
            1,8,-44.0,2.0,-0.7,0.14,0.88,-50.0,0.5,0.02,14.0,5.0
            """);
  }

  private static NegativePart sum(double sum) {
    return new NegativePart(sum, 0, 0, 0, 0, 0, 0);
  }

  private static Verdict exponent(List<SeedLine> lines) {
    return NegativeCriterion.EXPONENT.judge(NegativeCriterion.exponent(lines)).verdict();
  }

  private static Verdict rSquared(List<SeedLine> lines) {
    return NegativeCriterion.R_SQUARED.judge(NegativeCriterion.rSquared(lines)).verdict();
  }

  private static List<SeedLine> two(int count, double ratio) {
    return List.of(
        line(0, count, ratio, x -> -40 * x, 0.01), line(1, count, ratio, x -> -40 * x, 0.01));
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
