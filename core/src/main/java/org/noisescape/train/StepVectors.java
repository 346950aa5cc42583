package org.noisescape.train;

import org.noisescape.tensor.Tensor;

/**
 * The vectors of a training step, as an observer sees them: θ ← θ − ηu.
 *
 * <p>Shapes: θ and u (R, P); −η (R) float64. All are views of engine memory that each step
 * overwrites.
 *
 * @param theta θ before the step
 * @param direction the mini-batch gradient g(θ) at first, then what the rules made of it, u
 * @param negatedLearningRate −η of this step
 */
public record StepVectors(Tensor theta, Tensor direction, Tensor negatedLearningRate) {}
