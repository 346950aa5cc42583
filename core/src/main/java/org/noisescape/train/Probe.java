package org.noisescape.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.tensor.Tensor;

/** Measures something at fixed points of a run, without changing it beyond rounding. */
public interface Probe extends AutoCloseable {
  /**
   * Measures all replicas at θ.
   *
   * @param theta θ (R, P)
   * @param views θ as the network's parameters
   * @return quantities by name, one map a replica
   */
  List<Map<String, Double>> measure(Tensor theta, Tensor[] views);

  /**
   * Whether it may come to measure a quantity that it leaves out before the first step, or where it
   * is not defined.
   */
  default boolean mayMeasure(String quantity) {
    return false;
  }

  /** Bytes it takes beside what it reserved in the trainer's arena; known once it is created. */
  default long bytes() {
    return 0;
  }

  /** Gives back what it took beside the trainer's arena. */
  @Override
  default void close() {}

  /** What sees every step on behalf of this probe, if anything does. */
  default Optional<StepObserver> observer() {
    return Optional.empty();
  }

  /**
   * Whether it measures steps: the one that ends where it measures is then run so that {@link
   * ProbeSite#observed} sees it.
   */
  default boolean observesSteps() {
    return false;
  }

  /** Histograms that belong to the last measurement, by name, one map a replica, or no map. */
  default List<Map<String, Histogram>> histograms() {
    return List.of();
  }

  /** What a checkpoint must keep for a measurement that was stopped to be made again from it. */
  default Map<String, double[]> unmeasured() {
    return Map.of();
  }

  /** What a checkpoint must keep for {@link #restore}; empty for a probe without memory. */
  default Map<String, double[]> state() {
    return Map.of();
  }

  /**
   * Puts the probe as it was.
   *
   * @param state as {@link #state} gave it, and {@link #unmeasured} where that was asked for
   * @throws IllegalArgumentException where it is the state of another probe
   */
  default void restore(Map<String, double[]> state) {}

  /**
   * Makes a probe for a run: reserves memory in the trainer's arena, and registers there what fills
   * it or takes more.
   */
  @FunctionalInterface
  interface Factory {
    /** Reserves and returns the probe. */
    Probe create(ProbeSite site);

    /**
     * Looks whether the probe suits a run, before anything is read or reserved; all do unless
     * overridden.
     *
     * @throws IllegalArgumentException in one line where it does not
     */
    default void require(TrainingPlan plan) {}
  }

  /**
   * A probe and when it measures.
   *
   * @param factory makes the probe
   * @param interval when
   */
  record Scheduled(Factory factory, Interval interval) {}
}
