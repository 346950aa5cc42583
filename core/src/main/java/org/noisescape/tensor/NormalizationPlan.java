package org.noisescape.tensor;

/**
 * One prepared normalisation y = act(γ x̂ + β), x̂ = s (x − μ), s = (v + ε)^(−1/2), where the
 * elements of a set of rows and a group of channels share μ and v ({@link Sharing}).
 *
 * <p>Shapes: x, y (R, M, C) with the channels innermost; γ, β (R, C); moments μ, v (R, sets · C)
 * float64, those of a set together, all channels of a group having the same. With moments of {@link
 * Moments.Origin#ROWS} the rules differentiate through μ and v as functions of x; with fixed ones
 * they do not. A dot marks a tangent, a bar a cotangent. All sums over rows are taken in float64,
 * in an order that the number of threads does not change. Source: Ioffe and Szegedy (2015),
 * Algorithm 1; Wu and He (2018).
 */
public abstract class NormalizationPlan {
  private final DType dtype;
  private final int replicas;
  private final int rows;
  private final int channels;
  private final Sharing sharing;
  private final double epsilon;

  /** Called by engines. */
  protected NormalizationPlan(
      DType dtype, int replicas, int rows, int channels, Sharing sharing, double epsilon) {
    if (rows < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "normalization: rows and channels must be >= 1, got %d and %d".formatted(rows, channels));
    }
    sharing.requireFit(rows, channels);
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("normalization: epsilon must be > 0, got " + epsilon);
    }
    this.dtype = dtype;
    this.replicas = replicas;
    this.rows = rows;
    this.channels = channels;
    this.sharing = sharing;
    this.epsilon = epsilon;
  }

  /** Element type. */
  public final DType dtype() {
    return dtype;
  }

  /** Replicas R. */
  public final int replicas() {
    return replicas;
  }

  /** Rows M. */
  public final int rows() {
    return rows;
  }

  /** Channels C. */
  public final int channels() {
    return channels;
  }

  /** Sets of rows that share moments. */
  public final int sets() {
    return sharing.sets();
  }

  /** Groups of channels that share moments. */
  public final int groups() {
    return sharing.groups();
  }

  /** ε. */
  public final double epsilon() {
    return epsilon;
  }

  /** μ ← ⟨x⟩, v ← ⟨(x − μ)²⟩, ⟨·⟩ the mean over those who share them. */
  public final void moments(Tensor x, Tensor mean, Tensor variance) {
    String operation = "normalization moments";
    matrix(operation, "x", x);
    moment(operation, "mean", mean);
    moment(operation, "variance", variance);
    computeMoments(x, mean, variance);
  }

  /**
   * As {@link #moments}, and running ones follow: μ′ ← (1 − a) μ′ + a μ, v′ ← (1 − a) v′ + a v M/(M
   * − 1), the unbiased variance of M rows.
   *
   * <p>Shapes: μ′ and v′ like μ and v. Source: Ioffe and Szegedy (2015), with PyTorch's momentum a.
   */
  public final void trackedMoments(
      Tensor x,
      Tensor mean,
      Tensor variance,
      Tensor runningMean,
      Tensor runningVariance,
      double momentum) {
    String operation = "normalization moments";
    matrix(operation, "x", x);
    moment(operation, "mean", mean);
    moment(operation, "variance", variance);
    moment(operation, "running mean", runningMean);
    moment(operation, "running variance", runningVariance);
    computeTracked(x, mean, variance, runningMean, runningVariance, momentum);
  }

  /** y ← act(γ x̂ + β). */
  public final void forward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {
    String operation = "normalization forward";
    arguments(operation, x, moments, gamma);
    vector(operation, "beta", beta, dtype);
    matrix(operation, "y", y);
    computeForward(activation, x, moments, gamma, beta, y);
  }

  /**
   * The adjoint of the normalisation without activation: γ̄ ← Σ ȳ x̂, β̄ ← Σ ȳ (or their sums with
   * what they held), x̄ ← s (u − ⟨u⟩ − x̂ ⟨u x̂⟩), u = γ ȳ, the means only where the moments come
   * from the rows.
   *
   * <p>γ̄ and β̄ may be γ and β themselves: x̄ is computed before they are written.
   *
   * @param xBar null where nobody needs it
   * @param gammaBar null, together with betaBar, where nobody needs them
   */
  public final void backward(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor yBar,
      Tensor xBar,
      Tensor gammaBar,
      Tensor betaBar,
      Accumulation accumulation) {
    String operation = "normalization backward";
    arguments(operation, x, moments, gamma);
    matrix(operation, "yBar", yBar);
    optionalMatrix(operation, "xBar", xBar);
    optionalVector(operation, "gammaBar", gammaBar);
    optionalVector(operation, "betaBar", betaBar);
    together(operation, gammaBar, betaBar);
    computeBackward(x, moments, gamma, yBar, xBar, gammaBar, betaBar, accumulation);
  }

  /**
   * ẏ ← γ x̂̇ + γ̇ x̂ + β̇ with x̂̇ = s ẋ for fixed moments and x̂̇ = s (ẋ − ⟨ẋ⟩ − x̂ ⟨x̂ ẋ⟩) for
   * those of the rows.
   *
   * @param xDot null where x does not move
   */
  public final void tangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor betaDot,
      Tensor yDot) {
    String operation = "normalization tangent";
    arguments(operation, x, moments, gamma);
    optionalMatrix(operation, "xDot", xDot);
    vector(operation, "gammaDot", gammaDot, dtype);
    vector(operation, "betaDot", betaDot, dtype);
    matrix(operation, "yDot", yDot);
    computeTangent(x, moments, gamma, xDot, gammaDot, betaDot, yDot);
  }

  /**
   * The tangent of {@link #backward} along (ẋ, γ̇), ȳ moving by ȳ̇.
   *
   * @param xDot null where x does not move
   * @param xBarDot null where nobody needs it
   */
  public final void backwardTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor xBarDot,
      Tensor gammaBarDot,
      Tensor betaBarDot,
      Accumulation accumulation) {
    String operation = "normalization backwardTangent";
    arguments(operation, x, moments, gamma);
    optionalMatrix(operation, "xDot", xDot);
    vector(operation, "gammaDot", gammaDot, dtype);
    matrix(operation, "yBar", yBar);
    matrix(operation, "yBarDot", yBarDot);
    optionalMatrix(operation, "xBarDot", xBarDot);
    vector(operation, "gammaBarDot", gammaBarDot, dtype);
    vector(operation, "betaBarDot", betaBarDot, dtype);
    computeBackwardTangent(
        x,
        moments,
        gamma,
        xDot,
        gammaDot,
        yBar,
        yBarDot,
        xBarDot,
        gammaBarDot,
        betaBarDot,
        accumulation);
  }

  /**
   * Row n of samples ← (Σ_t ȳ x̂, Σ_t ȳ): the gradient in (γ, β) of every sample by itself, for
   * fixed moments of all rows or where every set is a sample.
   *
   * <p>samples (R, N, 2C), N dividing M; a sample has the M/N rows that follow each other.
   */
  public final void sampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {
    String operation = "normalization sampleGradients";
    matrix(operation, "x", x);
    moments(operation, moments);
    matrix(operation, "yBar", yBar);
    Check.dtype(operation, "samples", samples, dtype);
    Check.shape(operation, "samples", samples, replicas, -1, 2 * channels);
    boolean apart =
        sets() == 1 ? moments.origin() == Moments.Origin.FIXED : sets() == samples.dim(1);
    if (!apart) {
      throw Check.wrong(
          operation, "samples are coupled where the moments come from the rows of several");
    }
    if (samples.dim(1) == 0 || rows % samples.dim(1) != 0) {
      throw Check.wrong(
          operation,
          "the number of samples must divide the %d rows, got %d".formatted(rows, samples.dim(1)));
    }
    computeSampleGradients(x, moments, yBar, samples);
  }

  /** Engine part of {@link #moments}. */
  protected abstract void computeMoments(Tensor x, Tensor mean, Tensor variance);

  /** Engine part of {@link #trackedMoments}; bits as by the single operations. */
  protected void computeTracked(
      Tensor x,
      Tensor mean,
      Tensor variance,
      Tensor runningMean,
      Tensor runningVariance,
      double momentum) {
    computeMoments(x, mean, variance);
    LinearAlgebra algebra = x.engine().linearAlgebra();
    algebra.axpby(momentum, mean, 1 - momentum, runningMean);
    algebra.axpby(momentum * unbiased(), variance, 1 - momentum, runningVariance);
  }

  /** M/(M − 1), what makes a variance of all rows unbiased. */
  protected final double unbiased() {
    return rows / (rows - 1.0);
  }

  /** Engine part of {@link #forward}. */
  protected abstract void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y);

  /** Engine part of {@link #backward}. */
  protected abstract void computeBackward(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor yBar,
      Tensor xBar,
      Tensor gammaBar,
      Tensor betaBar,
      Accumulation accumulation);

  /** Engine part of {@link #tangent}. */
  protected abstract void computeTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor betaDot,
      Tensor yDot);

  /** Engine part of {@link #backwardTangent}. */
  protected abstract void computeBackwardTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor xBarDot,
      Tensor gammaBarDot,
      Tensor betaBarDot,
      Accumulation accumulation);

  /** Engine part of {@link #sampleGradients}. */
  protected abstract void computeSampleGradients(
      Tensor x, Moments moments, Tensor yBar, Tensor samples);

  private void arguments(String operation, Tensor x, Moments moments, Tensor gamma) {
    matrix(operation, "x", x);
    moments(operation, moments);
    vector(operation, "gamma", gamma, dtype);
  }

  private void moments(String operation, Moments moments) {
    moment(operation, "mean", moments.mean());
    moment(operation, "variance", moments.variance());
  }

  private void moment(String operation, String name, Tensor tensor) {
    Check.dtype(operation, name, tensor, DType.FLOAT64);
    Check.shape(operation, name, tensor, replicas, sets() * channels);
  }

  private void matrix(String operation, String name, Tensor tensor) {
    Check.dtype(operation, name, tensor, dtype);
    Check.shape(operation, name, tensor, replicas, rows, channels);
  }

  private void optionalMatrix(String operation, String name, Tensor tensor) {
    if (tensor != null) {
      matrix(operation, name, tensor);
    }
  }

  private void vector(String operation, String name, Tensor tensor, DType type) {
    Check.dtype(operation, name, tensor, type);
    Check.shape(operation, name, tensor, replicas, channels);
  }

  private void optionalVector(String operation, String name, Tensor tensor) {
    if (tensor != null) {
      vector(operation, name, tensor, dtype);
    }
  }

  private static void together(String operation, Tensor gammaBar, Tensor betaBar) {
    if ((gammaBar == null) != (betaBar == null)) {
      throw Check.wrong(operation, "gammaBar and betaBar must both be there, or neither");
    }
  }
}
