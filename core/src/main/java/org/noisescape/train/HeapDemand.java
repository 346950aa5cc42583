package org.noisescape.train;

import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * What a training takes of the Java heap at its most: θ and the optimizer's state on their way into
 * a checkpoint, as float64 and as the bytes of the file.
 *
 * @param plan what is trained
 * @param states state vectors of the rules
 */
record HeapDemand(TrainingPlan plan, int states) {
  static HeapDemand of(TrainingPlan plan, int states) {
    return new HeapDemand(plan, states);
  }

  /** Bytes. */
  long bytes() {
    return Sizes.saturated(plan.replicas(), ofOneReplica());
  }

  private long ofOneReplica() {
    Network network = plan.network();
    long vectors = Sizes.saturated(states + 1L, network.parameterCount());
    long statistics = 2L * Double.BYTES * network.runningStatisticsCount();
    long largest = (long) Double.BYTES * largest();
    return Sizes.saturated(vectors, Double.BYTES + plan.dtype().bytes()) + statistics + largest;
  }

  private int largest() {
    return plan.network().parameters().stream().mapToInt(ParameterSpec::size).max().orElse(0);
  }

  /**
   * Checks that a run and its checkpoints have room.
   *
   * @throws IllegalArgumentException in one line that names a number of replicas that would fit
   */
  void require() {
    long perReplica = ofOneReplica();
    long tensor = (long) plan.dtype().bytes() * largest();
    long fit = Math.min(JavaHeap.available() / perReplica, Sizes.MOST / Math.max(1, tensor));
    String remedy =
        plan.replicas() > 1 && fit >= 1
            ? "choose at most %d replicas instead of %d".formatted(fit, plan.replicas())
            : "choose a smaller model";
    Sizes.product("bytes of a tensor in a checkpoint", remedy, plan.replicas(), tensor);
    JavaHeap.require(bytes(), "parameters and checkpoints", remedy);
  }
}
