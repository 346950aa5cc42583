package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;

/**
 * The kernels of {@code samples.cu} of one element type: sums in float64 in two steps, first of
 * parts, then of the parts. How many parts is a function of sizes, never of the device.
 */
final class SampleKernels {
  private static final String FILE = "samples";
  private static final int COLUMNS = 32;
  private static final int MAXIMAL_GRID = 65535;

  private final Kernel columnPartials;
  private final Kernel columnSums;
  private final Kernel sumSamples;
  private final Kernel squarePartials;
  private final Kernel addNorms;
  private final Kernel gramPartials;

  SampleKernels(Device device, DType dtype) {
    columnPartials = device.kernels().get(FILE, dtype, "column_partials");
    columnSums = device.kernels().get(FILE, dtype, "column_sums");
    sumSamples = device.kernels().get(FILE, dtype, "sum_samples");
    squarePartials = device.kernels().get(FILE, dtype, "square_partials");
    addNorms = device.kernels().get(FILE, dtype, "add_norms");
    gramPartials = device.kernels().get(FILE, dtype, "gram_partials");
  }

  /** Parts for columns of so many rows. */
  static int columnParts(long rows) {
    return (int) Math.clamp(rows / 256, 1, 512);
  }

  /** Parts for sums of squares of so many elements. */
  static int squareParts(long size) {
    return (int) Math.clamp(size / 16384, 1, 64);
  }

  /** Parts for contractions of Gram matrices of so many positions. */
  static int gramParts(int positions) {
    return Math.clamp(positions / 16, 1, 16);
  }

  /** partial (matrices, parts, columns) ← sums of parts of the columns of x (rows, columns). */
  void columnPartials(Block x, long rows, int columns, int parts, long partial, int matrices) {
    int width = Lanes.powerOfTwo(columns, COLUMNS);
    columnPartials
        .with(x.address())
        .with(x.stride())
        .with(rows)
        .with(columns)
        .with(Integer.numberOfTrailingZeros(width))
        .with(parts)
        .with(partial)
        .with(matrices)
        .launch(
            (columns + width - 1) / width,
            parts,
            Math.min(matrices, MAXIMAL_GRID),
            Kernel.THREADS,
            0);
  }

  /** target (matrices, columns) ← the sums of the parts, added to what was there if asked. */
  void columnSums(long partial, int parts, int columns, Block target, int matrices, boolean add) {
    columnSums
        .with(partial)
        .with(parts)
        .with(columns)
        .with(target.address())
        .with(target.stride())
        .with(matrices)
        .with(add ? 1 : 0)
        .over(columns, matrices);
  }

  /** sum (float64) ← the sum of the gradients of the samples, added to sum but for the first. */
  void sumSamples(long gradients, int samples, long size, long sum, boolean first) {
    sumSamples.with(gradients).with(samples).with(size).with(sum).with(first ? 1 : 0).over(size, 1);
  }

  /** partial (samples, parts) ← sums of squares of parts of the gradients (samples, size). */
  void squarePartials(long gradients, int samples, long size, int parts, long partial) {
    squarePartials
        .with(gradients)
        .with(samples)
        .with(size)
        .with(parts)
        .with(partial)
        .launch(parts, Math.min(samples, MAXIMAL_GRID), 1, Kernel.THREADS, 0);
  }

  /** norms_n ← norms_n + the sum of the parts + ‖bias_n‖². */
  void addNorms(long partial, int parts, long bias, int columns, long norms, int samples) {
    addNorms
        .with(partial)
        .with(parts)
        .with(bias)
        .with(columns)
        .with(norms)
        .with(samples)
        .launch(samples, 1, 1, Kernel.THREADS, 0);
  }

  /**
   * partial (samples, parts) ← parts of the norms from Gram matrices of pixels and cotangents, with
   * the bias's or without.
   */
  void gramPartials(
      ConvolutionGeometry g,
      long pixels,
      long outputs,
      int samples,
      boolean bias,
      int parts,
      long partial) {
    gramPartials
        .with(pixels)
        .with(outputs)
        .with(samples)
        .with(parts)
        .with(partial)
        .with(bias ? 1 : 0)
        .with(g.height())
        .with(g.width())
        .with(g.kernelHeight())
        .with(g.kernelWidth())
        .with(g.stride())
        .with(g.padding())
        .with(g.outputHeight())
        .with(g.outputWidth())
        .launch(parts, Math.min(samples, MAXIMAL_GRID), 1, Kernel.THREADS, 0);
  }
}
