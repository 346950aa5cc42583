package org.noisescape.theory.liu;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Natural gradient descent with the Fisher information of the stationary state, Λ = λ(KΣK)⁻¹.
 *
 * <p>With Y = K^½ΣK^½, Eq. 61 is Y² − λ/(2(1+μ))·Y − λ/(2(1−μ))·K^−½CK^−½ = 0, which needs no
 * commutation. Source: Liu et al. (2021), section 6.5, Eqs. 61 to 64; the factors of Eqs. 63 and 64
 * are (N−S)/(NS).
 *
 * @param learningRate λ
 * @param momentum μ in [0, 1)
 */
public record NaturalGradient(double learningRate, double momentum) {
  /** Requires a finite learning rate above 0, and μ in [0, 1). */
  public NaturalGradient {
    new HeavyBallSgd(learningRate, momentum); // checks both
  }

  /**
   * Σ = ½K⁻¹[Q + λ/(2(1+μ))], Q = [λ²/(4(1+μ)²) + 2λ/(1−μ)·CK⁻¹]^½, Eq. 62.
   *
   * <p>Noise must not vanish in any direction: there λk/(kΣ) would be 2(1+μ), the edge of
   * stability.
   */
  public double[][] covariance(Hessian hessian, GradientNoiseCovariance noise) {
    RealMatrix inverseRoot = hessian.function(k -> 1 / Math.sqrt(k));
    double shift = learningRate / (2 * (1 + momentum));
    RealMatrix square =
        new Array2DRowRealMatrix(PreconditionedCovariance.sandwich(inverseRoot, noise.matrix()))
            .scalarMultiply(2 * learningRate / (1 - momentum))
            .add(identity(hessian).scalarMultiply(shift * shift));
    RealMatrix y = Hessian.of(square.getData()).function(q -> 0.5 * (Math.sqrt(q) + shift));
    return PreconditionedCovariance.sandwich(inverseRoot, y);
  }

  /** Σ = λ((1+μ)a + 1−μ)/(2(1−μ²))·K⁻¹ for C = aKΣK, Eq. 63 with a = (N−S)/(NS). */
  public double[][] miniBatchCovariance(Hessian hessian, double noiseFactor) {
    return hessian.function(k -> miniBatchProduct(noiseFactor) / k).getData();
  }

  /** ½Tr[KΣ] = ¼Tr[Q + λ/(2(1+μ))], Eq. 64. */
  public double approximationError(Hessian hessian, GradientNoiseCovariance noise) {
    RealMatrix sigma = new Array2DRowRealMatrix(covariance(hessian, noise));
    return 0.5 * hessian.matrix().multiply(sigma).getTrace();
  }

  /** ½Tr[KΣ] = Dλ((1+μ)a + 1−μ)/(4(1−μ²)) for C = aKΣK, Eq. 64. */
  public double miniBatchApproximationError(Hessian hessian, double noiseFactor) {
    return 0.5 * hessian.dimension() * miniBatchProduct(noiseFactor);
  }

  /**
   * Λ = λ(KΣK)⁻¹ of a stationary covariance. Shape (D, D).
   *
   * @param covariance Σ
   */
  public double[][] preconditioner(Hessian hessian, double[][] covariance) {
    RealMatrix inverse = hessian.function(k -> 1 / k);
    RealMatrix sigma = Hessian.of(covariance).function(value -> learningRate / value);
    return PreconditionedCovariance.sandwich(inverse, sigma);
  }

  /** The eigenvalue of KΣ, all of them equal. */
  private double miniBatchProduct(double noiseFactor) {
    if (!(noiseFactor >= 0)) {
      throw new IllegalArgumentException("noise factor must be >= 0, got " + noiseFactor);
    }
    return learningRate
        * ((1 + momentum) * noiseFactor + 1 - momentum)
        / (2 * (1 - momentum * momentum));
  }

  private static RealMatrix identity(Hessian hessian) {
    return MatrixUtils.createRealIdentityMatrix(hessian.dimension());
  }
}
