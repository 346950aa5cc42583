package org.noisescape.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.Vectors;

/** An engine without kernels for whole steps runs the same steps by operations. */
class UnfusedProgramTest {
  private static final int SAMPLES = 67;

  private static ArraySamples data() {
    float[] x = new float[SAMPLES * 5];
    float[] y = new float[SAMPLES];
    double[] normals = Vectors.normals(11, x.length + y.length);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) normals[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) normals[x.length + i];
    }
    return new ArraySamples(new int[] {5, 1, 1}, 1, x, y);
  }

  private static NetworkPlan plan() {
    Network network = ModelZoo.build("mlp:10", new int[] {5, 1, 1}, 1);
    return NetworkPlan.of(network, Losses.parse("mse"))
        .learningRate(0.02)
        .batch(4)
        .sampling(Sampling.WITH_REPLACEMENT)
        .detecting(1e9)
        .lookEvery(3)
        .seed(5)
        .replicas(2)
        .build();
  }

  private static double[] theta(ReplicaProgram program) {
    try (program) {
      program.advance(12);
      return program.state().theta();
    }
  }

  @Test
  void noKernelMeansTheSameByOperations() {
    try (Engine engine = Engines.open("nd4j", 1);
        Engine host = Engines.open("host", 2)) {
      assertThat(FusedProgram.of(engine, plan(), data())).isEmpty();
      assertThat(FusedProgram.of(host, plan(), data()))
          .isPresent()
          .get()
          .satisfies(ReplicaProgram::close);
      double[] reference = theta(plan().program(engine, data()));
      double[] fused = theta(plan().program(host, data()));
      for (int i = 0; i < fused.length; i++) {
        assertThat(fused[i]).isCloseTo(reference[i], within(1e-5));
      }
    }
  }
}
