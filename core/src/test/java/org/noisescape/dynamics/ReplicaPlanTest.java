package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Network;
import org.noisescape.optim.Optimizers;

/** Parts of ensembles. */
class ReplicaPlanTest {
  private static final UnaryOperator<LandscapePlan.Builder> NOTHING = builder -> builder;

  @Test
  void replicasOfAPartGoTheWayOfTheWhole() {
    LandscapePlan whole = plan(NOTHING);
    ReplicaState all = end(whole);
    for (int first = 0; first < 5; first++) {
      for (int count = 1; count <= 5 - first; count++) {
        ReplicaState part = end(whole.part(first, count));
        assertThat(part.theta())
            .containsExactly(Arrays.copyOfRange(all.theta(), 2 * first, 2 * (first + count)));
        assertThat(part.passages())
            .containsExactly(Arrays.copyOfRange(all.passages(), first, first + count));
      }
    }
  }

  @Test
  void partsThatThereAreNotAreRefused() {
    for (int[] part : new int[][] {{-1, 2}, {0, 0}, {0, 6}, {5, 1}, {3, Integer.MAX_VALUE}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan(NOTHING).part(part[0], part[1]))
          .withMessageContaining("an ensemble of 5 replicas has no %d of them".formatted(part[1]));
    }
  }

  @Test
  void everyNumberOfALandscapesPlanIsInItsSignature() {
    List<UnaryOperator<LandscapePlan.Builder>> changes =
        List.of(
            NOTHING,
            plan -> plan.learningRate(0.2),
            plan -> plan.seed(7),
            plan -> plan.seed(1L + (1L << 60)),
            plan -> plan.replicas(6),
            plan -> plan.firstReplica(5),
            plan -> plan.detecting(0.3),
            plan -> plan.start(0, 1),
            plan -> plan.detecting(theta -> theta[0] + 7, 0.5),
            plan -> plan.rules(Optimizers.parse("momentum:0.9")));
    Set<List<Double>> seen = new HashSet<>();
    for (UnaryOperator<LandscapePlan.Builder> change : changes) {
      assertThat(seen.add(boxed(plan(change).signature()))).isTrue();
    }
    assertThat(seen.add(boxed(plan(Quadratic.diagonal(1, 0.2), 1)))).isTrue();
    assertThat(seen.add(boxed(plan(Quadratic.diagonal(1, 0.1), 2)))).isTrue();
  }

  private static double[] plan(Quadratic landscape, double noise) {
    return LandscapePlan.of(landscape, DiagonalNoise.white(noise))
        .learningRate(0.1)
        .start(1, 1)
        .detecting(0.5)
        .replicas(5)
        .build()
        .signature();
  }

  @Test
  void everyNumberOfANetworksPlanIsInItsSignature() {
    List<UnaryOperator<NetworkPlan.Builder>> changes =
        List.of(
            plan -> plan,
            plan -> plan.learningRate(0.2),
            plan -> plan.batch(4),
            plan -> plan.seed(7),
            plan -> plan.replicas(6),
            plan -> plan.firstReplica(5),
            plan -> plan.detecting(0.3),
            plan -> plan.lookEvery(2),
            plan -> plan.start(1, 2, 3),
            plan -> plan.rules(Optimizers.parse("momentum:0.9")));
    Set<List<Double>> seen = new HashSet<>();
    for (UnaryOperator<NetworkPlan.Builder> change : changes) {
      NetworkPlan.Builder builder =
          NetworkPlan.of(Network.ofFeatures(new int[] {2}, new Dense(1)), Losses.parse("mse"))
              .learningRate(0.1)
              .batch(2)
              .replicas(2);
      assertThat(seen.add(boxed(change.apply(builder).build().signature()))).isTrue();
    }
  }

  @Test
  void startsOfEachReplicaGoWithTheirPart() {
    NetworkPlan.Builder builder =
        NetworkPlan.of(Network.ofFeatures(new int[] {2}, new Dense(1)), Losses.parse("mse"))
            .learningRate(0.1)
            .batch(2)
            .replicas(3);
    double[] each = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    assertThat(builder.start(each).build().part(1, 2).startingPoints())
        .containsExactly(4, 5, 6, 7, 8, 9);
    assertThat(builder.start(1, 2, 3).build().part(1, 2).startingPoints())
        .containsExactly(1, 2, 3, 1, 2, 3);
    double[] fresh = builder.start().build().startingPoints();
    assertThat(builder.start().build().part(1, 2).startingPoints())
        .containsExactly(Arrays.copyOfRange(fresh, 3, 9));
  }

  private static LandscapePlan plan(UnaryOperator<LandscapePlan.Builder> change) {
    return change
        .apply(
            LandscapePlan.of(Quadratic.diagonal(1, 0.1), DiagonalNoise.white(1))
                .learningRate(0.1)
                .start(1, 1)
                .detecting(0.5)
                .replicas(5))
        .build();
  }

  private static ReplicaState end(LandscapePlan plan) {
    try (ReplicaProgram program = plan.program(1)) {
      program.advance(50);
      return program.state();
    }
  }

  private static List<Double> boxed(double... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
