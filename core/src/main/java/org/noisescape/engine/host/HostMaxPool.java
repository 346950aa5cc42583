package org.noisescape.engine.host;

import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;
import org.noisescape.tensor.Tensor;

/** Max-pooling, one sample after another, channels innermost. */
final class HostMaxPool extends MaxPoolPlan {
  private enum Direction {
    FORWARD,
    TANGENT,
    BACKWARD
  }

  private final Workers workers;
  private final Pass pass;

  HostMaxPool(
      ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Workers workers) {
    super(geometry, dtype, replicas, samples);
    this.workers = workers;
    this.pass = new Pass(geometry, dtype == DType.FLOAT64);
  }

  @Override
  protected void computeForward(Tensor x, Tensor y, Tensor argmax) {
    pass.direction = Direction.FORWARD;
    each(x, y, argmax);
  }

  @Override
  protected void computeTangent(Tensor xDot, Tensor argmax, Tensor yDot) {
    pass.direction = Direction.TANGENT;
    each(xDot, yDot, argmax);
  }

  @Override
  protected void computeInputGradient(Tensor yBar, Tensor argmax, Tensor xBar) {
    pass.direction = Direction.BACKWARD;
    each(xBar, yBar, argmax);
  }

  private void each(Tensor x, Tensor y, Tensor argmax) {
    for (int r = 0; r < x.dim(0); r++) {
      pass.x = Native.address(x) + r * Native.rowBytes(x);
      pass.y = Native.address(y) + r * Native.rowBytes(y);
      pass.argmax = Native.address(argmax) + r * Native.rowBytes(argmax);
      workers.run(pass, x.dim(1), 1, x.rowSize() * 2);
    }
  }

  private static final class Pass implements Workers.Task {
    private final ConvolutionGeometry g;
    private final boolean wide;
    private Direction direction;
    private long x;
    private long y;
    private long argmax;

    Pass(ConvolutionGeometry g, boolean wide) {
      this.g = g;
      this.wide = wide;
    }

    @Override
    public void run(long from, long to) {
      long inputs = (long) g.height() * g.width() * g.inputChannels();
      long outputs = (long) g.positions() * g.inputChannels();
      int bytes = wide ? 8 : 4;
      for (long n = from; n < to; n++) {
        long image = x + n * inputs * bytes;
        long output = y + n * outputs * bytes;
        long positions = argmax + 4 * n * outputs;
        switch (direction) {
          case FORWARD -> forward(image, output, positions);
          case TANGENT -> gather(image, output, positions, outputs);
          case BACKWARD -> backward(image, output, positions, inputs, outputs);
        }
      }
    }

    private void forward(long image, long output, long positions) {
      if (!wide) {
        PoolKernel.forward(g, image, output, positions);
        return;
      }
      for (int t = 0; t < g.positions(); t++) {
        window(image, output, positions, t);
      }
    }

    private void backward(long image, long output, long positions, long inputs, long outputs) {
      if (wide || !PoolKernel.isDisjoint(g)) {
        scatter(image, output, positions, inputs, outputs);
        return;
      }
      if (!PoolKernel.isCovered(g)) {
        Native.zero(image, inputs * Float.BYTES);
      }
      PoolKernel.backward(g, image, output, positions);
    }

    private void window(long image, long output, long positions, int t) {
      int channels = g.inputChannels();
      int top = t / g.outputWidth() * g.stride() - g.padding();
      int left = t % g.outputWidth() * g.stride() - g.padding();
      int firstRow = Math.max(0, top);
      int lastRow = Math.min(g.height(), top + g.kernelHeight());
      int firstColumn = Math.max(0, left);
      int lastColumn = Math.min(g.width(), left + g.kernelWidth());
      long out = (long) t * channels;
      boolean first = true;
      for (int row = firstRow; row < lastRow; row++) {
        for (int column = firstColumn; column < lastColumn; column++) {
          long pixel = ((long) row * g.width() + column) * channels;
          for (int c = 0; c < channels; c++) {
            double v = Float64Kernels.get(image, pixel + c);
            if (first || v > Float64Kernels.get(output, out + c) || Double.isNaN(v)) {
              Float64Kernels.set(output, out + c, v);
              Native.ALL.set(Native.INT, positions + 4 * (out + c), (int) pixel + c);
            }
          }
          first = false;
        }
      }
    }

    private void gather(long image, long output, long positions, long outputs) {
      for (long i = 0; i < outputs; i++) {
        long at = Native.ALL.get(Native.INT, positions + 4 * i);
        if (wide) {
          Float64Kernels.set(output, i, Float64Kernels.get(image, at));
        } else {
          Native.ALL.set(
              Native.FLOAT, output + 4 * i, Native.ALL.get(Native.FLOAT, image + 4 * at));
        }
      }
    }

    private void scatter(long image, long output, long positions, long inputs, long outputs) {
      long bytes = wide ? 8 : 4;
      Native.zero(image, inputs * bytes);
      for (long i = 0; i < outputs; i++) {
        long at = Native.ALL.get(Native.INT, positions + 4 * i);
        if (wide) {
          Float64Kernels.set(
              image, at, Float64Kernels.get(image, at) + Float64Kernels.get(output, i));
        } else {
          float value =
              Native.ALL.get(Native.FLOAT, image + 4 * at)
                  + Native.ALL.get(Native.FLOAT, output + 4 * i);
          Native.ALL.set(Native.FLOAT, image + 4 * at, value);
        }
      }
    }
  }
}
