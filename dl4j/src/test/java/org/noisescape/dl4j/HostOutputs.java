package org.noisescape.dl4j;

import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;

/** What networks here give, in evaluation mode. */
final class HostOutputs {
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();

  private HostOutputs() {}

  /** Outputs (N, K) of samples (N, C, H, W). */
  static double[] of(
      Network network, double[] parameters, double[] running, DType dtype, double... x) {
    try (Arena arena = ENGINE.arena()) {
      int samples = x.length / network.inputSize();
      Tensor all = arena.reserve(dtype, 1, network.parameterCount());
      BatchStatistics statistics = network.evaluation(arena, 1);
      BoundNetwork bound = network.bind(arena, dtype, 1, samples, Backward.NO, statistics);
      Tensor[] theta = network.view(all);
      arena.commit();
      ENGINE.memory().write(all, parameters);
      if (running.length > 0) {
        ENGINE.memory().write(statistics.running(), running);
      }
      ENGINE.memory().write(bound.input(), channelsLast(network, x));
      bound.layer().forward(theta);
      return ENGINE.memory().readDoubles(bound.output());
    }
  }

  private static double[] channelsLast(Network network, double... x) {
    if (!network.takesImages()) {
      return x;
    }
    int[] shape = network.inputShape();
    int pixels = shape[0] * shape[1];
    int channels = shape[2];
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int within = i % (pixels * channels);
      moved[i - within + within % pixels * channels + within / pixels] = x[i];
    }
    return moved;
  }
}
