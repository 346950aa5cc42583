package org.noisescape.tensor;

/**
 * What a {@link ReplicaDescent} works on.
 *
 * <p>Shapes: θ (R, P); features (N, D), targets (N, K) of the same type; learningRate (R) float64;
 * keys (R, 2) int32, those of the purpose SAMPLING; step (2) int32, the steps done by all replicas
 * that move; thresholds (T) float64, ascending; passages (R, T) float64, the step of a first
 * passage or −1; values (R) float64, the loss at the last look. With T = 0 thresholds and passages
 * are null and nothing is looked at.
 *
 * @param theta θ
 * @param features inputs
 * @param targets targets
 * @param learningRate η of each replica
 * @param keys sampling keys
 * @param step step counter
 * @param thresholds of the loss
 * @param passages first passages
 * @param values losses
 * @param batch B
 * @param sampling how mini-batches are drawn
 * @param lookEvery steps between two looks at the loss over all N samples
 */
public record DescentPlan(
    Tensor theta,
    Tensor features,
    Tensor targets,
    Tensor learningRate,
    Tensor keys,
    Tensor step,
    Tensor thresholds,
    Tensor passages,
    Tensor values,
    int batch,
    Sampling sampling,
    int lookEvery) {
  /** Checks shapes and numbers. */
  public DescentPlan {
    String what = "replica descent";
    Check.floating(what, "theta", theta);
    Check.rank(what, "theta", theta, 2);
    int replicas = theta.dim(0);
    Check.dtype(what, "features", features, theta.dtype());
    Check.rank(what, "features", features, 2);
    Check.dtype(what, "targets", targets, theta.dtype());
    Check.shape(what, "targets", targets, features.dim(0), -1);
    Check.dtype(what, "learningRate", learningRate, DType.FLOAT64);
    Check.shape(what, "learningRate", learningRate, replicas);
    Check.dtype(what, "keys", keys, DType.INT32);
    Check.shape(what, "keys", keys, replicas, 2);
    Check.dtype(what, "step", step, DType.INT32);
    Check.shape(what, "step", step, 2);
    Check.dtype(what, "values", values, DType.FLOAT64);
    Check.shape(what, "values", values, replicas);
    if (thresholds != null) {
      Check.dtype(what, "thresholds", thresholds, DType.FLOAT64);
      Check.rank(what, "thresholds", thresholds, 1);
      Check.dtype(what, "passages", passages, DType.FLOAT64);
      Check.shape(what, "passages", passages, replicas, thresholds.dim(0));
    }
    if (batch < 1 || lookEvery < 1) {
      throw new IllegalArgumentException(
          what + ": batch and lookEvery must be >= 1, got " + batch + " and " + lookEvery);
    }
    if (sampling == Sampling.WITHOUT_REPLACEMENT && batch > features.dim(0)) {
      throw new IllegalArgumentException(
          "%s: batch %d is larger than the %d samples".formatted(what, batch, features.dim(0)));
    }
  }

  /** R. */
  public int replicas() {
    return theta.dim(0);
  }

  /** N. */
  public int samples() {
    return features.dim(0);
  }
}
