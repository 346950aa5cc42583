package org.noisescape.theory.liu;

/**
 * The update m ← μm + g, w ← w − λm; μ = 0 is SGD.
 *
 * <p>Source: Liu et al. (2021), Eq. 10; stability: section 4.5.
 *
 * @param learningRate λ, greater than 0
 * @param momentum μ in [0, 1)
 */
public record HeavyBallSgd(double learningRate, double momentum) {
  /** Requires a finite learning rate above 0, and μ in [0, 1). */
  public HeavyBallSgd {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learning rate must be > 0, got " + learningRate);
    }
    requireMomentum(momentum);
  }

  /** Without momentum. */
  public static HeavyBallSgd sgd(double learningRate) {
    return new HeavyBallSgd(learningRate, 0);
  }

  /** The bound 2(1+μ)/k* below which a stationary state exists. */
  public static double largestLearningRate(double momentum, Hessian hessian) {
    requireMomentum(momentum);
    return 2 * (1 + momentum) / hessian.largest();
  }

  /** Whether λk* is less than 2(1+μ). */
  public boolean stable(Hessian hessian) {
    return learningRate < largestLearningRate(momentum, hessian);
  }

  /** Throws unless stable. */
  void requireStable(Hessian hessian) {
    if (!stable(hessian)) {
      throw new IllegalArgumentException(
          "no stationary state at learning rate "
              + learningRate
              + ": it must be less than 2(1+mu)/k* = "
              + largestLearningRate(momentum, hessian));
    }
  }

  static void requireMomentum(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1), got " + momentum);
    }
  }
}
