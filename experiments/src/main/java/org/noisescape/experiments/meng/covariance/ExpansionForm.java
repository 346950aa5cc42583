package org.noisescape.experiments.meng.covariance;

/** Which terms of Var(g + H̃δ) = Var(g) + 2 Cov(g, H̃δ) + Var(H̃δ) are kept; nothing is fitted. */
enum ExpansionForm {
  /** All. Source: Meng et al. (2020), Eq. 4. */
  FULL("Eq. 4", 1, 1),
  /** Without Cov(g, H̃): Prop. 1 and Eq. 5. */
  EVEN("Eq. 5, no linear term", 0, 1),
  /** The samples' Hessians differ, but not by much. */
  LINEAR("no quadratic term", 1, 0),
  /** All samples have one Hessian. */
  CONSTANT("constant noise", 0, 0);

  final String label;
  private final double linear;
  private final double quadratic;

  ExpansionForm(String label, double linear, double quadratic) {
    this.label = label;
    this.linear = linear;
    this.quadratic = quadratic;
  }

  /** Of the three terms at one shift. */
  double sum(double still, double crossed, double square) {
    return still + linear * crossed + quadratic * square;
  }
}
