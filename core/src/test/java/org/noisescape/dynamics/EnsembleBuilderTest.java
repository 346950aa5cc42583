package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.dynamics.landscape.MiniBatchNoise;
import org.noisescape.dynamics.landscape.NoNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;

class EnsembleBuilderTest {
  private static final List<UpdateRule> RULES = Optimizers.parse("momentum:0.5");
  private static final Quadratic BOWL = Quadratic.diagonal(2, 4);
  private static final LinearRegression LINE =
      new LinearRegression(1, new double[] {1, 2}, new double[] {3, 5});
  private static final Network NETWORK = ModelZoo.build("linear", new int[] {3, 1, 1}, 1);

  private static LandscapePlan.Builder bowl() {
    return LandscapePlan.of(BOWL, new NoNoise()).learningRate(0.25).start(1, 2);
  }

  private static RegressionPlan.Builder line() {
    return RegressionPlan.of(LINE).learningRate(0.25).batch(2).start(7);
  }

  private static NetworkPlan.Builder network() {
    return NetworkPlan.of(NETWORK, Losses.parse("mse")).learningRate(0.25).batch(2);
  }

  @Test
  void aLandscapesPlanHoldsWhatIsSaid() {
    LandscapePlan plan =
        bowl()
            .rules(RULES)
            .detecting(theta -> theta[1], 0.5, 0.75)
            .seed(11)
            .firstReplica(13)
            .replicas(17)
            .build();
    assertThat(plan.landscape()).isSameAs(BOWL);
    assertThat(plan.rules()).isEqualTo(RULES);
    assertThat(plan.learningRate()).isEqualTo(0.25);
    assertThat(plan.thresholds()).containsExactly(0.5, 0.75);
    assertThat(plan.observed().applyAsDouble(new double[] {3, 5})).isEqualTo(5);
    assertThat(List.of(plan.seed(), plan.firstReplica(), plan.replicas()))
        .hasToString("[11, 13, 17]");
    double[] theta = new double[2];
    plan.start().place(null, theta);
    assertThat(theta).containsExactly(1, 2);
  }

  @Test
  void aRegressionsPlanHoldsWhatIsSaidAndSoDoesItsLandscape() {
    RegressionPlan plan =
        line().detecting(0.5, 0.75).seed(11).firstReplica(13).replicas(17).build();
    assertThat(plan.data()).isSameAs(LINE);
    assertThat(plan.start()).containsExactly(7);
    assertThat(List.of(plan.batch(), plan.seed(), plan.firstReplica(), plan.replicas()))
        .hasToString("[2, 11, 13, 17]");
    LandscapePlan landscape = plan.landscape();
    assertThat(landscape.landscape()).isSameAs(LINE);
    assertThat(landscape.noise()).isEqualTo(new MiniBatchNoise(2));
    assertThat(landscape.learningRate()).isEqualTo(plan.learningRate()).isEqualTo(0.25);
    assertThat(landscape.thresholds()).isEqualTo(plan.thresholds()).containsExactly(0.5, 0.75);
    assertThat(landscape.observed().applyAsDouble(new double[] {3}))
        .isEqualTo(LINE.value(new double[] {3}));
    assertThat(List.of(landscape.seed(), landscape.firstReplica(), landscape.replicas()))
        .hasToString("[11, 13, 17]");
    double[] theta = new double[1];
    landscape.start().place(null, theta);
    assertThat(theta).containsExactly(7);
  }

  @Test
  void aNetworksPlanHoldsWhatIsSaid() {
    NetworkPlan plan =
        network()
            .rules(RULES)
            .sampling(Sampling.WITH_REPLACEMENT)
            .start(1, 2, 3, 4)
            .detecting(0.5, 0.75)
            .lookEvery(5)
            .seed(11)
            .firstReplica(13)
            .replicas(17)
            .dtype(DType.FLOAT64)
            .build();
    assertThat(plan.network()).isSameAs(NETWORK);
    assertThat(plan.rules()).isEqualTo(RULES);
    assertThat(plan.learningRate()).isEqualTo(0.25);
    assertThat(plan.sampling()).isEqualTo(Sampling.WITH_REPLACEMENT);
    assertThat(plan.start()).containsExactly(1, 2, 3, 4);
    assertThat(plan.thresholds()).containsExactly(0.5, 0.75);
    assertThat(plan.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(
            List.of(
                plan.batch(), plan.lookEvery(), plan.seed(), plan.firstReplica(), plan.replicas()))
        .hasToString("[2, 5, 11, 13, 17]");
    assertThat(plan.startingPoints()).hasSize(17 * 4).startsWith(1, 2, 3, 4, 1).endsWith(3, 4);
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    LandscapePlan landscape = bowl().build();
    assertThat(landscape.rules()).isEmpty();
    assertThat(landscape.thresholds()).isEmpty();
    // (2 · 3² + 4 · 5²) / 2
    assertThat(landscape.observed().applyAsDouble(new double[] {3, 5})).isEqualTo(59);
    assertThat(List.of(landscape.seed(), landscape.firstReplica(), landscape.replicas()))
        .hasToString("[1, 0, 1]");
    NetworkPlan network = network().build();
    assertThat(network.rules()).isEmpty();
    assertThat(network.sampling()).isEqualTo(Sampling.WITHOUT_REPLACEMENT);
    assertThat(network.start()).isEmpty();
    assertThat(network.lookEvery()).isOne();
    assertThat(network.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(network.startingPoints()).hasSize(4);
  }

  @Test
  void whatMustBeSaidIsAskedFor() {
    refused("say where the replicas", () -> LandscapePlan.of(BOWL, new NoNoise()).build());
    refused("learning rate", () -> LandscapePlan.of(BOWL, new NoNoise()).start(1, 2).build());
    refused("learning rate", () -> NetworkPlan.of(NETWORK, Losses.parse("mse")).build());
    refused("batch", () -> network().batch(0).build());
    refused("the start has 0 parameters", () -> RegressionPlan.of(LINE).batch(1).build());
    refused("learning rate", () -> RegressionPlan.of(LINE).batch(1).start(7).build().landscape());
    refused("batch", () -> RegressionPlan.of(LINE).start(7).build().landscape());
  }

  private static void refused(String what, Runnable plan) {
    assertThatIllegalArgumentException().isThrownBy(plan::run).withMessageContaining(what);
  }
}
