package org.noisescape.tensor;

/**
 * Random numbers as functions of (key, step, index): the same integers on every engine.
 *
 * <p>Keys are the two 32-bit words of a {@code RandomKey}, low word first, one pair a replica; the
 * step is a 64-bit counter in two words. Element i of replica r uses word i mod 4 of the Philox
 * block with counter (i / 4, step) and key r. Normals come in pairs from words (4j, 4j+1) and
 * (4j+2, 4j+3) by Box and Muller (1958): u = (w₀ + ½)·2⁻³², v = (w₁ + ½)·2⁻³², √(−2 ln u)·(cos 2πv,
 * sin 2πv), evaluated in float64 or float32 after the tensor's type; engines differ by rounding
 * only.
 */
public abstract class RandomFill {
  /**
   * x ← x + σ_r ξ, ξ ~ N(0, I).
   *
   * <p>Shapes: x (R, P); σ (R) float64, standard deviations; keys (R, 2) int32; step (2) int32.
   */
  public final void addNormal(Tensor x, Tensor sigma, Tensor keys, Tensor step) {
    arguments("addNormal", x, keys, step);
    LinearAlgebra.coefficients("addNormal", sigma, x);
    computeNormal(x, null, sigma, keys, step);
  }

  /**
   * x ← x + σ_r |w| ⊙ ξ, ξ ~ N(0, I).
   *
   * <p>Shapes: x, w (R, P) alike; the others as in {@link #addNormal}.
   */
  public final void addScaledNormal(Tensor x, Tensor w, Tensor sigma, Tensor keys, Tensor step) {
    arguments("addScaledNormal", x, keys, step);
    Check.same("addScaledNormal", "x", x, "w", w);
    LinearAlgebra.coefficients("addScaledNormal", sigma, x);
    computeNormal(x, w, sigma, keys, step);
  }

  /**
   * x ← independent signs ±1 with equal probability: +1 where the element's word is even.
   *
   * <p>Shapes: x (R, P); keys (R, 2) int32; step (2) int32.
   */
  public final void rademacher(Tensor x, Tensor keys, Tensor step) {
    arguments("rademacher", x, keys, step);
    computeRademacher(x, keys, step);
  }

  /**
   * mask ← 0 with probability p, else 1/(1 − p): 0 where the element's word is below p · 2³².
   *
   * <p>Shapes: mask (R, P); keys (R, 2) int32; step (2) int32. 0 ≤ p &lt; 1.
   */
  public final void dropoutMask(Tensor mask, double probability, Tensor keys, Tensor step) {
    arguments("dropoutMask", mask, keys, step);
    if (!(probability >= 0 && probability < 1)) {
      throw Check.wrong("dropoutMask", "p must lie in [0, 1), got " + probability);
    }
    computeDropoutMask(mask, probability, keys, step);
  }

  /**
   * With probability p_r gives a sample another label: the class k + 1 + ⌊(K − 1) w₁ / 2³²⌋ mod K
   * instead of k, that of its largest target, which it exchanges targets with; of a single target
   * the sign. It happens where w₀ &lt; p · 2³², w₀ and w₁ the words 2n and 2n + 1 of sample n.
   *
   * <p>Shapes: targets (R, N, K); p (R) float64; keys (R, 2) int32; step (2) int32.
   */
  public final void flipLabels(Tensor targets, Tensor probability, Tensor keys, Tensor step) {
    Check.floating("flipLabels", "targets", targets);
    Check.rank("flipLabels", "targets", targets, 3);
    LinearAlgebra.coefficients("flipLabels", probability, targets);
    keysAndStep("flipLabels", targets.dim(0), keys, step);
    computeFlips(targets, probability, keys, step);
  }

  /**
   * Mini-batch indices drawn with replacement: uniform on {0, …, size − 1}.
   *
   * <p>index = ⌊size · w / 2³²⌋ of the element's word w. Shapes: indices (R, B) int32; keys (R, 2)
   * int32; step (2) int32.
   */
  public final void drawIndices(Tensor indices, int size, Tensor keys, Tensor step) {
    indexArguments("drawIndices", indices, size, keys, step);
    computeDraws(indices, size, keys, step);
  }

  /**
   * Mini-batch indices without replacement: batch (step mod ⌊size/B⌋) of the keyed permutation of
   * epoch ⌊step / ⌊size/B⌋⌋. The size mod B last elements of a permutation sit the epoch out.
   *
   * <p>Shapes: as in {@link #drawIndices}; B ≤ size.
   */
  public final void permuteIndices(Tensor indices, int size, Tensor keys, Tensor step) {
    indexArguments("permuteIndices", indices, size, keys, step);
    batchOf("permuteIndices", indices, size, Sampling.WITHOUT_REPLACEMENT);
    computePermutation(indices, size, keys, step);
  }

