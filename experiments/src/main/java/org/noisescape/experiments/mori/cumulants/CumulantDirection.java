package org.noisescape.experiments.mori.cumulants;

/** Along which unit vector u the noise is looked at. */
enum CumulantDirection {
  HESSIAN("hessian", "top eigenvector of H"),
  NOISE("noise", "top eigenvector of S"),
  RANDOM("random", "random direction");

  /** In names of figures. */
  final String key;

  final String label;

  CumulantDirection(String key, String label) {
    this.key = key;
    this.label = label;
  }
}
