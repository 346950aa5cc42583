package org.noisescape.random;

/** What a random number is for. The ordinal enters every key: append, never reorder. */
public enum Purpose {
  /** Initial parameters. */
  INITIALIZATION,
  /** Which samples form a mini-batch. */
  SAMPLING,
  /** State-dependent noise of an update rule: ξ₁ of PL-SGD. */
  STATE_DEPENDENT_NOISE,
  /** Additive noise of an update rule: ξ₂ of PL-SGD, Langevin and isotropic noise. */
  ADDITIVE_NOISE,
  /** Inputs and labels of synthetic data sets. */
  SYNTHETIC_DATA,
  /** Random vectors of trace and spectrum estimators. */
  ESTIMATOR,
  /** Resampling for error bars. */
  BOOTSTRAP,
  /** Noise of a gradient that is given as a formula. */
  GRADIENT_NOISE,
  /** Which labels are exchanged for others. */
  LABELS
}
