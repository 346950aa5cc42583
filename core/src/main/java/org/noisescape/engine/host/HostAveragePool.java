package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Average-pooling, one sample after another, channels innermost. The gradient is a gather: a pixel
 * sums the windows it is in.
 */
final class HostAveragePool extends AveragePoolPlan {
  private final Workers workers;
  private final Pass pass;

  HostAveragePool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Workers workers) {
    super(geometry, dtype, replicas, samples);
    this.workers = workers;
    this.pass = new Pass(geometry, dtype == DType.FLOAT64);
  }

  @Override
  protected void computeForward(Tensor x, Tensor y) {
    each(x, y, false);
  }

  @Override
  protected void computeInputGradient(Tensor yBar, Tensor xBar) {
    each(xBar, yBar, true);
  }

  private void each(Tensor x, Tensor y, boolean backward) {
    pass.backward = backward;
    for (int r = 0; r < replicas(); r++) {
      pass.x = Native.address(x) + r * Native.rowBytes(x);
      pass.y = Native.address(y) + r * Native.rowBytes(y);
      workers.run(pass, samples(), 1, (long) samples() * x.dim(2));
    }
  }

  private static final class Pass implements Workers.Task {
    private final ConvolutionGeometry g;
    private final boolean wide;
    private final int channels;
    private final double share;

    /** Elements from a window's first cell to each. */
    private final long[] cells;

    private boolean backward;
    private long x;
    private long y;

    Pass(ConvolutionGeometry g, boolean wide) {
      this.g = g;
      this.wide = wide;
      this.channels = g.inputChannels();
      this.cells = new long[g.kernelHeight() * g.kernelWidth()];
      this.share = 1.0 / cells.length;
      for (int i = 0; i < cells.length; i++) {
        long pixel = (long) i / g.kernelWidth() * g.width() + i % g.kernelWidth();
        cells[i] = pixel * channels;
      }
    }

    @Override
    public void run(long from, long to) {
      long inputs = (long) g.height() * g.width() * channels;
      long outputs = (long) g.positions() * channels;
      for (long n = from; n < to; n++) {
        if (backward) {
          spread(n * inputs, n * outputs);
        } else {
          means(n * inputs, n * outputs);
        }
      }
    }

    private void means(long image, long output) {
      for (int i = 0; i < g.outputHeight(); i++) {
        for (int j = 0; j < g.outputWidth(); j++) {
          long corner = (long) i * g.stride() * g.width() + (long) j * g.stride();
          long to = output + ((long) i * g.outputWidth() + j) * channels;
          long first = image + corner * channels;
          mean(first, to);
        }
      }
    }

    /** Four cells at a time: windows are small, and loops of few turns slow. */
    private void mean(long first, long to) {
      int lanes = DoubleLanes.D.length();
      int c = 0;
      for (; c + lanes <= channels; c += lanes) {
        DoubleVector sum = DoubleVector.zero(DoubleLanes.D);
        long from = first + c;
        int i = 0;
        for (; i + 4 <= cells.length; i += 4) {
          DoubleVector a = DoubleLanes.load(wide, x, from + cells[i]);
          DoubleVector b = DoubleLanes.load(wide, x, from + cells[i + 2]);
          a = a.add(DoubleLanes.load(wide, x, from + cells[i + 1]));
          b = b.add(DoubleLanes.load(wide, x, from + cells[i + 3]));
          sum = sum.add(a.add(b));
        }
        for (; i < cells.length; i++) {
          sum = sum.add(DoubleLanes.load(wide, x, from + cells[i]));
        }
        DoubleLanes.store(sum.mul(share), wide, y, to + c);
      }
      for (; c < channels; c++) {
        double sum = 0;
        for (long cell : cells) {
          sum += DoubleLanes.get(wide, x, first + cell + c);
        }
        DoubleLanes.set(wide, y, to + c, sum * share);
      }
    }

    private void spread(long image, long output) {
      for (int h = 0; h < g.height(); h++) {
        int top = firstWindow(h, g.kernelHeight());
        int rows = Math.min(g.outputHeight() - 1, h / g.stride()) - top + 1;
        for (int w = 0; w < g.width(); w++) {
          int left = firstWindow(w, g.kernelWidth());
          int columns = Math.min(g.outputWidth() - 1, w / g.stride()) - left + 1;
          long first = output + ((long) top * g.outputWidth() + left) * channels;
          long to = image + ((long) h * g.width() + w) * channels;
          shares(first, rows, columns, to);
        }
      }
    }

    /** The first window that ends at or behind a place. */
    private int firstWindow(int place, int length) {
      return place < length ? 0 : (place - length) / g.stride() + 1;
    }

    /**
     * One pixel's channels ← the share of the sum of a rectangle of outputs, perhaps an empty one.
     */
    private void shares(long first, int rows, int columns, long to) {
      int lanes = DoubleLanes.D.length();
      int c = 0;
      for (; c + lanes <= channels; c += lanes) {
        DoubleVector sum = DoubleVector.zero(DoubleLanes.D);
        for (int a = 0; a < rows; a++) {
          long at = first + (long) a * g.outputWidth() * channels + c;
          for (int b = 0; b < columns; b++) {
            sum = sum.add(DoubleLanes.load(wide, y, at));
            at += channels;
          }
        }
        DoubleLanes.store(sum.mul(share), wide, x, to + c);
      }
      for (; c < channels; c++) {
        double sum = 0;
        for (int a = 0; a < rows; a++) {
          for (int b = 0; b < columns; b++) {
            sum +=
                DoubleLanes.get(wide, y, first + ((long) a * g.outputWidth() + b) * channels + c);
          }
        }
        DoubleLanes.set(wide, x, to + c, sum * share);
      }
    }
  }
}
