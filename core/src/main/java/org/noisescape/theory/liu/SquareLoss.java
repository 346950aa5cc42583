package org.noisescape.theory.liu;

/**
 * The factor before the square in a sample's loss, on which K, C and the largest learning rate
 * depend.
 *
 * <p>Liu et al. (2021) print the mean of (w·x − y)² in Eq. 28 but take K = E[xxᵀ] everywhere, which
 * is the Hessian of half of it. Only {@link #HALVED} diverges at λE[x²] = 2 as their Figs. 2 and 5
 * do; with {@link #PLAIN} it is λE[x²] = 1.
 */
public enum SquareLoss {
  /** ℓ = ½(w·x − y)²: K = E[xxᵀ]. */
  HALVED(1),
  /** ℓ = (w·x − y)²: K = 2E[xxᵀ]. */
  PLAIN(2);

  private final double gradientFactor;

  SquareLoss(double gradientFactor) {
    this.gradientFactor = gradientFactor;
  }

  /** f in ℓ = (f/2)(w·x − y)². */
  public double gradientFactor() {
    return gradientFactor;
  }
}
