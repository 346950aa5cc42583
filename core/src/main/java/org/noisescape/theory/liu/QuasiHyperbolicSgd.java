package org.noisescape.theory.liu;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Quasi-hyperbolic momentum: m ← μm + (1−μ)g, w ← w − λ[(1−ν)g + νm].
 *
 * <p>Along an eigenvector of K the rule is an ARMA(2, 1) process, w_t = φ₁w_{t−1} + φ₂w_{t−2} −
 * λ[(1−μν)η_{t−1} − μ(1−ν)η_{t−2}] with φ₁ = 1+μ−λk(1−μν), φ₂ = −μ+λkμ(1−ν), whose variance is
 * closed; ν = 1 is heavy ball at the rate λ(1−μ), ν = 0 is SGD. It is stable if and only if
 * λk(1+μ−2μν) is less than 2(1+μ). Source: Liu et al. (2021), section 6.4; the closed form is ours.
 *
 * @param learningRate λ
 * @param momentum μ in [0, 1)
 * @param interpolation ν in [0, 1]
 */
public record QuasiHyperbolicSgd(double learningRate, double momentum, double interpolation) {
  /** Requires a finite learning rate above 0, μ in [0, 1) and ν in [0, 1]. */
  public QuasiHyperbolicSgd {
    new HeavyBallSgd(learningRate, momentum); // checks both
    if (!(interpolation >= 0 && interpolation <= 1)) {
      throw new IllegalArgumentException("nu must be in [0, 1], got " + interpolation);
    }
  }

  /** 2(1+μ)/((1+μ−2μν)k*). */
  public double largestLearningRate(Hessian hessian) {
    return 2 * (1 + momentum) / ((1 + momentum - 2 * momentum * interpolation) * hessian.largest());
  }

  /** Stationary covariance from the joint Lyapunov equation of (w, m). Shape (D, D). */
  public double[][] covariance(Hessian hessian, GradientNoiseCovariance noise) {
    requireStable(hessian);
    int d = hessian.dimension();
    double direct = 1 - momentum * interpolation;
    RealMatrix identity = MatrixUtils.createRealIdentityMatrix(d);
    RealMatrix transition = MatrixUtils.createRealMatrix(2 * d, 2 * d);
    transition.setSubMatrix(
        identity.subtract(hessian.matrix().scalarMultiply(learningRate * direct)).getData(), 0, 0);
    transition.setSubMatrix(
        identity.scalarMultiply(-learningRate * interpolation * momentum).getData(), 0, d);
    transition.setSubMatrix(hessian.matrix().scalarMultiply(1 - momentum).getData(), d, 0);
    transition.setSubMatrix(identity.scalarMultiply(momentum).getData(), d, d);
    RealMatrix input = MatrixUtils.createRealMatrix(2 * d, d);
    input.setSubMatrix(identity.scalarMultiply(-learningRate * direct).getData(), 0, 0);
    input.setSubMatrix(identity.scalarMultiply(1 - momentum).getData(), d, 0);
    return new LinearRecursion(transition, input)
        .stationary(AffineNoise.constant(noise))
        .orElseThrow(() -> unstable(hessian));
  }

  /** Variance over noise variance along one eigenvector, λ²/h(k) with the exact h. */
  public double gain(double curvature) {
    requireStable(Hessian.diagonal(curvature));
    double x = learningRate * curvature;
    double now = 1 - momentum * interpolation;
    double before = momentum * (1 - interpolation);
    double phi1 = 1 + momentum - x * now;
    double phi2 = -momentum + x * before;
    return learningRate
        * learningRate
        * ((now * now + before * before) * (1 - phi2) - 2 * phi1 * now * before)
        / ((1 + phi2) * (1 - phi2 - phi1) * (1 - phi2 + phi1));
  }

  /** ½Tr[KΣ], exact for any C and K. */
  public double approximationError(Hessian hessian, GradientNoiseCovariance noise) {
    requireStable(hessian);
    return 0.5 * hessian.trace(k -> k * gain(k), noise);
  }

  /**
   * λ²/h(k) with h as Eqs. 55 and 57 print it.
   *
   * <p>Not a gain: powers of K are lost in print, and neither ν = 0 nor ν = 1 gives Eqs. 8 and 16.
   * For comparison only; take {@link #gain}.
   */
  public double printedGain(double curvature) {
    double rate = learningRate;
    double mu = momentum;
    double nu = interpolation;
    double k = curvature;
    double contraction = mu * (1 - rate * (1 - nu) * k);
    double alpha = rate * (1 - nu + nu * (1 - mu));
    double a = -2 * mu * (1 + mu);
    double b = rate * mu * mu * (1 - nu);
    double c = rate * rate * (1 - mu * mu - 2 * mu * nu * (1 - mu));
    double d = 1 + mu * (mu - 2 * nu - 2 * mu * nu * (1 - nu));
    double f = 2 * (1 - mu * mu) * k + rate * (-2 + mu * (3 + mu * (2 - 3 * nu))) * k * k;
    double g =
        2 * (1 - mu * mu)
            + 2 * rate * (-1 + mu * (2 + mu - 2 * mu * nu)) * k
            - 2 * rate * mu * (1 - nu) * alpha * k * k;
    double inner = mu * (1 + mu) * f + rate * (1 - mu * nu * (2 + mu)) * g;
    double h = (inner / (1 - contraction * contraction) + a + 2 * b * k + c * k * k) / d;
    return rate * rate / h;
  }

  /** ½Tr[KΣ] with the printed gain, Eq. 56; for comparison only. */
  public double printedApproximationError(Hessian hessian, GradientNoiseCovariance noise) {
    return 0.5 * hessian.trace(k -> k * printedGain(k), noise);
  }

  /** λ/4 Tr C + λ²/8 [1 + 2μν/(1−μ)·(2μν/(1+μ) − 1)] Tr[KC], Table 1 after Gitman et al. (2019). */
  public double secondOrder(Hessian hessian, GradientNoiseCovariance noise) {
    double share = momentum * interpolation;
    double factor = 1 + 2 * share / (1 - momentum) * (2 * share / (1 + momentum) - 1);
    return learningRate / 4 * noise.trace()
        + learningRate * learningRate / 8 * factor * hessian.trace(k -> k, noise);
  }

  private void requireStable(Hessian hessian) {
    if (!(learningRate < largestLearningRate(hessian))) {
      throw unstable(hessian);
    }
  }

  private IllegalArgumentException unstable(Hessian hessian) {
    return new IllegalArgumentException(
        "no stationary state at learning rate "
            + learningRate
            + ": it must be less than 2(1+mu)/((1+mu-2 mu nu)k*) = "
            + largestLearningRate(hessian));
  }
}
