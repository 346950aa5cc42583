package org.noisescape.theory.liu;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** A noise covariance averaged over w, affine in the covariance Σ of w: C = C₀ + 𝓛[Σ]. */
interface AffineNoise {
  /** C₀, shape (D, D). */
  RealMatrix constantPart();

  /** 𝓛[Σ], shape (D, D), for symmetric Σ. */
  RealMatrix linearPart(RealMatrix covariance);

  /** C that does not depend on w. */
  static AffineNoise constant(GradientNoiseCovariance noise) {
    return new AffineNoise() {
      @Override
      public RealMatrix constantPart() {
        return noise.matrix();
      }

      @Override
      public RealMatrix linearPart(RealMatrix covariance) {
        return MatrixUtils.createRealMatrix(noise.dimension(), noise.dimension());
      }
    };
  }
}
