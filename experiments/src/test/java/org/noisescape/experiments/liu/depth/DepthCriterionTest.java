package org.noisescape.experiments.liu.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.liu.depth.DepthCriterion.Change;
import org.noisescape.report.Metrics;

class DepthCriterionTest {
  private static final double NONE = Double.NaN;

  private static final List<DepthRun> RUNS =
      List.of(
          run(1, 0.1, 0.25, 0.5),
          run(1, 0.2, 0.3125, 0.5634765625),
          run(1, 0.4, 0.5, 0.6875),
          run(2, 0.1, 0.75, 0.875),
          // a seed, or NONE, does not meet its target
          run(2, 0.2, 0.5, NONE),
          run(2, 0.4, NONE, NONE));

  private static final List<KernelLimit> LIMITS =
      List.of(
          new KernelLimit(1, 0.3125, new double[] {0.25, 0.375, 0.5}),
          new KernelLimit(2, 0.75, new double[] {0.8125, 0.8125}));

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
  void ratesAreComparedSeedBySeed() {
    DepthRun small = depth(0.30, 0.40, 0.35);
    // the spread over seeds is far larger than the change, which is much the same in each
    DepthRun same = depth(0.301, 0.402, 0.349);
    DepthRun large = depth(0.28, 0.381, 0.33);
    assertThat(new Change(small, same).none().verdict()).isEqualTo(Verdict.AGREES);
    assertThat(new Change(small, large).none().verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(new Change(small, depth(0.3, Double.NaN, 0.3)).none().verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(new Change(small, large).estimate().degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void oneDepthThatDeviatesIsEnough() {
    DepthRun small = depth(0.30, 0.40, 0.35);
    Change none = new Change(small, depth(0.301, 0.402, 0.349));
    Change some = new Change(small, depth(0.26, 0.361, 0.31));
    Change open = new Change(small, depth(0.4, 0.3, 0.36));
    assertThat(DepthCriterion.deviates(List.of(none, some)).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(DepthCriterion.deviates(List.of(none, none)).verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(DepthCriterion.deviates(List.of(none, open)).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(DepthCriterion.largest(List.of(none, some, open))).isEqualTo(some);
  }

  /** One scale: what is too much for the limit is as much as a change needs. */
  @Test
  void aChangeIsNeverCalledNoneAsWell() {
    DepthRun small = depth(0.30, 0.40, 0.35);
    for (double change : new double[] {-0.02, -0.0101, -0.0099, 0, 0.004, 0.0099, 0.0101, 0.03}) {
      Change moved =
          new Change(small, depth(0.30 + change, 0.40 + change + 1e-6, 0.35 + change - 1e-6));
      boolean some = Math.abs(change) > 0.01;
      assertThat(moved.none().verdict()).isEqualTo(some ? Verdict.DISAGREES : Verdict.AGREES);
      assertThat(DepthCriterion.deviates(List.of(moved)).verdict())
          .isEqualTo(some ? Verdict.AGREES : Verdict.DISAGREES);
    }
  }

  @Test
  void everyNumberAndCellIsThatOfItsRun() {
    Findings found = DepthLearningRate.findings(RUNS, LIMITS);
    // no rate of depth 2 beyond the two smallest at which every seed meets its target
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            depth 1: test error at rate 0.2 - at 0.1 | 0.0629883 | 0.000488281 | 0 | DISAGREES
            depth 2: test error at rate 0.2 - at 0.1 | - | - | 0 | INCONCLUSIVE
            largest change of 2: depth 1: test error at rate 0.4 - at 0.1 | 0.21875 | 0.03125 | - | INCONCLUSIVE
            depth 1, rate 0.1: test error | 0.375 | 0.125 | - | -
            depth 1, rate 0.2: test error | 0.437988 | 0.125488 | - | -
            depth 1, rate 0.4: test error | 0.59375 | 0.09375 | - | -
            depth 2, rate 0.1: test error | 0.8125 | 0.0625 | - | -
            depth 2, rate 0.2: test error | - | - | - | -
            depth 2, rate 0.4: test error | - | - | - | -
            depth 1: test error of the tangent kernel | 0.375 | 0.0721688 | - | -
            depth 1: the same from outputs of 0 | 0.3125 | - | - | -
            depth 1: test error at the smallest rate - the tangent kernel's | 0 | 0.144338 | 0 | INCONCLUSIVE
            depth 2: test error of the tangent kernel | 0.8125 | 0 | - | -
            depth 2: the same from outputs of 0 | 0.75 | - | - | -
            depth 2: test error at the smallest rate - the tangent kernel's | 0 | 0.0625 | 0 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival no effect of the learning rate: INCONCLUSIVE
            depth 1: test error at rate 0.4 - at 0.1 | 0.21875 | 0.03125 | 0 | INCONCLUSIVE
            depth 2: test error at rate 0.4 - at 0.1 | - | - | 0 | INCONCLUSIVE
            """);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            depth,learning_rate,seed,test_error,time
            1,0.1,0,0.25,3.0
            1,0.1,1,0.5,5.0
            1,0.2,0,0.3125,3.0
            1,0.2,1,0.5634765625,5.0
            1,0.4,0,0.5,3.0
            1,0.4,1,0.6875,5.0
            2,0.1,0,0.75,3.0
            2,0.1,1,0.875,5.0
            2,0.2,0,0.5,3.0
            2,0.2,1,,5.0
            2,0.4,0,,3.0
            2,0.4,1,,5.0
            """);
  }

  @Test
  void everyMarkIsThatOfItsRun() {
    assertThat(FoundText.figures(DepthFigures.of(RUNS, LIMITS, "of a network")))
        .isEqualTo(
            """
            test-error | log Learning rate η | Test error
            dashed small-rate limit: (0.1, 0.375) (0.4, 0.375)
            dotted tangent kernel: (0.1, 0.375) (0.4, 0.375)
            thin : (0.1, 0.375) (0.2, 0.437988) (0.4, 0.59375)
            points 1 hidden layer: (0.1, 0.375, 0.125) (0.2, 0.437988, 0.125488) (0.4, 0.59375, 0.09375)
            dashed : (0.1, 0.8125) (0.4, 0.8125)
            dotted : (0.1, 0.8125) (0.4, 0.8125)
            thin : (0.102, 0.8125) (0.204, -) (0.408, -)
            points 2 hidden layers: (0.102, 0.8125, 0.0625) (0.204, -, -) (0.408, -, -)
            change | log Learning rate η | Test error − that at the smallest η
            thin : (0.1, 0) (0.2, 0.0629883) (0.4, 0.21875)
            points 1 hidden layer: (0.1, 0, 0) (0.2, 0.0629883, 0.000488281) (0.4, 0.21875, 0.03125)
            thin : (0.102, 0) (0.204, -) (0.408, -)
            points 2 hidden layers: (0.102, 0, 0) (0.204, -, -) (0.408, -, -)
            """);
  }

  private static DepthRun run(int depth, double rate, double... errors) {
    return new DepthRun(depth, rate, errors, new double[] {3, 5});
  }

  private static DepthRun depth(double... errors) {
    return new DepthRun(2, 0.1, errors, new double[errors.length]);
  }
}
