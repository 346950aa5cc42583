package org.noisescape.experiments.mori.noise;

/** What M wrong samples of N may carry: all, as the text says, or less. */
enum WrongLaw {
  /** ℓ ~ 1 and ‖g‖² ~ g for those, 0 for the others. Source: Mori et al. (2022), appendix D. */
  ALL("they carry all", 1, 1),
  /** Half at the boundary: what is right, but barely, carries as much. */
  HALF("they carry half, L and N ~ sqrt(M)", 0.5, 0.5),
  /** Loss and gradients do not depend on whether a sample is right. */
  ALIKE("all samples alike", Double.NaN, 0);

  final String label;

  /** d log L / d log M and d log 𝒩 / d log M. */
  final double slope;

  private final double share;

  WrongLaw(String label, double share, double slope) {
    this.label = label;
    this.share = share;
    this.slope = slope;
  }

  /** Of loss and gradients, where the wrong samples are this share of all. */
  double share(double ofSamples) {
    return this == ALIKE ? ofSamples : share;
  }
}
