package org.noisescape.tensor;

/**
 * One prepared convolution with bias and activation.
 *
 * <p>Shapes: x (R, N, H·W·C_in) channels-last; w (R, C_out·C_in·kh·kw) in the order (C_out, C_in,
 * kh, kw); b (R, C_out); y (R, N, H′·W′·C_out) channels-last. Cross-correlation, as everywhere in
 * deep learning. A bar marks a cotangent.
 */
public abstract class ConvolutionPlan {
  private final ConvolutionGeometry geometry;
  private final Activation activation;
  private final DType dtype;
  private final int replicas;
  private final int samples;

  /** Called by engines. */
  protected ConvolutionPlan(
      ConvolutionGeometry geometry, Activation activation, DType dtype, int replicas, int samples) {
    this.geometry = geometry;
    this.activation = activation;
    this.dtype = dtype;
    this.replicas = replicas;
    this.samples = samples;
  }

  /** The sizes. */
  public final ConvolutionGeometry geometry() {
    return geometry;
  }

  /** The activation applied to the output. */
  public final Activation activation() {
    return activation;
  }

  /** Replicas R. */
  public final int replicas() {
    return replicas;
  }

  /** Samples N. */
  public final int samples() {
    return samples;
  }

  /** Element type. */
  public final DType dtype() {
    return dtype;
  }

  /** y ← act(w ∗ x + b); b may be null, for none. */
  public final void forward(Tensor x, Tensor w, Tensor b, Tensor y) {
    input("forward", x);
    output("forward", y);
    if (b != null) {
      weights("forward", w, b);
      computeForward(x, w, b, y);
      return;
    }
    weights("forward", w);
    computeLinear(x, w, y, Accumulation.OVERWRITE);
    if (activation != Activation.IDENTITY) {
      y.engine().pointwise().activate(activation, y, y);
    }
  }

  /** y ← w ∗ x, without bias and activation (or added to what y held). */
  public final void linear(Tensor x, Tensor w, Tensor y, Accumulation accumulation) {
    input("linear", x);
    weights("linear", w);
    output("linear", y);
    computeLinear(x, w, y, accumulation);
  }

  /** ȳ ← ȳ · act′(y), in place: the cotangent before the activation. */
  public final void activationBackward(Tensor y, Tensor yBar) {
    output("activationBackward", y);
    output("activationBackward", yBar);
    y.engine().pointwise().activationBackward(activation, y, yBar, null, Accumulation.OVERWRITE);
  }

  /**
   * x̄ ← the adjoint of forward's linear part in x, at ȳ before the activation (or added to what x̄
   * held).
   */
  public final void inputGradient(Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    weights("inputGradient", w);
    output("inputGradient", yBar);
    input("inputGradient", xBar);
    computeInputGradient(w, yBar, xBar, accumulation);
  }