  /**
   * Views of pictures, functions of (key, epoch, sample) alone: number v is ⌊n_v w / 2³²⌋ of the
   * word w at v mod 4 of the Philox block with counter (sample + 2³²·⌊v/4⌋, ⌊step /
   * stepsPerEpoch⌋), uniform on the n_v values of {@link ViewGeometry#bound}.
   *
   * <p>Shapes: views (R, B, {@value ViewGeometry#NUMBERS}) int32; samples (R, B) int32; keys (R, 2)
   * int32; step (2) int32.
   */
  public final void drawViews(
      Tensor views,
      ViewGeometry geometry,
      Tensor samples,
      int stepsPerEpoch,
      Tensor keys,
      Tensor step) {
    Check.dtype("drawViews", "samples", samples, DType.INT32);
    Check.rank("drawViews", "samples", samples, 2);
    Check.dtype("drawViews", "views", views, DType.INT32);
    Check.shape("drawViews", "views", views, samples.dim(0), samples.dim(1), ViewGeometry.NUMBERS);
    if (stepsPerEpoch < 1) {
      throw Check.wrong("drawViews", "steps of an epoch must be >= 1, got " + stepsPerEpoch);
    }
    keysAndStep("drawViews", samples.dim(0), keys, step);
    computeViews(views, geometry, samples, stepsPerEpoch, keys, step);
  }

  /** Adds one to the step. */
  public final void advance(Tensor step) {
    Check.dtype("advance", "step", step, DType.INT32);
    Check.shape("advance", "step", step, 2);
    computeAdvance(step);
  }

  /** Engine part of the normal fills; w is null for additive noise. */
  protected abstract void computeNormal(Tensor x, Tensor w, Tensor sigma, Tensor keys, Tensor step);

  /** Engine part of {@link #flipLabels}. */
  protected abstract void computeFlips(
      Tensor targets, Tensor probability, Tensor keys, Tensor step);

  /** Engine part of {@link #dropoutMask}. */
  protected abstract void computeDropoutMask(
      Tensor mask, double probability, Tensor keys, Tensor step);

  /** Engine part of {@link #rademacher}. */
  protected abstract void computeRademacher(Tensor x, Tensor keys, Tensor step);

  /** Engine part of {@link #drawIndices}. */
  protected abstract void computeDraws(Tensor indices, int size, Tensor keys, Tensor step);

  /** Engine part of {@link #permuteIndices}. */
  protected abstract void computePermutation(Tensor indices, int size, Tensor keys, Tensor step);

  /** Engine part of {@link #drawViews}. */
  protected abstract void computeViews(
      Tensor views,
      ViewGeometry geometry,
      Tensor samples,
      int stepsPerEpoch,
      Tensor keys,
      Tensor step);

  /** Engine part of {@link #advance}. */
  protected abstract void computeAdvance(Tensor step);

  private static void arguments(String operation, Tensor x, Tensor keys, Tensor step) {
    Check.floating(operation, "x", x);
    Check.rank(operation, "x", x, 2);
    keysAndStep(operation, x.dim(0), keys, step);
  }

  private static void indexArguments(
      String operation, Tensor indices, int size, Tensor keys, Tensor step) {
    Check.dtype(operation, "indices", indices, DType.INT32);
    Check.rank(operation, "indices", indices, 2);
    batchOf(operation, indices, size, Sampling.WITH_REPLACEMENT);
    keysAndStep(operation, indices.dim(0), keys, step);
  }

  /** Whether so many samples can be drawn so. */
  static void batchOf(String operation, Tensor indices, int size, Sampling sampling) {
    if (size < 1) {
      throw Check.wrong(operation, "size must be >= 1, got " + size);
    }
    if (sampling == Sampling.WITHOUT_REPLACEMENT && indices.dim(1) > size) {
      throw Check.wrong(
          operation, "batch " + indices.dim(1) + " is larger than the " + size + " samples");
    }
  }

  static void keysAndStep(String operation, int replicas, Tensor keys, Tensor step) {
    Check.dtype(operation, "keys", keys, DType.INT32);
    Check.shape(operation, "keys", keys, replicas, 2);
    Check.dtype(operation, "step", step, DType.INT32);
    Check.shape(operation, "step", step, 2);
  }
}
