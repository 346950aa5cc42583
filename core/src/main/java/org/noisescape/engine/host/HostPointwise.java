package org.noisescape.engine.host;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Elementwise;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Tensor;

/** Activations by the Vector API; losses row by row in float64. */
final class HostPointwise extends Pointwise {
  private final Workers workers;
  private final BiasRows biasRows = new BiasRows();
  private final Elements elements = new Elements();
  private final BiasColumns biasColumns = new BiasColumns();
  private final LossRows lossRows = new LossRows();
  private final Arithmetic arithmetic = new Arithmetic();
  private final FilterKernel filter = new FilterKernel();

  HostPointwise(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void addBiasAndActivate(Activation activation, Tensor bias, Tensor x) {
    int rows = x.dim(1);
    biasRows.activation = activation;
    biasRows.columns = x.dim(2);
    biasRows.wide = x.dtype() == DType.FLOAT64;
    for (int r = 0; r < x.dim(0); r++) {
      biasRows.bias = Native.address(bias) + r * Native.rowBytes(bias);
      biasRows.x = Native.address(x) + r * Native.rowBytes(x);
      workers.run(biasRows, rows, 1, x.rowSize());
    }
  }

  @Override
  protected void applyActivation(Activation activation, Tensor x, Tensor y) {
    elements.backward = false;
    each(activation, x, y);
  }

  @Override
  protected void applyActivationBackward(
      Activation activation, Tensor y, Tensor yBar, Tensor biasBar, Accumulation accumulation) {
    if (biasBar == null) {
      if (activation != Activation.IDENTITY) {
        elements.backward = true;
        each(activation, y, yBar);
      }
      return;
    }
    biasColumns.activation = activation;
    biasColumns.add = accumulation == Accumulation.ADD;
    biasColumns.rows = yBar.dim(1);
    biasColumns.columns = yBar.dim(2);
    biasColumns.wide = yBar.dtype() == DType.FLOAT64;
    for (int r = 0; r < yBar.dim(0); r++) {
      biasColumns.y = Native.address(y) + r * Native.rowBytes(y);
      biasColumns.yBar = Native.address(yBar) + r * Native.rowBytes(yBar);
      biasColumns.biasBar = Native.address(biasBar) + r * Native.rowBytes(biasBar);
      workers.run(biasColumns, yBar.dim(2), 64, yBar.rowSize());
    }
  }

  private void each(Activation activation, Tensor x, Tensor y) {
    elements.activation = activation;
    elements.wide = y.dtype() == DType.FLOAT64;
    for (int r = 0; r < y.dim(0); r++) {
      elements.x = Native.address(x) + r * Native.rowBytes(x);
      elements.y = Native.address(y) + r * Native.rowBytes(y);
      workers.run(elements, y.rowSize(), 1024, y.rowSize());
    }
  }

  @Override
  protected void computeElements(Elementwise operation, Tensor a, Tensor b, Tensor out) {
    arithmetic.operation = operation;
    arithmetic.wide = out.dtype() == DType.FLOAT64;
    for (int r = 0; r < out.dim(0); r++) {
      arithmetic.a = Native.address(a) + r * Native.rowBytes(a);
      arithmetic.b = Native.address(b) + r * Native.rowBytes(b);
      arithmetic.out = Native.address(out) + r * Native.rowBytes(out);
      workers.run(arithmetic, out.rowSize(), 1024, out.rowSize());
    }
  }

  @Override
  protected void computeFilter(FilterMap map, Tensor weights, Tensor u, Tensor m, Tensor v) {
    for (int r = 0; r < u.dim(0); r++) {
      filter.of(map, u.dtype(), Native.element(weights, r));
      filter.at(
          Native.address(u) + r * Native.rowBytes(u),
          m == null ? 0 : Native.address(m) + r * Native.rowBytes(m),
          v == null ? 0 : Native.address(v) + r * Native.rowBytes(v));
      workers.run(filter, u.rowSize(), 1024, 2 * u.rowSize());
    }
  }

  @Override
  protected void computeSquaredError(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    lossRows.crossEntropy = false;
    loss(output, target, valid, scale, losses, outputBar);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    lossRows.crossEntropy = true;
    loss(output, target, valid, scale, losses, outputBar);
  }

  private void loss(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    lossRows.valid = valid;
    lossRows.classes = output.dim(2);
    lossRows.wide = output.dtype() == DType.FLOAT64;
    for (int r = 0; r < output.dim(0); r++) {
      lossRows.output = Native.address(output) + r * Native.rowBytes(output);
      lossRows.target = Native.address(target) + r * Native.rowBytes(target);
      lossRows.losses = Native.address(losses) + r * Native.rowBytes(losses);
      lossRows.bar =
          outputBar == null ? 0 : Native.address(outputBar) + r * Native.rowBytes(outputBar);
      lossRows.scale = Float64Kernels.get(Native.element(scale, r), 0);
      workers.run(lossRows, output.dim(1), 1, output.rowSize() * 16);
    }
  }

  private static final class BiasRows implements Workers.Task {
    private Activation activation;
    private long bias;
    private long x;
    private int columns;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      for (long m = from; m < to; m++) {
        if (wide) {
          Float64Kernels.biasActivation(activation, bias, x + 8 * m * columns, columns);
        } else {
          Float32Kernels.biasActivation(activation, bias, x + 4 * m * columns, columns);
        }
      }
    }
  }

