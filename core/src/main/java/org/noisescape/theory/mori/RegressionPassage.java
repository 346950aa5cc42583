package org.noisescape.theory.mori;

import org.hipparchus.special.Gamma;
import org.noisescape.theory.Domain;

/**
 * First passages of SGD on linear regression with Gaussian inputs and labels, for small η: the law
 * that (16) of the text is held against.
 *
 * <p>x ~ N(0, hI), y = ε ~ N(0, σ²), L = ½(σ² + h‖θ‖²), mini-batches of B fresh samples. Along a
 * path of escape the gradient of one sample solves E e^{−p·g/B} = 1 exactly for p = 2Bθ/σ², so that
 * the quasi-potential is V = B‖θ‖²/σ² and grows with the loss itself, not with its logarithm:
 *
 * <pre>
 * t_p ≈ (Γ(d/2)/2h) (T/(c − 1))^{d/2} exp((c − 1)(1/T − (B + d + 1)/2)) / C,   T = ηh/B
 * ln C = −ln 2Be + (2/π) ∫_0^{π/2} ln(1 − (1 + e/cos²α)^{−B/2}) dα,   e = c − 1
 * </pre>
 *
 * <p>in time t = ηk, until L &gt; c L*, with an error of relative order dT/(c − 1). The exponent is
 * V/η; the term of order 1 in it is that of the exact second moment ({@link GaussianRegression}); C
 * &lt; 1 is Cramér's constant of the overshoot, since a step is as long as the layer at the
 * boundary is wide. Noise that does not depend on θ has the same V and C = 1; the text's C = 2Lh/B
 * has V = (B/h) ln(L/L*), its power law.
 *
 * <p>Source: Wentzell and Freidlin for V; Asmussen (2003), chapter XIII, and Siegmund (1985) for C,
 * whose sum over steps is here an integral, as the tilted step has the characteristic function of a
 * difference of two Gamma variables. The application is ours.
 *
 * @param dimension d ≥ 1
 * @param landscape η, B and h
 */
public record RegressionPassage(int dimension, LogLandscape landscape) {
  private static final int NODES = 1000;

  /** Requires d ≥ 1. */
  public RegressionPassage {
    Domain.atLeast("dimension", dimension, 1);
  }

  /** V(θ)/η = (B/(ηh))(c − 1) of the level c. */
  public double exponent(double lossRatio) {
    return excess(lossRatio) * landscape.inverseTemperature();
  }

  /** p = 2Bθ/σ², the gradient of V, as a function of θ along one direction. */
  public double momentum(double theta, double labelVariance) {
    Domain.positive("label variance", labelVariance);
    return 2 * landscape.batch() * theta / labelVariance;
  }

  /** ln t_p. */
  public double logTime(double lossRatio) {
    double excess = excess(lossRatio);
    double half = dimension / 2.0;
    double shift = (landscape.batch() + dimension + 1) / 2.0;
    return Gamma.logGamma(half)
        - Math.log(2 * landscape.curvature())
        - half * Math.log(landscape.inverseTemperature() * excess)
        + excess * (landscape.inverseTemperature() - shift)
        - logOvershoot(landscape.batch(), excess);
  }

  /** ln C at the excess e = c − 1; for B = 2 it is −2 ln(√e + √(1 + e)). */
  static double logOvershoot(int batch, double excess) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      // midpoints: periodic and smooth in α
      double cosine = Math.cos(Math.PI / 2 * (i + 0.5) / NODES);
      sum += Math.log(-Math.expm1(-batch / 2.0 * Math.log1p(excess / (cosine * cosine))));
    }
    return sum / NODES - Math.log(2 * batch * excess);
  }

  private static double excess(double lossRatio) {
    Domain.between("loss ratio", lossRatio, 1, Double.POSITIVE_INFINITY);
    return lossRatio - 1;
  }
}
