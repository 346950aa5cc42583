package org.noisescape.dynamics.landscape;

import org.noisescape.dynamics.landscape.DiagonalNoise.Variances;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * Euler and Maruyama's scheme for dw_i = −∂_iL dt + √D_i(w) dB_i, as the gradient of a plan whose
 * learning rate is dt: g_i = ∂_iL + √(D_i/dt) ξ_i.
 *
 * <p>This is Itô. Hänggi and Klimontovich, ∂_t p = ∂(L′p) + ∂(½D ∂p): the same process in Itô form
 * has the drift −L′ + ½D′, so that g_i has the term −½ ∂_iD_i besides. Strong order ½, weak order 1
 * in dt.
 *
 * @param dt step of time
 * @param diffusion D_i of a θ, each ≥ 0
 * @param slope ∂_iD_i of a θ; null for Itô
 */
public record DiffusionNoise(double dt, Variances diffusion, Variances slope)
    implements LandscapeNoise {
  /** Checks dt. */
  public DiffusionNoise {
    if (!(dt > 0 && dt < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the step of time must be a number > 0, got " + dt);
    }
  }

  /** In Itô's sense. */
  public static DiffusionNoise ito(double dt, Variances diffusion) {
    return new DiffusionNoise(dt, diffusion, null);
  }

  /** In Hänggi's and Klimontovich's sense. */
  public static DiffusionNoise haenggiKlimontovich(
      double dt, Variances diffusion, Variances slope) {
    return new DiffusionNoise(dt, diffusion, slope);
  }

  @Override
  public Source bind(Landscape landscape) {
    double[] d = new double[landscape.dimension()];
    double[] drift = new double[landscape.dimension()];
    return (theta, draws, into) -> {
      landscape.gradient(theta, into);
      System.arraycopy(into, 0, d, 0, d.length);
      diffusion.at(theta, d);
      if (slope != null) {
        slope.at(theta, drift);
      }
      RandomStream normals = draws.of(Purpose.GRADIENT_NOISE);
      for (int i = 0; i < d.length; i++) {
        into[i] += Math.sqrt(d[i] / dt) * normals.nextGaussian() - 0.5 * drift[i];
      }
    };
  }
}
