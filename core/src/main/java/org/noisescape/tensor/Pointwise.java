package org.noisescape.tensor;

/** Activations, losses and other element-by-element work; the last axis holds the channels. */
public abstract class Pointwise {
  /**
   * x ← act(x + b), in place.
   *
   * <p>Shapes: x (R, M, C), bias (R, C).
   */
  public final void biasActivation(Activation activation, Tensor bias, Tensor x) {
    Check.floating("biasActivation", "x", x);
    Check.rank("biasActivation", "x", x, 3);
    Check.dtype("biasActivation", "bias", bias, x.dtype());
    Check.shape("biasActivation", "bias", bias, x.dim(0), x.dim(2));
    addBiasAndActivate(activation, bias, x);
  }

  /**
   * y ← act(x); x and y may be the same tensor.
   *
   * <p>Shapes: x, y alike.
   */
  public final void activate(Activation activation, Tensor x, Tensor y) {
    Check.floating("activate", "y", y);
    Check.same("activate", "x", x, "y", y);
    applyActivation(activation, x, y);
  }

  /**
   * ȳ ← ȳ · act′, in place, the derivative taken from the activation's value y, or from its input x
   * where it {@linkplain Activation#readsInput reads that}, and, where a bias gradient is asked
   * for, b̄ ← Σ_m ȳ_m (or its sum with what b̄ held).
   *
   * <p>Shapes: y (or x), ȳ (R, M, C); b̄ (R, C) or null.
   */
  public final void activationBackward(
      Activation activation, Tensor y, Tensor yBar, Tensor biasBar, Accumulation accumulation) {
    Check.floating("activationBackward", "yBar", yBar);
    Check.rank("activationBackward", "yBar", yBar, 3);
    Check.same("activationBackward", "yBar", yBar, "y", y);
    if (biasBar != null) {
      Check.dtype("activationBackward", "biasBar", biasBar, yBar.dtype());
      Check.shape("activationBackward", "biasBar", biasBar, yBar.dim(0), yBar.dim(2));
    }
    applyActivationBackward(activation, y, yBar, biasBar, accumulation);
  }

  /**
   * Mean-square loss ℓ = ½ Σ_k (f_k − y_k)² and its scaled cotangent f̄ = s_r (f − y).
   *
   * <p>Rows from {@code valid} on are padding: their loss and cotangent become 0. Shapes: output,
   * target, outputBar (R, N, K); scale s (R) float64; losses (R, N) float64. outputBar may be null.
   */
  public final void squaredError(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    lossArguments("squaredError", output, target, valid, scale, losses, outputBar);
    computeSquaredError(output, target, valid, scale, losses, outputBar);
  }

  /** As above, and counts the losses. */
  public final void squaredError(
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    lossArguments("squaredError", output, target, valid, scale, losses, outputBar);
    tally.check("squaredError", losses);
    computeSquaredError(output, target, valid, scale, losses, outputBar, tally);
  }

  /**
   * Cross-entropy ℓ = −Σ_k t_k log softmax(f)_k with targets of sum 1, and its scaled cotangent f̄
   * = s_r (softmax(f) − t).
   *
   * <p>Stable for any finite logits. Rows and shapes as in {@link #squaredError}.
   */
  public final void softmaxCrossEntropy(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    lossArguments("softmaxCrossEntropy", output, target, valid, scale, losses, outputBar);
    computeSoftmaxCrossEntropy(output, target, valid, scale, losses, outputBar);
  }

  /** As above, and counts the losses. */
  public final void softmaxCrossEntropy(
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    lossArguments("softmaxCrossEntropy", output, target, valid, scale, losses, outputBar);
    tally.check("softmaxCrossEntropy", losses);
    computeSoftmaxCrossEntropy(output, target, valid, scale, losses, outputBar, tally);
  }

  /**
   * out ← a ⊙ b.
   *
   * <p>Shapes: a, b, out alike; any of them may be the same tensor.
   */
  public final void multiply(Tensor a, Tensor b, Tensor out) {
    elements("multiply", Elementwise.MULTIPLY, a, b, out);
  }

  /**
   * out ← a ⊘ b, as IEEE 754 divides by zero.
   *
   * <p>Shapes: a, b, out alike; any of them may be the same tensor.
   */
  public final void divide(Tensor a, Tensor b, Tensor out) {
    elements("divide", Elementwise.DIVIDE, a, b, out);
  }

