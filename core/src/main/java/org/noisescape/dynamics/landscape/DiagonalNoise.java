package org.noisescape.dynamics.landscape;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * g = ∇L(θ) + ξ, ξ_i ~ N(0, C_ii(θ)) independent, the C_ii given as a formula of θ, evaluated
 * before the step (Itô).
 *
 * <p>White noise, noise in a subspace (C_ii = 0 outside it), the power-law noise σ + ρ(w − w*)² of
 * Meng et al. (2020), Eq. 5, and the valley noise C_ii ∝ λ_i(θ) of Wei and Schwab (2019), Eqs. 10
 * and 12, are all of this kind.
 *
 * @param variances C_ii of a θ
 */
public record DiagonalNoise(Variances variances) implements LandscapeNoise {
  /** C_ii as a formula. */
  @FunctionalInterface
  public interface Variances {
    /**
     * Evaluates them.
     *
     * @param theta θ (P)
     * @param into receives C_ii ≥ 0 (P); holds ∇L(θ) before
     */
    void at(double[] theta, double[] into);
  }

  /** White noise of variance σ² in every direction. */
  public static DiagonalNoise white(double variance) {
    requireVariance("white noise", variance);
    return new DiagonalNoise((theta, into) -> java.util.Arrays.fill(into, variance));
  }

  /** Constant variances, one a direction. */
  public static DiagonalNoise constant(double... variances) {
    double[] kept = variances.clone();
    for (double variance : kept) {
      requireVariance("constant noise", variance);
    }
    return new DiagonalNoise((theta, into) -> System.arraycopy(kept, 0, into, 0, into.length));
  }

  /** The same variance in the first n directions, none in the others. */
  public static DiagonalNoise leading(int directions, double variance) {
    requireVariance("noise of the leading directions", variance);
    if (directions < 0) {
      throw new IllegalArgumentException("directions must be >= 0, got " + directions);
    }
    return new DiagonalNoise(
        (theta, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = i < directions ? variance : 0;
          }
        });
  }

  /**
   * C_ii = σ + ρ (θ_i − θ*_i)², which grows with the distance from a point.
   *
   * <p>Source: Meng et al. (2020), Eq. 5. Their iteration (12), ηλ₁|w − w*|ξ₁ + ηλ₂ξ₂ with standard
   * normal ξ, is this with ρ = λ₁², σ = λ₂²: a sum of independent normals is a normal.
   */
  public static DiagonalNoise powerLaw(double sigma, double rho, double... centre) {
    requireVariance("the constant part of power-law noise", sigma);
    requireVariance("the quadratic part of power-law noise", rho);
    double[] kept = centre.clone();
    return new DiagonalNoise(
        (theta, into) -> {
          for (int i = 0; i < into.length; i++) {
            double distance = theta[i] - kept[i];
            into[i] = sigma + rho * distance * distance;
          }
        });
  }

  static void requireVariance(String what, double variance) {
    if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + ": a variance must be >= 0, got " + variance);
    }
  }

  @Override
  public Source bind(Landscape landscape) {
    double[] c = new double[landscape.dimension()];
    return (theta, draws, into) -> {
      landscape.gradient(theta, into);
      System.arraycopy(into, 0, c, 0, c.length);
      variances.at(theta, c);
      RandomStream normals = draws.of(Purpose.GRADIENT_NOISE);
      for (int i = 0; i < c.length; i++) {
        into[i] += Math.sqrt(c[i]) * normals.nextGaussian();
      }
    };
  }
}
