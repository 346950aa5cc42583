package org.noisescape.experiments.wei.negative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
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
  void scatterIsInconclusiveWhereTheInterceptIsUnknown() {
    assertThat(NegativeCriterion.judge(lines(excess -> -40 * excess, 0.9)))
        .isNotEqualTo(Verdict.AGREES);
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
