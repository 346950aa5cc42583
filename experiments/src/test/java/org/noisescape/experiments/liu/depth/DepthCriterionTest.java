package org.noisescape.experiments.liu.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.report.Metrics;

class DepthCriterionTest {
  @Test
  void testErrorIsReadWhereTheLossMeetsTheTarget() {
    Metrics seed =
        new Metrics(
            0,
            List.of(
                Map.of("step", 0.0, "train_loss", 1.0, "test_accuracy", 0.1),
                Map.of("step", 10.0, "train_loss", 0.4, "test_accuracy", 0.5),
                Map.of("step", 20.0, "train_loss", 0.1, "test_accuracy", 0.7)));
    DepthRun run = DepthRun.of(2, 0.1, 0.2, List.of(seed));
    // half way in log loss
    assertThat(run.errors()[0]).isCloseTo(0.4, within(1e-12));
    assertThat(run.times()[0]).isCloseTo(1.5, within(1e-12));
    assertThat(run.reached()).isTrue();
    assertThat(DepthRun.of(2, 0.1, 0.05, List.of(seed)).reached()).isFalse();
  }

  @Test
  void depthCriterionComparesSeedBySeed() {
    DepthRun small = depth(0.30, 0.40, 0.35);
    // the spread over seeds is far larger than the change, which is the same in each
    DepthRun large = depth(0.28, 0.381, 0.33);
    assertThat(DepthCriterion.deviates(List.of(small), List.of(large))).isEqualTo(Verdict.AGREES);
    assertThat(DepthCriterion.deviates(List.of(small), List.of(small)))
        .isEqualTo(Verdict.DISAGREES);
    assertThat(DepthCriterion.deviates(List.of(small), List.of(depth(0.4, 0.3, 0.36))))
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(DepthCriterion.limitReached(small, depth(0.301, 0.402, 0.349)))
        .isEqualTo(Verdict.AGREES);
    assertThat(DepthCriterion.limitReached(small, large)).isEqualTo(Verdict.DISAGREES);
    assertThat(DepthCriterion.limitReached(small, depth(0.3, Double.NaN, 0.3)))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static DepthRun depth(double... errors) {
    return new DepthRun(2, 0.1, errors, new double[errors.length]);
  }
}
