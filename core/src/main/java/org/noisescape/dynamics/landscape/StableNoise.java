package org.noisescape.dynamics.landscape;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * Euler's scheme for dw = −∇L dt + ε dS^α, S^α symmetric α-stable motions, one a parameter, as the
 * gradient of a plan whose learning rate is dt: g = ∇L + ε dt^(1/α − 1) X.
 *
 * <p>X = sin(αV)/(cos V)^(1/α) · (cos((1 − α)V)/W)^((1 − α)/α), V uniform on (−π/2, π/2), W
 * exponential, has E e^(ikX) = exp(−|k|^α); α = 2 is N(0, 2), α = 1 is Cauchy. Source: Chambers,
 * Mallows and Stuck (1976), Eq. 2.3 with β = 0.
 *
 * @param dt step of time
 * @param alpha index α in (0, 2]
 * @param scale ε ≥ 0
 */
public record StableNoise(double dt, double alpha, double scale) implements LandscapeNoise {
  /** Checks the numbers. */
  public StableNoise {
    Positive.require("the step of time", dt);
    if (!(alpha > 0 && alpha <= 2)) {
      throw new IllegalArgumentException(
          "the index alpha of stable noise must be in (0, 2], got " + alpha);
    }
    if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the scale of stable noise must be >= 0, got " + scale);
    }
  }

  @Override
  public Source bind(Landscape landscape) {
    double size = scale * Math.pow(dt, 1 / alpha - 1);
    return (theta, draws, into) -> {
      landscape.gradient(theta, into);
      RandomStream stream = draws.of(Purpose.GRADIENT_NOISE);
      for (int i = 0; i < into.length; i++) {
        into[i] += size * draw(stream);
      }
    };
  }

  private double draw(RandomStream stream) {
    double v = Math.PI * (stream.nextDouble() - 0.5);
    double w = -Math.log(stream.nextDouble());
    if (alpha == 1) {
      return Math.tan(v);
    }
    double ratio = Math.pow(Math.cos((1 - alpha) * v) / w, (1 - alpha) / alpha);
    return Math.sin(alpha * v) / Math.pow(Math.cos(v), 1 / alpha) * ratio;
  }
}