  private static final class Elements implements Workers.Task {
    private Activation activation;
    private boolean backward;
    private boolean wide;
    private long x;
    private long y;

    @Override
    public void run(long from, long to) {
      if (wide && backward) {
        Float64Kernels.activationBackward(activation, x, y, from, to);
      } else if (wide) {
        Float64Kernels.activation(activation, x, y, from, to);
      } else if (backward) {
        Float32Kernels.activationBackward(activation, x, y, from, to);
      } else {
        Float32Kernels.activation(activation, x, y, from, to);
      }
    }
  }

  private static final class Arithmetic implements Workers.Task {
    private Elementwise operation;
    private long a;
    private long b;
    private long out;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (wide) {
        Float64Kernels.elementwise(operation, a, b, out, from, to);
      } else {
        Float32Kernels.elementwise(operation, a, b, out, from, to);
      }
    }
  }

  private static final class BiasColumns implements Workers.Task {
    private Activation activation;
    private long y;
    private long yBar;
    private long biasBar;
    private long rows;
    private long columns;
    private boolean add;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (wide) {
        Float64Kernels.activationBackwardBias(
            activation, y, yBar, biasBar, add, rows, columns, from, to);
      } else {
        Float32Kernels.activationBackwardBias(
            activation, y, yBar, biasBar, add, rows, columns, from, to);
      }
    }
  }

  /** Losses of rows, and their cotangents where bar is not 0. */
  private static final class LossRows implements Workers.Task {
    private boolean crossEntropy;
    private boolean wide;
    private long output;
    private long target;
    private long losses;
    private long bar;
    private double scale;
    private int valid;
    private int classes;

    @Override
    public void run(long from, long to) {
      for (long n = from; n < to; n++) {
        long row = n * classes;
        double loss = 0;
        if (n >= valid) {
          for (int k = 0; bar != 0 && k < classes; k++) {
            set(bar, row + k, 0);
          }
        } else {
          loss = crossEntropy ? crossEntropy(row) : squaredError(row);
        }
        Float64Kernels.set(losses, n, loss);
      }
    }

    private double squaredError(long row) {
      double loss = 0;
      for (long i = row; i < row + classes; i++) {
        double difference = get(output, i) - get(target, i);
        loss += 0.5 * difference * difference;
        if (bar != 0) {
          set(bar, i, scale * difference);
        }
      }
      return loss;
    }

    private double crossEntropy(long row) {
      double largest = Double.NEGATIVE_INFINITY;
      for (long i = row; i < row + classes; i++) {
        largest = Math.max(largest, get(output, i));
      }
      double sum = 0;
      double inner = 0;
      for (long i = row; i < row + classes; i++) {
        double shifted = get(output, i) - largest;
        sum += Math.exp(shifted);
        inner += get(target, i) * shifted;
      }
      for (long i = row; bar != 0 && i < row + classes; i++) {
        double probability = Math.exp(get(output, i) - largest) / sum;
        set(bar, i, scale * (probability - get(target, i)));
      }
      return Math.log(sum) - inner;
    }

    private double get(long address, long i) {
      return wide ? Float64Kernels.get(address, i) : Native.ALL.get(Native.FLOAT, address + 4 * i);
    }

    private void set(long address, long i, double value) {
      if (wide) {
        Float64Kernels.set(address, i, value);
      } else {
        Native.ALL.set(Native.FLOAT, address + 4 * i, (float) value);
      }
    }
  }
}
