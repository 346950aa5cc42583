package org.noisescape.cuda.engine;

import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.Tensor;

/**
 * Norms of a convolution's per-sample gradients from Gram matrices of pixels and of cotangents.
 *
 * <p>The gradient Σ_t ȳ_t u_tᵀ has the squared norm Σ_{t,s} (ȳ_t·ȳ_s)(u_t·u_s), and u_t·u_s = Σ_δ
 * x_{t+δ}·x_{s+δ} over the kernel's offsets δ, so that no patch and no gradient is formed. The bias
 * adds Σ_{t,s} ȳ_t·ȳ_s. Source of the norm identity: Rochette, Manoel and Tramel (2019).
 */
final class GramForm {
  /**
   * Multiplications in the time of moving an element of a gradient, written once and read twice.
   */
  private static final double MOVING = 64;

  /** Multiplications of a product in the time of one of the contraction, which looks indices up. */
  private static final double LOOKING_UP = 16;

  private static final int MAXIMAL_PIXELS = 256;

  private final ConvolutionGeometry g;
  private final int bytes;
  private final SampleKernels kernels;
  private final RowMajor products;
  private final UnfoldMemory memory;
  private final int pixels;
  private final int positions;

  GramForm(
      ConvolutionGeometry g,
      int bytes,
      SampleKernels kernels,
      RowMajor products,
      UnfoldMemory memory) {
    this.g = g;
    this.bytes = bytes;
    this.kernels = kernels;
    this.products = products;
    this.memory = memory;
    this.pixels = g.height() * g.width();
    this.positions = g.positions();
  }

  /**
   * Whether it costs less than moving the gradients of all samples.
   *
   * <p>Both ways multiply once for W̄; the explicit one then writes, squares and sums
   * C_out·C_in·kh·kw elements a sample.
   */
  static boolean isCheaper(ConvolutionGeometry g) {
    double pixels = (double) g.height() * g.width();
    double positions = g.positions();
    double area = (double) g.kernelHeight() * g.kernelWidth();
    double gram =
        pixels * pixels * g.inputChannels()
            + positions * positions * (g.outputChannels() + LOOKING_UP * area);
    return pixels <= MAXIMAL_PIXELS && gram < MOVING * g.weightSize();
  }

  /** Elements of the two Gram matrices of a sample. */
  static long elements(ConvolutionGeometry g) {
    long pixels = (long) g.height() * g.width();
    return pixels * pixels + (long) g.positions() * g.positions();
  }

  /** norms_n ← norms_n + the squared norm of sample n's gradient, with the bias's or without. */
  void addNorms(Tensor x, Tensor yBar, boolean bias, Tensor norms) {
    int parts = SampleKernels.gramParts(positions);
    for (UnfoldMemory.Chunk chunk : memory.gramChunks()) {
      int samples = chunk.samples();
      long pixelGrams = memory.patches();
      long outputGrams = pixelGrams + (long) samples * pixels * pixels * bytes;
      gram(x, chunk, pixels, g.inputChannels(), pixelGrams);
      gram(yBar, chunk, positions, g.outputChannels(), outputGrams);
      kernels.gramPartials(g, pixelGrams, outputGrams, samples, bias, parts, memory.sums());
      long target = Block.of(norms, chunk.replica(), chunk.sample()).address();
      kernels.addNorms(memory.sums(), parts, 0, 0, target, samples);
    }
  }

  /** The matrices of inner products of a chunk's rows of channels. */
  private void gram(Tensor tensor, UnfoldMemory.Chunk chunk, int rows, int channels, long out) {
    long image = (long) rows * channels;
    long source = Block.of(tensor, chunk.replica(), chunk.sample() * image).address();
    products.multiply(
        new RowMajor.Shape(
            false, true, rows, rows, channels, image, image, (long) rows * rows, chunk.samples()),
        source,
        source,
        false,
        out);
  }
}
