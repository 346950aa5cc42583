package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tensor;

/** Sums of float64 copies. */
final class Nd4jReduction extends Reduction {
  @Override
  protected void computeSum(Tensor x, Tensor out, Accumulation accumulation) {
    Sums.over(x.reshape(x.dim(0), Math.toIntExact(x.rowSize())), 1, out, accumulation);
  }

  @Override
  protected void computeDot(Tensor x, Tensor y, Tensor out) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray target = Views.of(out);
          if (x.size() == 0) {
            target.assign(0);
            return;
          }
          INDArray left = Views.matrix(x).castTo(DataType.DOUBLE);
          INDArray right = Views.matrix(y).castTo(DataType.DOUBLE);
          target.assign(left.mul(right).sum(1));
        });
  }

  @Override
  protected void computeSampleDots(Tensor x, Tensor y, Tensor out) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          if (x.size() == 0) {
            Views.of(out).assign(0);
            return;
          }
          INDArray left = Views.of(x).castTo(DataType.DOUBLE);
          Views.of(out).assign(left.mul(Views.of(y).castTo(DataType.DOUBLE)).sum(2));
        });
  }

  @Override
  protected void computeDenseGradientNorms(Tensor x, Tensor yBar, Tensor norms) {
    if (yBar.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray terms = Sums.squaredNorms(Views.of(yBar), 2);
          if (x.size() > 0) {
            terms.muli(Sums.squaredNorms(Views.of(x), 2).addi(1));
          }
          Views.of(norms).addi(terms);
        });
  }

  @Override
  protected void computeCorrect(
      Tensor output, Tensor target, int valid, Tensor out, Accumulation accumulation) {
    if (out.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          if (valid == 0 || output.size() == 0) {
            if (accumulation == Accumulation.OVERWRITE) {
              Views.of(out).assign(0);
            }
            return;
          }
          INDArray predicted = choice(output, valid);
          INDArray right = predicted.eq(choice(target, valid)).castTo(DataType.DOUBLE);
          Sums.store(right.sum(1), Views.of(out), accumulation);
        });
  }

  /** The class (R, v) of each sample: the first maximum, or with one output whether it is ≥ 0. */
  private static INDArray choice(Tensor outputs, int valid) {
    int replicas = outputs.dim(0);
    int classes = outputs.dim(2);
    return classes == 1
        ? Views.of(outputs, replicas, valid).gte(0).castTo(DataType.INT32)
        : Views.of(outputs, replicas, valid, classes).argMax(2).castTo(DataType.INT32);
  }
}
