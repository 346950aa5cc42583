package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Average-pooling, one sample after another, channels innermost. */
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
      workers.run(pass, samples(), 1, x.rowSize());
    }
  }

  private static final class Pass implements Workers.Task {
    private final ConvolutionGeometry g;
    private final boolean wide;
    private final int channels;
    private final double share;
    private boolean backward;
    private long x;
    private long y;

    Pass(ConvolutionGeometry g, boolean wide) {
      this.g = g;
      this.wide = wide;
      this.channels = g.inputChannels();
      this.share = 1.0 / (g.kernelHeight() * g.kernelWidth());
    }

    @Override
    public void run(long from, long to) {
      int bytes = wide ? 8 : 4;
      long inputs = (long) g.height() * g.width() * channels;
      long outputs = (long) g.positions() * channels;
      for (long n = from; n < to; n++) {
        long image = x + n * inputs * bytes;
        long output = y + n * outputs * bytes;
        if (backward) {
          Native.zero(image, inputs * bytes);
        }
        for (int t = 0; t < g.positions(); t++) {
          if (backward) {
            spread(image, output, t);
          } else {
            mean(image, output, t);
          }
        }
      }
    }

    private void mean(long image, long output, int t) {
      long corner = corner(t);
      long out = (long) t * channels;
      int lanes = DoubleLanes.D.length();
      int c = 0;
      for (; c + lanes <= channels; c += lanes) {
        DoubleVector sum = DoubleVector.zero(DoubleLanes.D);
        for (int a = 0; a < g.kernelHeight(); a++) {
          for (int b = 0; b < g.kernelWidth(); b++) {
            sum = sum.add(DoubleLanes.load(wide, image, cell(corner, a, b) + c));
          }
        }
        DoubleLanes.store(sum.mul(share), wide, output, out + c);
      }
      for (; c < channels; c++) {
        double sum = 0;
        for (int a = 0; a < g.kernelHeight(); a++) {
          for (int b = 0; b < g.kernelWidth(); b++) {
            sum += DoubleLanes.get(wide, image, cell(corner, a, b) + c);
          }
        }
        DoubleLanes.set(wide, output, out + c, sum * share);
      }
    }

    private void spread(long image, long output, int t) {
      long corner = corner(t);
      long out = (long) t * channels;
      for (int a = 0; a < g.kernelHeight(); a++) {
        for (int b = 0; b < g.kernelWidth(); b++) {
          long pixel = cell(corner, a, b);
          for (int c = 0; c < channels; c++) {
            double held = DoubleLanes.get(wide, image, pixel + c);
            double given = share * DoubleLanes.get(wide, output, out + c);
            DoubleLanes.set(wide, image, pixel + c, held + given);
          }
        }
      }
    }

    /** Pixel of the window's first cell. */
    private long corner(int t) {
      long top = (long) (t / g.outputWidth()) * g.stride();
      long left = (long) (t % g.outputWidth()) * g.stride();
      return top * g.width() + left;
    }

    private long cell(long corner, int a, int b) {
      return (corner + (long) a * g.width() + b) * channels;
    }
  }
}
