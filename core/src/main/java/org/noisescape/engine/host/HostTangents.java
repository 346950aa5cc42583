package org.noisescape.engine.host;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tangents;
import org.noisescape.tensor.Tensor;

/** Tangents of activations by the Vector API; those of losses row by row in float64. */
final class HostTangents extends Tangents {
  private final Workers workers;
  private final Forward forward = new Forward();
  private final Backward backward = new Backward();
  private final LossTangents losses = new LossTangents();
  private final Scaling scaling = new Scaling();

  HostTangents(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void computeActivation(Activation activation, Tensor y, Tensor biasDot, Tensor yDot) {
    forward.activation = activation;
    forward.byRows = biasDot != null;
    forward.columns = yDot.dim(2);
    forward.wide = yDot.dtype() == DType.FLOAT64;
    for (int r = 0; r < yDot.dim(0); r++) {
      forward.y = row(y, r);
      forward.biasDot = biasDot == null ? 0 : row(biasDot, r);
      forward.yDot = row(yDot, r);
      if (biasDot == null) {
        workers.run(forward, yDot.rowSize(), 1024, yDot.rowSize());
      } else {
        workers.run(forward, yDot.dim(1), 1, yDot.rowSize());
      }
    }
  }

  @Override
  protected void computeActivationBackward(
      Activation activation,
      Tensor y,
      Tensor yDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor biasBarDot,
      Accumulation accumulation) {
    backward.activation = activation;
    backward.add = accumulation == Accumulation.ADD;
    backward.byColumns = biasBarDot != null;
    backward.rows = yBarDot.dim(1);
    backward.columns = yBarDot.dim(2);
    backward.wide = yBarDot.dtype() == DType.FLOAT64;
    for (int r = 0; r < yBarDot.dim(0); r++) {
      backward.y = row(y, r);
      backward.yDot = row(yDot, r);
      backward.yBar = row(yBar, r);
      backward.yBarDot = row(yBarDot, r);
      backward.biasBarDot = biasBarDot == null ? 0 : row(biasBarDot, r);
      if (biasBarDot == null) {
        workers.run(backward, yBarDot.rowSize(), 1024, yBarDot.rowSize());
      } else {
        workers.run(backward, yBarDot.dim(2), 64, yBarDot.rowSize());
      }
    }
  }

  @Override
  protected void computeSquaredError(
      Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    losses.kind = LossTangents.Kind.SQUARED_ERROR;
    eachRow(null, outputDot, valid, scale, outputBarDot);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    losses.kind = LossTangents.Kind.CROSS_ENTROPY;
    eachRow(output, outputDot, valid, scale, outputBarDot);
  }

  @Override
  protected void computeSquaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar) {
    losses.kind = LossTangents.Kind.SQUARED_ERROR_ROOT;
    losses.column = k;
    eachRow(null, null, valid, scale, outputBar);
  }

  @Override
  protected void computeSoftmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    losses.kind = LossTangents.Kind.CROSS_ENTROPY_ROOT;
    losses.column = k;
    eachRow(output, null, valid, scale, outputBar);
  }

  private void eachRow(Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor out) {
    losses.valid = valid;
    losses.classes = out.dim(2);
    losses.wide = out.dtype() == DType.FLOAT64;
    for (int r = 0; r < out.dim(0); r++) {
      losses.output = output == null ? 0 : row(output, r);
      losses.outputDot = outputDot == null ? 0 : row(outputDot, r);
      losses.out = row(out, r);
      losses.scale = Float64Kernels.get(Native.element(scale, r), 0);
      workers.run(losses, out.dim(1), 1, out.rowSize() * (output == null ? 1 : 16));
    }
  }

  @Override
  protected void computeScaleSamples(Tensor weights, Tensor x, Tensor out) {
    scaling.columns = out.dim(2);
    scaling.wide = out.dtype() == DType.FLOAT64;
    for (int r = 0; r < out.dim(0); r++) {
      scaling.weights = row(weights, r);
      scaling.x = row(x, r);
      scaling.out = row(out, r);
      workers.run(scaling, out.dim(1), 1, out.rowSize());
    }
  }

  private static long row(Tensor tensor, int r) {
    return Native.address(tensor) + r * Native.rowBytes(tensor);
  }

  /** Elements, or rows where there is a bias. */
  private static final class Forward implements Workers.Task {
    private Activation activation;
    private long y;
    private long biasDot;
    private long yDot;
    private long columns;
    private boolean byRows;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (!byRows) {
        part(y, yDot, from, to);
        return;
      }
      long rowBytes = columns * (wide ? 8 : 4);
      for (long m = from; m < to; m++) {
        part(y + m * rowBytes, yDot + m * rowBytes, 0, columns);
      }
    }

    private void part(long value, long dot, long from, long to) {
      if (wide) {
        Float64Tangents.activation(activation, value, biasDot, dot, from, to);
      } else {
        Float32Tangents.activation(activation, value, biasDot, dot, from, to);
      }
    }
  }

  /** Elements, or columns where there is a bias. */
  private static final class Backward implements Workers.Task {
    private Activation activation;
    private long y;
    private long yDot;
    private long yBar;
    private long yBarDot;
    private long biasBarDot;
    private long rows;
    private long columns;
    private boolean byColumns;
    private boolean add;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      if (!byColumns && wide) {
        Float64Tangents.activationBackward(activation, y, yDot, yBar, yBarDot, from, to);
      } else if (!byColumns) {
        Float32Tangents.activationBackward(activation, y, yDot, yBar, yBarDot, from, to);
      } else if (wide) {
        Float64Tangents.activationBackwardBias(
            activation, y, yDot, yBar, yBarDot, biasBarDot, add, rows, columns, from, to);
      } else {
        Float32Tangents.activationBackwardBias(
            activation, y, yDot, yBar, yBarDot, biasBarDot, add, rows, columns, from, to);
      }
    }
  }

  private static final class Scaling implements Workers.Task {
    private long weights;
    private long x;
    private long out;
    private long columns;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      for (long n = from; n < to; n++) {
        double weight = Float64Kernels.get(weights, n);
        if (wide) {
          Float64Kernels.axpby(weight, x, 0, out, n * columns, (n + 1) * columns);
        } else {
          Float32Kernels.axpby((float) weight, x, 0, out, n * columns, (n + 1) * columns);
        }
      }
    }
  }
}
