package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of three replicas with two parameters and two thresholds. */
class ReplicaStateTest {
  private static final ReplicaState STATE =
      new ReplicaState(
          40,
          new double[] {1, 2, Double.NaN, 4, 5, Double.POSITIVE_INFINITY},
          List.of(new double[6]),
          new long[] {3, 7, ReplicaState.NONE, 11, 13, ReplicaState.NONE},
          new double[] {0.1, 0.2, 0.3});

  @Test
  void passagesAreThoseOfAReplicaAndAThreshold() {
    assertThat(STATE.replicas()).isEqualTo(3);
    assertThat(STATE.thresholds()).isEqualTo(2);
    assertThat(STATE.passage(0, 1)).isEqualTo(7);
    assertThat(STATE.passage(1, 0)).isEqualTo(ReplicaState.NONE);
    assertThat(STATE.passage(2, 0)).isEqualTo(13);
    assertThat(STATE.firstPassages(0)).containsExactly(3, Double.NaN, 13);
    assertThat(STATE.firstPassages(1)).containsExactly(7, 11, Double.NaN);
  }

  @Test
  void replicasWithAParameterThatIsNoNumberDiverged() {
    assertThat(STATE.diverged()).isEqualTo(2);
  }

  @Test
  void aStateOfAnotherEnsembleIsRefused() {
    STATE.require(3, 2, 2, 1);
    for (int[] other : new int[][] {{2, 3, 3, 1}, {3, 3, 2, 1}, {3, 2, 1, 1}, {3, 2, 2, 0}}) {
      assertThatThrownBy(() -> STATE.require(other[0], other[1], other[2], other[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 replicas, 6 parameters, 6 first passages and 1 rule states");
    }
  }

  /** Both halves of a number, and moments of values. */
  @Test
  void signaturesTellNumbersApart() {
    assertThat(new PlanSignature().bits((5L << 32) + 9).summary(1, -2, 4).numbers())
        .containsExactly(5, 9, 3, 3, 21);
  }
}