  /**
   * out ← √x, not-a-number where x is negative.
   *
   * <p>Shapes: x, out alike; they may be the same tensor.
   */
  public final void sqrt(Tensor x, Tensor out) {
    elements("sqrt", Elementwise.SQRT, x, x, out);
  }

  /**
   * out ← sign x: −1, 0 or 1; not-a-number stays so.
   *
   * <p>Shapes: x, out alike; they may be the same tensor.
   */
  public final void sign(Tensor x, Tensor out) {
    elements("sign", Elementwise.SIGN, x, x, out);
  }

  /**
   * A recursion over gradients and the direction it gives, element by element: m ← a m + b u, v ← p
   * v + q u², u ← φ(c u + d m + e m₋), where u on the right and m₋ are as before, m and v as after.
   *
   * <p>Momentum and its kin are φ = n, Adam and RMSprop φ = n/(s√v + ε), Lion φ = sign n. Shapes:
   * u, m, v (R, P) alike; weights (R, {@link FilterWeight#COUNT}) float64. Without m, which may be
   * null, its terms are 0; v is there with {@link FilterMap#ROOT} only. Cost: one pass over each.
   */
  public final void filter(FilterMap map, Tensor weights, Tensor u, Tensor m, Tensor v) {
    Check.floating("filter", "u", u);
    Check.dtype("filter", "the weights", weights, DType.FLOAT64);
    Check.shape("filter", "the weights", weights, u.dim(0), FilterWeight.COUNT);
    if (m != null) {
      Check.same("filter", "u", u, "m", m);
    }
    if ((v != null) != (map == FilterMap.ROOT)) {
      throw Check.wrong("filter", map + (v == null ? " needs a second moment" : " takes none"));
    }
    if (v != null) {
      Check.same("filter", "u", u, "v", v);
    }
    computeFilter(map, weights, u, m, v);
  }

  private void elements(String name, Elementwise operation, Tensor a, Tensor b, Tensor out) {
    Check.floating(name, "out", out);
    Check.same(name, "out", out, "a", a);
    Check.same(name, "out", out, "b", b);
    computeElements(operation, a, b, out);
  }

  /**
   * Engine part of {@link #multiply}, {@link #divide}, {@link #sqrt} and {@link #sign}.
   *
   * @param b the second operand; the first where the operation has one only
   */
  protected abstract void computeElements(Elementwise operation, Tensor a, Tensor b, Tensor out);

  /** Engine part of {@link #filter}; m is null, or v, where there is none. */
  protected abstract void computeFilter(
      FilterMap map, Tensor weights, Tensor u, Tensor m, Tensor v);

  /** Engine part of {@link #biasActivation}. */
  protected abstract void addBiasAndActivate(Activation activation, Tensor bias, Tensor x);

  /** Engine part of {@link #activate}. */
  protected abstract void applyActivation(Activation activation, Tensor x, Tensor y);

  /** Engine part of {@link #activationBackward}. */
  protected abstract void applyActivationBackward(
      Activation activation, Tensor y, Tensor yBar, Tensor biasBar, Accumulation accumulation);

  /** Engine part of {@link #squaredError}. */
  protected abstract void computeSquaredError(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar);

  /** Engine part of {@link #softmaxCrossEntropy}. */
  protected abstract void computeSoftmaxCrossEntropy(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar);

  /** Engine part of {@link #squaredError} with a tally; bits as by the single operations. */
  protected void computeSquaredError(
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    computeSquaredError(output, target, valid, scale, losses, outputBar);
    tally.add(losses);
  }

  /** Engine part of {@link #softmaxCrossEntropy} with a tally, likewise. */
  protected void computeSoftmaxCrossEntropy(
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    computeSoftmaxCrossEntropy(output, target, valid, scale, losses, outputBar);
    tally.add(losses);
  }

  private static void lossArguments(
      String operation,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar) {
    Check.floating(operation, "output", output);
    Check.rank(operation, "output", output, 3);
    Check.same(operation, "output", output, "target", target);
    LinearAlgebra.coefficients(operation, scale, output);
    Check.dtype(operation, "losses", losses, DType.FLOAT64);
    Check.shape(operation, "losses", losses, output.dim(0), output.dim(1));
    if (valid < 0 || valid > output.dim(1)) {
      throw Check.wrong(operation, "valid must lie in 0.." + output.dim(1) + ", got " + valid);
    }
    if (outputBar != null) {
      Check.same(operation, "output", output, "outputBar", outputBar);
    }
  }
}
