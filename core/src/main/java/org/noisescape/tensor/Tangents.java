package org.noisescape.tensor;

/**
 * Tangents of the pointwise operations: what Hessian-, Gauss–Newton- and covariance-vector products
 * need beside products of matrices. A dot marks a tangent, a bar a cotangent.
 */
public abstract class Tangents {
  /**
   * ẏ ← act′(y) ⊙ (ẏ + ḃ), in place, the derivative taken from the activation's value y, or from
   * its input where it {@linkplain Activation#readsInput reads that}.
   *
   * <p>Shapes: y, ẏ (R, M, C); ḃ (R, C) or null.
   */
  public final void activation(Activation activation, Tensor y, Tensor biasDot, Tensor yDot) {
    Check.floating("activationTangent", "yDot", yDot);
    Check.rank("activationTangent", "yDot", yDot, 3);
    Check.same("activationTangent", "yDot", yDot, "y", y);
    if (biasDot != null) {
      Check.dtype("activationTangent", "biasDot", biasDot, yDot.dtype());
      Check.shape("activationTangent", "biasDot", biasDot, yDot.dim(0), yDot.dim(2));
    }
    computeActivation(activation, y, biasDot, yDot);
  }

  /**
   * The tangent of ȳ ← ȳ ⊙ act′(y): ȳ̇ ← ȳ̇ ⊙ act′(y) + ȳ ⊙ ẏ ⊙ (d act′/dy), in place, and, where
   * asked for, b̄̇ ← Σ_m ȳ̇_m (or its sum with what b̄̇ held).
   *
   * <p>d act′/dy is −2y for tanh, 1 − 2y for the sigmoid and 0 for piecewise linear activations. Of
   * an activation that {@linkplain Activation#readsInput reads its input} y and ẏ stand for x and
   * ẋ, and d act′/dy for act″(x).
   *
   * <p>Shapes: y, ẏ, ȳ, ȳ̇ (R, M, C), ȳ being the cotangent of y as it came from above; b̄̇ (R, C)
   * or null.
   */
  public final void activationBackward(
      Activation activation,
      Tensor y,
      Tensor yDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor biasBarDot,
      Accumulation accumulation) {
    String operation = "activationBackwardTangent";
    Check.floating(operation, "yBarDot", yBarDot);
    Check.rank(operation, "yBarDot", yBarDot, 3);
    Check.same(operation, "yBarDot", yBarDot, "y", y);
    Check.same(operation, "yBarDot", yBarDot, "yDot", yDot);
    Check.same(operation, "yBarDot", yBarDot, "yBar", yBar);
    if (biasBarDot != null) {
      Check.dtype(operation, "biasBarDot", biasBarDot, yBarDot.dtype());
      Check.shape(operation, "biasBarDot", biasBarDot, yBarDot.dim(0), yBarDot.dim(2));
    }
    computeActivationBackward(activation, y, yDot, yBar, yBarDot, biasBarDot, accumulation);
  }

  /**
   * The Hessian of the mean-square loss in the outputs times a tangent: f̄̇ = s_r ḟ.
   *
   * <p>Rows from {@code valid} on are padding: 0. Shapes: ḟ, f̄̇ (R, N, K); scale s (R) float64.
   */
  public final void squaredError(Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    rows("squaredErrorTangent", outputDot, valid, scale, outputBarDot);
    computeSquaredError(outputDot, valid, scale, outputBarDot);
  }

  /**
   * The Hessian of the cross-entropy in the logits times a tangent: f̄̇ = s_r (p ⊙ ḟ − p (p·ḟ)), p
   * = softmax(f), for targets of sum 1.
   *
   * <p>Stable for any finite logits. Shapes as in {@link #squaredError}; f like ḟ.
   */
  public final void softmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    rows("softmaxCrossEntropyTangent", outputDot, valid, scale, outputBarDot);
    Check.same("softmaxCrossEntropyTangent", "outputDot", outputDot, "output", output);
    computeSoftmaxCrossEntropy(output, outputDot, valid, scale, outputBarDot);
  }

  /**
   * Column k of a root of the loss's Hessian in the outputs, for the mean-square loss: f̄ = s_r
   * e_k.
   *
   * <p>Shapes: f̄ (R, N, K), scale s (R) float64; rows from {@code valid} on are padding: 0.
   */
  public final void squaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar) {
    rows("squaredErrorRoot", outputBar, valid, scale, outputBar);
    column("squaredErrorRoot", k, outputBar);
    computeSquaredErrorRoot(k, valid, scale, outputBar);
  }

  /**
   * Column k of a root of the loss's Hessian in the outputs, for the cross-entropy: f̄ = s_r √p_k
   * (e_k − p), since Σ_k p_k (e_k − p)(e_k − p)ᵀ = diag(p) − p pᵀ.
   *
   * <p>Shapes: f, f̄ (R, N, K), scale s (R) float64; rows from {@code valid} on are padding: 0.
   */
  public final void softmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    rows("softmaxCrossEntropyRoot", outputBar, valid, scale, outputBar);
    Check.same("softmaxCrossEntropyRoot", "outputBar", outputBar, "output", output);
    column("softmaxCrossEntropyRoot", k, outputBar);
    computeSoftmaxCrossEntropyRoot(output, k, valid, scale, outputBar);
  }

  /**
   * out_{r,n} ← w_{r,n} x_{r,n}: every sample's row times a weight.
   *
   * <p>Shapes: weights (R, N) float64; x, out (R, N, K) alike, in place allowed.
   */
  public final void scaleSamples(Tensor weights, Tensor x, Tensor out) {
    Check.floating("scaleSamples", "out", out);
    Check.rank("scaleSamples", "out", out, 3);
    Check.same("scaleSamples", "out", out, "x", x);
    Check.dtype("scaleSamples", "weights", weights, DType.FLOAT64);
    Check.shape("scaleSamples", "weights", weights, out.dim(0), out.dim(1));
    computeScaleSamples(weights, x, out);
  }

  /** Engine part of {@link #activation}. */
  protected abstract void computeActivation(
      Activation activation, Tensor y, Tensor biasDot, Tensor yDot);

  /** Engine part of {@link #activationBackward}. */
  protected abstract void computeActivationBackward(
      Activation activation,
      Tensor y,
      Tensor yDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor biasBarDot,
      Accumulation accumulation);

  /** Engine part of {@link #squaredError}. */
  protected abstract void computeSquaredError(
      Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot);

  /** Engine part of {@link #softmaxCrossEntropy}. */
  protected abstract void computeSoftmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot);

  /** Engine part of {@link #squaredErrorRoot}. */
  protected abstract void computeSquaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar);

  /** Engine part of {@link #softmaxCrossEntropyRoot}. */
  protected abstract void computeSoftmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar);

  /** Engine part of {@link #scaleSamples}. */
  protected abstract void computeScaleSamples(Tensor weights, Tensor x, Tensor out);

  private static void rows(String operation, Tensor in, int valid, Tensor scale, Tensor out) {
    Check.floating(operation, "out", out);
    Check.rank(operation, "out", out, 3);
    Check.same(operation, "out", out, "in", in);
    LinearAlgebra.coefficients(operation, scale, out);
    if (valid < 0 || valid > out.dim(1)) {
      throw Check.wrong(operation, "valid must lie in 0.." + out.dim(1) + ", got " + valid);
    }
  }

  private static void column(String operation, int k, Tensor out) {
    if (k < 0 || k >= out.dim(2)) {
      throw Check.wrong(operation, "k must lie in 0.." + (out.dim(2) - 1) + ", got " + k);
    }
  }
}
