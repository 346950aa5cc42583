package org.noisescape.experiments.liu.kramers;

import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.DiagonalNoise.Variances;
import org.noisescape.dynamics.landscape.Landscape;

/**
 * L = r(w² − 1)²/4 between the minima at ±1, continued by the parabolas r(|w| − 1)² outside, so
 * that a large step does not leave for infinity.
 *
 * <p>Twice continuously differentiable: k_a = 2r, k_b = −r, ΔL = r/4. Inflections at ±1/√3, where
 * 4/9 of the way down from the top to the minimum is left: l = 4/9 in Liu et al. (2021), Eq. 51.
 *
 * @param scale r
 */
record CappedDoubleWell(double scale) implements Landscape {
  /** Share of the barrier below the inflection. */
  static final double MIDPOINT = 4.0 / 9;

  static final double INFLECTION = 1 / Math.sqrt(3);

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double value(double[] theta) {
    double size = Math.abs(theta[0]);
    double inside = theta[0] * theta[0] - 1;
    return size < 1 ? scale * inside * inside / 4 : scale * (size - 1) * (size - 1);
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    into[0] = slope(theta[0]);
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    into[0] = curvature(theta[0]);
  }

  /** L′. */
  double slope(double w) {
    return Math.abs(w) < 1 ? scale * w * (w * w - 1) : 2 * scale * (w - Math.signum(w));
  }

  /** L″. */
  double curvature(double w) {
    return Math.abs(w) < 1 ? scale * (3 * w * w - 1) : 2 * scale;
  }

  double atMinimum() {
    return 2 * scale;
  }

  double atTop() {
    return -scale;
  }

  double barrier() {
    return scale / 4;
  }

  /**
   * How the text's noise C = k/S is read away from minimum and top.
   *
   * <p>The derivation of its rates takes one temperature up to a point l of the path and another
   * one beyond. Literally, C = |L″(w)|/S vanishes at the inflection, which no diffusion crosses.
   */
  enum NoiseReading {
    /** k_a/S where L is convex, |k_b|/S where it is concave. */
    TWO_TEMPERATURES("two temperatures") {
      @Override
      double variance(CappedDoubleWell well, double w) {
        return well.curvature(w) >= 0 ? well.atMinimum() : -well.atTop();
      }
    },
    /** |L″(w)|/S. */
    LOCAL("local curvature") {
      @Override
      double variance(CappedDoubleWell well, double w) {
        return Math.abs(well.curvature(w));
      }
    };

    final String label;

    NoiseReading(String label) {
      this.label = label;
    }

    /** S·C. */
    abstract double variance(CappedDoubleWell well, double w);

    /** The model. */
    DiagonalNoise of(CappedDoubleWell well, int batch) {
      Variances variances = (theta, into) -> into[0] = variance(well, theta[0]) / batch;
      return new DiagonalNoise(variances);
    }
  }
}
