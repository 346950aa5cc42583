package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** An ensemble of 784-10-1 goes the same way on host and cuda. */
class EnsembleAgreementTest {
  /** Sizes of a real GPU; else what an emulated one does in seconds. */
  private static final boolean FULL = Boolean.getBoolean("noisescape.cuda.full");

  private static final int INPUTS = 784;
  private static final int SAMPLES = FULL ? 10_000 : 2003;
  private static final int REPLICAS = FULL ? 100 : 2;
  private static final int STEPS = FULL ? 1000 : 40;
  private static final int LOOK_EVERY = FULL ? 100 : 20;

  private static ArraySamples data() {
    double[] normals = Vectors.normals(5, SAMPLES * (INPUTS + 1));
    float[] x = new float[SAMPLES * INPUTS];
    float[] y = new float[SAMPLES];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (0.3 * normals[i]);
    }
    for (int n = 0; n < SAMPLES; n++) {
      y[n] = Math.signum(x[n * INPUTS]) * (float) (1 + 0.1 * normals[x.length + n]);
    }
    return new ArraySamples(new int[] {1, 28, 28}, 1, x, y);
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void replicasGoTheSameWayAsOnTheHost(Sampling sampling) {
    Network network = ModelZoo.build("mlp:10", new int[] {1, 28, 28}, 1);
    ArraySamples data = data();
    NetworkPlan plan =
        NetworkPlan.of(network, Losses.parse("mse"))
            .learningRate(0.01)
            .batch(10)
            .sampling(sampling)
            .detecting(0.2, 1e9)
            .lookEvery(LOOK_EVERY)
            .seed(7)
            .replicas(REPLICAS)
            .build();
    ReplicaState host;
    ReplicaState cuda;
    try (Engine engine = Engines.open("host", 2);
        ReplicaProgram program = plan.program(engine, data)) {
      program.advance(STEPS);
      host = program.state();
    }
    try (Engine engine = TestedEngines.open("cuda", 1);
        ReplicaProgram program = plan.program(engine, data)) {
      program.advance(STEPS);
      cuda = program.state();
    }
    assertThat(cuda.passages()).isEqualTo(host.passages());
    double size = Vectors.norm(host.theta());
    double apart = Vectors.norm(Vectors.axpy(-1, host.theta(), cuda.theta()));
    // rounding of so many steps, amplified a little
    assertThat(apart).isLessThan(100 * Vectors.epsilon(DType.FLOAT32) * size);
    for (int r = 0; r < REPLICAS; r++) {
      assertThat(Math.abs(cuda.values()[r] / host.values()[r] - 1)).isLessThan(1e-4);
    }
  }
}
