package org.noisescape.train;

import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Tensor;

/** Measures something at fixed points of a run, without changing it. */
public interface Probe extends AutoCloseable {
  /**
   * Measures all replicas at θ.
   *
   * @param theta θ (R, P)
   * @param views θ as the network's parameters
   * @return quantities by name, one map a replica
   */
  List<Map<String, Double>> measure(Tensor theta, Tensor[] views);

  /** Called once, when memory is there. */
  default void prepare() {}

  /** Bytes it takes beside what it reserved in the trainer's arena; known once it is created. */
  default long bytes() {
    return 0;
  }

  /** Gives back what it took beside the trainer's arena. */
  @Override
  default void close() {}

  /** Makes a probe for a run: reserves memory in the trainer's arena. */
  @FunctionalInterface
  interface Factory {
    /** Reserves and returns the probe. */
    Probe create(ProbeSite site);
  }

  /**
   * A probe and when it measures.
   *
   * @param factory makes the probe
   * @param interval when
   */
  record Scheduled(Factory factory, Interval interval) {}
}
