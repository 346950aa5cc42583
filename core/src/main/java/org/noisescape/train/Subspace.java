package org.noisescape.train;

import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Tensor;

/**
 * Finds the subspace that a {@link StationarityGauge} projects on for the next stretch of steps.
 */
@FunctionalInterface
public interface Subspace extends AutoCloseable {
  /**
   * Writes orthonormal vectors.
   *
   * @param theta θ (R, P)
   * @param target where they go, Q (R, k, P)
   * @return further quantities to record, one map a replica; empty for none
   */
  List<Map<String, Double>> refresh(Tensor theta, Tensor target);

  /** Bytes it takes beside the trainer's arena; known before that is committed. */
  default long bytes() {
    return 0;
  }

  /** Gives back what it took. */
  @Override
  default void close() {}
}
