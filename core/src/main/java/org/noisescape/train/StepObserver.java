package org.noisescape.train;

/**
 * Sees every training step from within, without changing it.
 *
 * <p>{@link #gradientReady} and {@link #directionReady} are part of the recorded program of a step:
 * they neither allocate nor read back. A run with an observer keeps its gradient in a vector of its
 * own; with rules (momentum, noise) it does so anyway and an observer changes no bit of the
 * trajectory; plain SGD otherwise adds −ηg to θ within the backward pass, and the two ways round
 * differently.
 */
public interface StepObserver {
  /**
   * Called once, before memory is taken: the time to reserve tensors and to make views.
   *
   * @param vectors what is observed
   */
  void bind(StepVectors vectors);

  /** In the program: the direction holds the mini-batch gradient at θ. */
  void gradientReady();

  /** In the program: the direction holds u, and θ has not moved yet. */
  void directionReady();

  /** After a step was started; may start further work on the engine, but must not wait for it. */
  void stepped();
}
