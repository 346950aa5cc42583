package org.noisescape.engine.host;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tensor;

/** Sums in float64 over blocks of fixed length, so that they do not depend on the threads. */
final class HostReduction extends Reduction {
  private static final int BLOCK = 1 << 14;
  private static final int STRETCH = 1 << 10;

  private final Workers workers;
  private final Dot dot = new Dot();
  private final SampleDots sampleDots = new SampleDots();
  private final GradientNorms gradientNorms = new GradientNorms();

  HostReduction(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void computeSum(Tensor x, Tensor out, Accumulation accumulation) {
    long size = x.rowSize();
    for (int r = 0; r < x.dim(0); r++) {
      long row = Native.address(x) + r * Native.rowBytes(x);
      double sum = 0;
      for (long i = 0; i < size; i++) {
        sum +=
            x.dtype() == DType.FLOAT64
                ? Float64Kernels.get(row, i)
                : Native.ALL.get(Native.FLOAT, row + 4 * i);
      }
      put(out, r, sum, accumulation);
    }
  }

  @Override
  protected void computeDot(Tensor x, Tensor y, Tensor out) {
    long size = x.rowSize();
    int blocks = Math.toIntExact((size + BLOCK - 1) / BLOCK);
    if (dot.partial.length < blocks) {
      dot.partial = new double[blocks];
    }
    dot.size = size;
    dot.wide = x.dtype() == DType.FLOAT64;
    for (int r = 0; r < x.dim(0); r++) {
      dot.x = Native.address(x) + r * Native.rowBytes(x);
      dot.y = Native.address(y) + r * Native.rowBytes(y);
      workers.run(dot, blocks, 1, size);
      double sum = 0;
      for (int b = 0; b < blocks; b++) {
        sum += dot.partial[b];
      }
      put(out, r, sum, Accumulation.OVERWRITE);
    }
  }

  @Override
  protected void computeSampleDots(Tensor x, Tensor y, Tensor out) {
    sampleDots.wide = x.dtype() == DType.FLOAT64;
    sampleDots.columns = x.dim(2);
    for (int r = 0; r < x.dim(0); r++) {
      sampleDots.x = Native.address(x) + r * Native.rowBytes(x);
      sampleDots.y = Native.address(y) + r * Native.rowBytes(y);
      sampleDots.out = Native.address(out) + r * Native.rowBytes(out);
      workers.run(sampleDots, x.dim(1), 1, x.rowSize());
    }
  }

  @Override
  protected void computeDenseGradientNorms(Tensor x, Tensor yBar, Tensor norms) {
    gradientNorms.wide = x.dtype() == DType.FLOAT64;
    gradientNorms.inputs = x.dim(2);
    gradientNorms.outputs = yBar.dim(2);
    for (int r = 0; r < x.dim(0); r++) {
      gradientNorms.x = Native.address(x) + r * Native.rowBytes(x);
      gradientNorms.yBar = Native.address(yBar) + r * Native.rowBytes(yBar);
      gradientNorms.norms = Native.address(norms) + r * Native.rowBytes(norms);
      workers.run(gradientNorms, x.dim(1), 1, x.rowSize() + yBar.rowSize());
    }
  }

  @Override
  protected void computeCorrect(
      Tensor output, Tensor target, int valid, Tensor out, Accumulation accumulation) {
    int classes = output.dim(2);
    for (int r = 0; r < output.dim(0); r++) {
      long outputs = Native.address(output) + r * Native.rowBytes(output);
      long targets = Native.address(target) + r * Native.rowBytes(target);
      int correct = 0;
      for (long n = 0; n < valid; n++) {
        correct +=
            decision(output, outputs, n * classes) == decision(target, targets, n * classes)
                ? 1
                : 0;
      }
      put(out, r, correct, accumulation);
    }
  }

  /** Position of the first largest entry; for a single entry whether it is negative. */
  private static int decision(Tensor tensor, long address, long row) {
    int classes = tensor.dim(2);
    boolean wide = tensor.dtype() == DType.FLOAT64;
    double first = get(address, row, wide);
    if (classes == 1) {
      return first < 0 ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < classes; k++) {
      double value = get(address, row + k, wide);
      if (value > first) {
        first = value;
        best = k;
      }
    }
    return best;
  }

  private static double get(long address, long i, boolean wide) {
    return wide ? Float64Kernels.get(address, i) : Native.ALL.get(Native.FLOAT, address + 4 * i);
  }

  private static void put(Tensor out, int r, double value, Accumulation accumulation) {
    long address = Native.element(out, r);
    Float64Kernels.set(
        address,
        0,
        accumulation == Accumulation.ADD ? Float64Kernels.get(address, 0) + value : value);
  }

  private static final class Dot implements Workers.Task {
    private double[] partial = new double[64];
    private long x;
    private long y;
    private long size;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      for (long b = from; b < to; b++) {
        long begin = b * BLOCK;
        long end = Math.min(size, begin + BLOCK);
        partial[(int) b] = part(begin, end);
      }
    }

    private double part(long begin, long end) {
      if (wide) {
        return Float64Kernels.dot(x, y, begin, end);
      }
      return x == y ? squares(begin, end) : Float32Kernels.dot(x, y, begin, end);
    }

    /** In stretches as long as rows of a layer, for which the kernel is compiled too. */
    private double squares(long begin, long end) {
      double sum = 0;
      for (long i = begin; i < end; i += STRETCH) {
        sum += Float32Kernels.squaredNorm(x + 4 * i, (int) Math.min(STRETCH, end - i));
      }
      return sum;
    }
  }

  private static final class SampleDots implements Workers.Task {
    private long x;
    private long y;
    private long out;
    private long columns;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      for (long n = from; n < to; n++) {
        long begin = n * columns;
        long end = begin + columns;
        Float64Kernels.set(
            out,
            n,
            wide ? Float64Kernels.dot(x, y, begin, end) : Float32Kernels.dot(x, y, begin, end));
      }
    }
  }

  private static final class GradientNorms implements Workers.Task {
    private long x;
    private long yBar;
    private long norms;
    private int inputs;
    private int outputs;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      for (long n = from; n < to; n++) {
        double input = squaredNorm(x, n, inputs);
        double cotangent = squaredNorm(yBar, n, outputs);
        Float64Kernels.set(norms, n, Float64Kernels.get(norms, n) + (input + 1) * cotangent);
      }
    }

    private double squaredNorm(long base, long row, int columns) {
      long address = base + row * columns * (wide ? 8 : 4);
      return wide
          ? Float64Kernels.dot(address, address, 0, columns)
          : Float32Kernels.squaredNorm(address, columns);
    }
  }
}