  /**
   * w̄ and b̄ ← the adjoint in w and b, summed over the samples (or added to what they held); b̄
   * may be null.
   */
  public final void weightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation) {
    input("weightGradient", x);
    output("weightGradient", yBar);
    weights("weightGradient", wBar);
    if (bBar != null) {
      weights("weightGradient", wBar, bBar);
    }
    computeWeightGradient(x, yBar, wBar, bBar, accumulation);
  }

  /**
   * The whole backward pass at once: ȳ ← ȳ · act′(y), in place, then x̄ ← as {@link
   * #inputGradient}, unless x̄ is null, then w̄ and b̄ ← as {@link #weightGradient}, b̄ unless it
   * is null.
   *
   * <p>w̄ may be w itself: x̄ comes first.
   */
  public final void backward(
      Tensor x,
      Tensor w,
      Tensor y,
      Tensor yBar,
      Tensor xBar,
      Tensor wBar,
      Tensor bBar,
      Accumulation accumulation) {
    input("backward", x);
    weights("backward", w);
    output("backward", y);
    output("backward", yBar);
    if (xBar != null) {
      input("backward", xBar);
    }
    weights("backward", wBar);
    if (bBar != null) {
      weights("backward", wBar, bBar);
    }
    computeBackward(x, w, y, yBar, xBar, wBar, bBar, accumulation);
  }

  /**
   * As {@link #weightGradient}, and norms_n ← norms_n + ‖∂/∂w‖² + ‖∂/∂b‖² of each sample's term,
   * the last only where b̄ is asked for.
   *
   * <p>norms (R, N) float64.
   */
  public final void weightGradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms) {
    input("weightGradientAndNorms", x);
    output("weightGradientAndNorms", yBar);
    weights("weightGradientAndNorms", wBar);
    if (bBar != null) {
      weights("weightGradientAndNorms", wBar, bBar);
    }
    Check.dtype("weightGradientAndNorms", "norms", norms, DType.FLOAT64);
    Check.shape("weightGradientAndNorms", "norms", norms, replicas, samples);
    computeWeightGradientAndNorms(x, yBar, wBar, bBar, accumulation, norms);
  }

  /**
   * The gradient of every sample's term by itself: row n ← (∂/∂w, ∂/∂b) in the order of θ.
   *
   * <p>rows (R, N, C_out·C_in·kh·kw + C_out), or without the last C_out for ∂/∂w alone.
   */
  public final void sampleGradients(Tensor x, Tensor yBar, Tensor rows) {
    input("sampleGradients", x);
    output("sampleGradients", yBar);
    Check.dtype("sampleGradients", "rows", rows, dtype);
    int weights = Math.toIntExact(geometry.weightSize());
    boolean bias = rows.rank() == 3 && rows.dim(2) != weights;
    Check.shape(
        "sampleGradients",
        "rows",
        rows,
        replicas,
        samples,
        weights + (bias ? geometry.outputChannels() : 0));
    computeSampleGradients(x, yBar, rows);
  }

  /** Engine part of {@link #forward}. */
  protected abstract void computeForward(Tensor x, Tensor w, Tensor b, Tensor y);

  /** Engine part of {@link #linear}. */
  protected abstract void computeLinear(Tensor x, Tensor w, Tensor y, Accumulation accumulation);

  /** Engine part of {@link #inputGradient}. */
  protected abstract void computeInputGradient(
      Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation);

  /** Engine part of {@link #backward}; xBar and bBar may be null. */
  protected void computeBackward(
      Tensor x,
      Tensor w,
      Tensor y,
      Tensor yBar,
      Tensor xBar,
      Tensor wBar,
      Tensor bBar,
      Accumulation accumulation) {
    activationBackward(y, yBar);
    if (xBar != null) {
      computeInputGradient(w, yBar, xBar, Accumulation.OVERWRITE);
    }
    computeWeightGradient(x, yBar, wBar, bBar, accumulation);
  }

  /** Engine part of {@link #sampleGradients}: rows with or without the bias. */
  protected abstract void computeSampleGradients(Tensor x, Tensor yBar, Tensor rows);

  /** Engine part of {@link #weightGradient}; bBar may be null. */
  protected abstract void computeWeightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation);

  /** Engine part of {@link #weightGradientAndNorms}; bBar may be null. */
  protected abstract void computeWeightGradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms);

  private void input(String operation, Tensor x) {
    Check.dtype(operation, "x", x, dtype);
    Check.shape(
        operation,
        "x",
        x,
        replicas,
        samples,
        geometry.height() * geometry.width() * geometry.inputChannels());
  }

  private void output(String operation, Tensor y) {
    Check.dtype(operation, "y", y, dtype);
    Check.shape(
        operation, "y", y, replicas, samples, geometry.positions() * geometry.outputChannels());
  }

  private void weights(String operation, Tensor w) {
    Check.dtype(operation, "w", w, dtype);
    Check.shape(operation, "w", w, replicas, Math.toIntExact(geometry.weightSize()));
  }

  private void weights(String operation, Tensor w, Tensor b) {
    weights(operation, w);
    Check.dtype(operation, "b", b, dtype);
    Check.shape(operation, "b", b, replicas, geometry.outputChannels());
  }
}
