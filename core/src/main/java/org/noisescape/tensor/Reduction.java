package org.noisescape.tensor;

/** Sums, accumulated in float64 whatever the element type. */
public abstract class Reduction {
  /**
   * out_r ← Σ x_r (or its sum with what out held).
   *
   * <p>Shapes: x (R, …), out (R) float64.
   */
  public final void sum(Tensor x, Tensor out, Accumulation accumulation) {
    Check.floating("sum", "x", x);
    perReplica("sum", x, out);
    computeSum(x, out, accumulation);
  }

  /**
   * out_r ← Σ x_r y_r.
   *
   * <p>Shapes: x, y (R, …) alike, out (R) float64. With y = x, the squared norm.
   */
  public final void dot(Tensor x, Tensor y, Tensor out) {
    Check.floating("dot", "x", x);
    Check.same("dot", "x", x, "y", y);
    perReplica("dot", x, out);
    computeDot(x, y, out);
  }

  /**
   * out_{r,n} ← Σ_k x_{r,n,k} y_{r,n,k}: a dot product for every sample.
   *
   * <p>Shapes: x, y (R, N, K) alike, out (R, N) float64.
   */
  public final void sampleDots(Tensor x, Tensor y, Tensor out) {
    Check.floating("sampleDots", "x", x);
    Check.rank("sampleDots", "x", x, 3);
    Check.same("sampleDots", "x", x, "y", y);
    Check.dtype("sampleDots", "out", out, DType.FLOAT64);
    Check.shape("sampleDots", "out", out, x.dim(0), x.dim(1));
    computeSampleDots(x, y, out);
  }

  /**
   * Squared norms of the gradient of a dense layer's weights and bias, sample by sample, without
   * forming the gradients: norms_n ← norms_n + (‖x_n‖² + 1) ‖ȳ_n‖².
   *
   * <p>Shapes: x (R, N, I), ȳ (R, N, O), norms (R, N) float64. Source: Goodfellow (2015),
   * "Efficient per-example gradient computations".
   */
  public final void addDenseGradientNorms(Tensor x, Tensor yBar, Tensor norms) {
    Check.floating("addDenseGradientNorms", "x", x);
    Check.rank("addDenseGradientNorms", "x", x, 3);
    Check.dtype("addDenseGradientNorms", "yBar", yBar, x.dtype());
    Check.shape("addDenseGradientNorms", "yBar", yBar, x.dim(0), x.dim(1), -1);
    Check.dtype("addDenseGradientNorms", "norms", norms, DType.FLOAT64);
    Check.shape("addDenseGradientNorms", "norms", norms, x.dim(0), x.dim(1));
    computeDenseGradientNorms(x, yBar, norms);
  }

  /**
   * out_r ← Σ_n [prediction right], over the first {@code valid} samples (or its sum with what out
   * held). Right means: the largest output is where the largest target is; with one output, equal
   * signs (zero counts as positive).
   *
   * <p>Shapes: output, target (R, N, K), out (R) float64.
   */
  public final void countCorrect(
      Tensor output, Tensor target, int valid, Tensor out, Accumulation accumulation) {
    Check.floating("countCorrect", "output", output);
    Check.rank("countCorrect", "output", output, 3);
    Check.same("countCorrect", "output", output, "target", target);
    perReplica("countCorrect", output, out);
    if (valid < 0 || valid > output.dim(1)) {
      throw Check.wrong("countCorrect", "valid must lie in 0.." + output.dim(1) + ", got " + valid);
    }
    computeCorrect(output, target, valid, out, accumulation);
  }

  /** Engine part of {@link #sum}. */
  protected abstract void computeSum(Tensor x, Tensor out, Accumulation accumulation);

  /** Engine part of {@link #dot}. */
  protected abstract void computeDot(Tensor x, Tensor y, Tensor out);

  /** Engine part of {@link #sampleDots}. */
  protected abstract void computeSampleDots(Tensor x, Tensor y, Tensor out);

  /** Engine part of {@link #addDenseGradientNorms}. */
  protected abstract void computeDenseGradientNorms(Tensor x, Tensor yBar, Tensor norms);

  /** Engine part of {@link #countCorrect}. */
  protected abstract void computeCorrect(
      Tensor output, Tensor target, int valid, Tensor out, Accumulation accumulation);

  private static void perReplica(String operation, Tensor x, Tensor out) {
    Check.dtype(operation, "out", out, DType.FLOAT64);
    Check.shape(operation, "out", out, x.dim(0));
  }
}
