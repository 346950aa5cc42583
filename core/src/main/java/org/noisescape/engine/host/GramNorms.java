package org.noisescape.engine.host;

import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Norms of a convolution's per-sample gradients from Gram matrices of pixels.
 *
 * <p>With patches u_t of the input and cotangents ȳ_t at the T output positions the gradient is Σ_t
 * ȳ_t u_tᵀ, so that its squared norm is Σ_{t,s} (ȳ_t·ȳ_s)(u_t·u_s). Patches are made of pixels x_p:
 * u_t·u_s = Σ_δ x_{t+δ}·x_{s+δ} over the kernel's offsets δ, so that the Gram matrix of the H·W
 * pixels serves, and no patch is formed. The bias adds Σ_{t,s} ȳ_t·ȳ_s. Cost a sample: (HW)² C_in +
 * T² C_out + kh·kw·T². Source of the norm identity: Rochette, Manoel and Tramel (2019).
 */
final class GramNorms {
  /** Samples whose Gram matrices are kept at once. */
  private static final int GROUP = 16;

  private final ConvolutionGeometry geometry;
  private final HostArena arena;
  private final Workers workers;
  private final Contraction contraction;
  private final Tensor pixelGrams;
  private final Tensor cotangentGrams;
  private final int pixels;
  private final int positions;

  GramNorms(ConvolutionGeometry geometry, HostArena arena, Workers workers) {
    this.geometry = geometry;
    this.arena = arena;
    this.workers = workers;
    this.pixels = geometry.height() * geometry.width();
    this.positions = geometry.positions();
    this.pixelGrams = arena.reserve(DType.FLOAT32, GROUP, pixels * pixels);
    this.cotangentGrams = arena.reserve(DType.FLOAT32, GROUP, positions * positions);
    this.contraction = new Contraction(geometry);
  }

  /** Whether Gram matrices cost clearly less than the gradients of all samples one by one. */
  static boolean isCheaper(ConvolutionGeometry g) {
    double pixels = (double) g.height() * g.width();
    double positions = g.positions();
    double area = (double) g.kernelHeight() * g.kernelWidth();
    double gram =
        pixels * pixels * g.inputChannels()
            + positions * positions * (g.outputChannels() + 4 * area);
    double explicit = positions * g.weightSize();
    return pixels <= 256 && gram < explicit / 2;
  }

  /**
   * norms_n ← norms_n + the squared norm of sample n's gradient, with the bias's or without;
   * addresses of one replica.
   */
  void add(long x, long yBar, int samples, boolean bias, long norms) {
    contraction.bias = bias;
    int inputs = geometry.inputChannels();
    int outputs = geometry.outputChannels();
    contraction.pixelGrams = Native.address(pixelGrams);
    contraction.cotangentGrams = Native.address(cotangentGrams);
    for (int first = 0; first < samples; first += GROUP) {
      int count = Math.min(GROUP, samples - first);
      for (int i = 0; i < count; i++) {
        long n = first + i;
        long image = x + 4 * n * pixels * inputs;
        long output = yBar + 4 * n * positions * outputs;
        gram(pixels, inputs, image, contraction.pixelGrams + 4L * i * pixels * pixels);
        gram(
            positions,
            outputs,
            output,
            contraction.cotangentGrams + 4L * i * positions * positions);
      }
      contraction.norms = norms + 8L * first;
      workers.run(
          contraction, count, 1, (long) count * positions * positions * geometry.kernelHeight());
    }
  }

  private static void gram(int rows, int columns, long matrix, long out) {
    OneDnn.sgemm(
        false, true, rows, rows, columns, 1, matrix, columns, matrix, columns, 0, out, rows);
  }

  /** Σ_{t,s} Q_{t,s} (b + Σ_δ P_{t+δ,s+δ}) of each sample, b = 1 with a bias and 0 without. */
  private static final class Contraction implements Workers.Task {
    private final ConvolutionGeometry g;
    private long pixelGrams;
    private long cotangentGrams;
    private long norms;
    private boolean bias;

    Contraction(ConvolutionGeometry g) {
      this.g = g;
    }

    @Override
    public void run(long from, long to) {
      long pixels = (long) g.height() * g.width();
      long positions = g.positions();
      for (long i = from; i < to; i++) {
        long p = pixelGrams + 4 * i * pixels * pixels;
        long q = cotangentGrams + 4 * i * positions * positions;
        double sum = 0;
        for (long t = 0; bias && t < positions * positions; t++) {
          sum += Native.ALL.get(Native.FLOAT, q + 4 * t);
        }
        for (int a = 0; a < g.kernelHeight(); a++) {
          for (int b = 0; b < g.kernelWidth(); b++) {
            sum += offset(p, q, a - g.padding(), b - g.padding());
          }
        }
        Float64Kernels.set(norms, i, Float64Kernels.get(norms, i) + sum);
      }
    }

    /** One kernel offset: runs of positions along a row are contiguous in both matrices. */
    private double offset(long p, long q, int down, int right) {
      int width = g.outputWidth();
      int firstColumn = firstValid(right, width, g.width());
      int lastColumn = lastValid(right, width, g.width());
      int firstRow = firstValid(down, g.outputHeight(), g.height());
      int lastRow = lastValid(down, g.outputHeight(), g.height());
      long pixels = (long) g.height() * g.width();
      double sum = 0;
      for (int ty = firstRow; ty <= lastRow; ty++) {
        for (int tx = firstColumn; tx <= lastColumn; tx++) {
          long t = (long) ty * width + tx;
          long pt = (long) (ty * g.stride() + down) * g.width() + tx * g.stride() + right;
          for (int sy = firstRow; sy <= lastRow; sy++) {
            long s = (long) sy * width + firstColumn;
            long ps =
                (long) (sy * g.stride() + down) * g.width() + firstColumn * g.stride() + right;
            long qRow = q + 4 * (t * g.positions() + s);
            long pRow = p + 4 * (pt * pixels + ps);
            int count = lastColumn - firstColumn + 1;
            sum += run(qRow, pRow, count, g.stride());
          }
        }
      }
      return sum;
    }

    private static double run(long q, long p, int count, int stride) {
      float sum = 0;
      for (int i = 0; i < count; i++) {
        sum +=
            Native.ALL.get(Native.FLOAT, q + 4L * i)
                * Native.ALL.get(Native.FLOAT, p + 4L * i * stride);
      }
      return sum;
    }

    private int firstValid(int shift, int outputs, int inputs) {
      int first = 0;
      while (first < outputs && first * g.stride() + shift < 0) {
        first++;
      }
      return first;
    }

    private int lastValid(int shift, int outputs, int inputs) {
      int last = outputs - 1;
      while (last >= 0 && last * g.stride() + shift >= inputs) {
        last--;
      }
      return last;
    }
  }
}
