package org.noisescape.dynamics.landscape;

/** A loss ℓ(w) of one parameter as a formula. Stateless: several threads call it at once. */
public interface Curve {
  /** ℓ(w). */
  double value(double w);

  /** ℓ′(w). */
  double slope(double w);

  /** ℓ″(w); infinite where the formula has a kink. */
  double curvature(double w);
}
