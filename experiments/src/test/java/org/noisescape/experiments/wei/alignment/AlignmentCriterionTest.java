package org.noisescape.experiments.wei.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;

class AlignmentCriterionTest {
  @Test
  void laterEpochsCountAndTheSmallestOfThemDecides() {
    List<AlignmentPoint> points = new ArrayList<>();
    for (int seed = 0; seed < 2; seed++) {
      points.add(point(seed, 0, 0.1, 0));
      points.add(point(seed, 9, 0.2, 0));
      points.add(point(seed, 10, 0.95, 0));
      points.add(point(seed, 20, 0.93 + 0.01 * seed, 0));
      points.add(point(seed, 30, 0.96, 0));
    }

    AlignmentCriterion.Smallest smallest = AlignmentCriterion.estimate(points);

    assertThat(smallest.mean()).isCloseTo(0.935, within(1e-12));
    assertThat(smallest.error()).isCloseTo(0.005, within(1e-12));
    assertThat(AlignmentCriterion.judge(smallest)).isEqualTo(Verdict.AGREES);
  }

  @Test
  void oneLowEpochOfAllSeedsDisagrees() {
    List<AlignmentPoint> points = points(2, 0, 0.95, 0.85, 0.95);

    assertThat(AlignmentCriterion.judge(AlignmentCriterion.estimate(points)))
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void twoStandardErrorsBelowTheBoundStillAgree() {
    List<AlignmentPoint> points = points(2, 0.02, 0.88, 0.95, 0.95);

    AlignmentCriterion.Smallest smallest = AlignmentCriterion.estimate(points);

    // errors of random vectors, 0.02 a seed, are larger than the spread over seeds, 0
    assertThat(smallest.error()).isCloseTo(0.02 / Math.sqrt(2), within(1e-12));
    assertThat(AlignmentCriterion.judge(smallest)).isEqualTo(Verdict.AGREES);
    assertThat(
            AlignmentCriterion.judge(
                AlignmentCriterion.estimate(points(2, 0.02, 0.87, 0.95, 0.95))))
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void oneSeedFewEpochsOrLargeErrorsAreInconclusive() {
    assertThat(verdict(points(1, 0, 0.95, 0.95, 0.95))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(points(2, 0, 0.95, 0.95))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(points(2, 0.1, 0.95, 0.95, 0.95))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static Verdict verdict(List<AlignmentPoint> points) {
    return AlignmentCriterion.judge(AlignmentCriterion.estimate(points));
  }

  private static List<AlignmentPoint> points(int seeds, double error, double... similarities) {
    List<AlignmentPoint> points = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (int i = 0; i < similarities.length; i++) {
        points.add(point(seed, 10 * (i + 1), similarities[i], error));
      }
    }
    return points;
  }

  private static AlignmentPoint point(int seed, int epoch, double similarity, double error) {
    return new AlignmentPoint(
        seed, epoch, 1, new AlignmentSums(10, 10, error, similarity, similarity, 1, 1, 1, 1, 1));
  }
}
