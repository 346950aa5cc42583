package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tangents;
import org.noisescape.tensor.Tensor;

/** Tangents of activations in the element type; those of losses in float64. */
final class Nd4jTangents extends Tangents {
  private interface Rows {
    INDArray compute();
  }

  @Override
  protected void computeActivation(Activation activation, Tensor y, Tensor biasDot, Tensor yDot) {
    if (yDot.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray target = Views.of(yDot);
          if (biasDot != null) {
            target.addi(Views.of(biasDot, biasDot.dim(0), 1, biasDot.dim(1)));
          }
          Activations.backward(activation, Views.of(y), target);
        });
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
    if (yBarDot.size() > 0) {
      Scratch.during(
          () -> {
            INDArray target = Views.of(yBarDot);
            Activations.backward(activation, Views.of(y), target);
            if (!activation.isPiecewiseLinear()) {
              INDArray slope = Activations.derivativeSlope(activation, Views.of(y));
              target.addi(slope.muli(Views.of(yBar)).muli(Views.of(yDot)));
            }
          });
    }
    if (biasBarDot != null) {
      Sums.over(yBarDot, 1, biasBarDot, accumulation);
    }
  }

  @Override
  protected void computeSquaredError(
      Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    store(() -> wide(outputDot, valid), valid, scale, outputBarDot);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor outputDot, int valid, Tensor scale, Tensor outputBarDot) {
    store(
        () -> {
          INDArray p = softmax(output, valid);
          INDArray dot = wide(outputDot, valid);
          INDArray mean = p.mul(dot).sum(true, 2);
          return p.mul(dot.sub(mean));
        },
        valid,
        scale,
        outputBarDot);
  }

  @Override
  protected void computeSquaredErrorRoot(int k, int valid, Tensor scale, Tensor outputBar) {
    store(
        () -> {
          INDArray unit = Nd4j.zeros(DataType.DOUBLE, outputBar.dim(0), valid, outputBar.dim(2));
          column(unit, k).assign(1);
          return unit;
        },
        valid,
        scale,
        outputBar);
  }

  @Override
  protected void computeSoftmaxCrossEntropyRoot(
      Tensor output, int k, int valid, Tensor scale, Tensor outputBar) {
    store(
        () -> {
          INDArray p = softmax(output, valid);
          INDArray root = Transforms.sqrt(column(p, k), true);
          INDArray direction = p.neg();
          column(direction, k).addi(1);
          return direction.mul(root);
        },
        valid,
        scale,
        outputBar);
  }

  @Override
  protected void computeScaleSamples(Tensor weights, Tensor x, Tensor out) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray factors = Views.of(weights, weights.dim(0), weights.dim(1), 1);
          Views.of(out).assign(Views.of(x).castTo(DataType.DOUBLE).mul(factors));
        });
  }

  /** out ← s_r times the rows (R, v, K), 0 beyond them. */
  private static void store(Rows rows, int valid, Tensor scale, Tensor out) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int replicas = out.dim(0);
          INDArray scaled = valid == 0 ? null : rows.compute().mul(Views.of(scale, replicas, 1, 1));
          Views.of(out).assign(0);
          if (scaled != null) {
            Views.of(out, replicas, valid, out.dim(2)).assign(scaled);
          }
        });
  }

  private static INDArray softmax(Tensor output, int valid) {
    INDArray logits = wide(output, valid);
    INDArray exponentials = Transforms.exp(logits.sub(logits.max(true, 2)), true);
    return exponentials.div(exponentials.sum(true, 2));
  }

  private static INDArray wide(Tensor tensor, int valid) {
    return Views.of(tensor, tensor.dim(0), valid, tensor.dim(2)).castTo(DataType.DOUBLE);
  }

  /** Entry k of every row (R, v, K), a view (R, v, 1). */
  private static INDArray column(INDArray rows, int k) {
    return rows.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(k, k + 1));
  }
}
