package org.noisescape.dynamics.landscape;

import java.util.Arrays;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * L(w) = (1/N) Σ_m ℓ(w − x_m): one separable loss, seen displaced by every sample.
 *
 * <p>Source: Meng et al. (2020), section 5.2.
 */
public final class DisplacedCopies implements SampledLandscape {
  private final Separable base;
  private final double[] shifts;
  private final int dimension;
  private final int samples;

  /**
   * Of given displacements.
   *
   * @param base ℓ
   * @param shifts x (N, P), row by row
   */
  public DisplacedCopies(Separable base, double[] shifts) {
    this.base = base;
    this.shifts = shifts.clone();
    this.dimension = base.dimension();
    if (shifts.length == 0 || shifts.length % dimension != 0) {
      throw new IllegalArgumentException(
          "displacements must be (N, %d) with N >= 1, got %d numbers"
              .formatted(dimension, shifts.length));
    }
    this.samples = shifts.length / dimension;
  }

  /** With x_m ~ N(0, σ² I). */
  public static DisplacedCopies normal(Separable base, int samples, double variance, long seed) {
    DiagonalNoise.requireVariance("displacements", variance);
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be >= 1, got " + samples);
    }
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] shifts = new double[samples * base.dimension()];
    Arrays.setAll(shifts, i -> Math.sqrt(variance) * normals.nextGaussian());
    return new DisplacedCopies(base, shifts);
  }

  /** The slice of L along one parameter, which holds all of it: L = Σ_j of these. */
  public Curve slice(int parameter) {
    Curve curve = base.curves().get(parameter);
    return new Curve() {
      @Override
      public double value(double w) {
        double sum = 0;
        for (int at = parameter; at < shifts.length; at += dimension) {
          sum += curve.value(w - shifts[at]);
        }
        return sum / samples;
      }

      @Override
      public double slope(double w) {
        double sum = 0;
        for (int at = parameter; at < shifts.length; at += dimension) {
          sum += curve.slope(w - shifts[at]);
        }
        return sum / samples;
      }

      @Override
      public double curvature(double w) {
        double sum = 0;
        for (int at = parameter; at < shifts.length; at += dimension) {
          sum += curve.curvature(w - shifts[at]);
        }
        return sum / samples;
      }
    };
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public double value(double[] theta) {
    double sum = 0;
    for (int at = 0; at < shifts.length; at++) {
      int j = at % dimension;
      sum += base.curves().get(j).value(theta[j] - shifts[at]);
    }
    return sum / samples;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    for (int j = 0; j < dimension; j++) {
      Curve curve = base.curves().get(j);
      double sum = 0;
      for (int at = j; at < shifts.length; at += dimension) {
        sum += curve.slope(theta[j] - shifts[at]);
      }
      into[j] = sum / samples;
    }
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    Arrays.fill(into, 0);
    for (int at = 0; at < shifts.length; at++) {
      int j = at % dimension;
      into[j * dimension + j] += base.curves().get(j).curvature(theta[j] - shifts[at]) / samples;
    }
  }

  @Override
  public void addSampleGradient(int sample, double[] theta, double[] into) {
    for (int j = 0; j < dimension; j++) {
      into[j] += base.curves().get(j).slope(theta[j] - shifts[sample * dimension + j]);
    }
  }
}
