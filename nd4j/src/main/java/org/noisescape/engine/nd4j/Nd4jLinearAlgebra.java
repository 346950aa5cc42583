package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/** Products by ND4J's batched matmul. */
final class Nd4jLinearAlgebra extends LinearAlgebra {
  @Override
  protected void multiply(
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    if (c.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray target = Views.of(c);
          if (k == 0) {
            scale(target, beta);
            return;
          }
          INDArray product =
              Nd4j.matmul(
                  forEachReplica(a, c.dim(0)),
                  forEachReplica(b, c.dim(0)),
                  transposeA == Transpose.YES,
                  transposeB == Transpose.YES,
                  false);
          accumulate(product.muli(alpha), beta, target);
        });
  }

  @Override
  protected void accumulateProducts(double offset, Tensor a, Tensor b, Tensor out) {
    if (out.size() > 0) {
      Scratch.during(
          () -> {
            INDArray factors = Views.of(a).castTo(DataType.DOUBLE).add(offset);
            Views.of(out).addi(factors.mul(Views.of(b).castTo(DataType.DOUBLE)));
          });
    }
  }

  @Override
  protected void addScaled(Tensor alpha, Tensor x, Tensor y) {
    if (y.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray coefficients = Views.of(alpha, alpha.dim(0), 1).castTo(Views.type(y.dtype()));
          Views.matrix(y).addi(Views.matrix(x).mul(coefficients));
        });
  }

  @Override
  protected void combine(double alpha, Tensor x, double beta, Tensor y) {
    if (y.size() > 0) {
      Scratch.during(() -> accumulate(Views.of(x).mul(alpha), beta, Views.of(y)));
    }
  }

  private static INDArray forEachReplica(Tensor operand, int replicas) {
    INDArray view = Views.of(operand);
    return operand.dim(0) == replicas
        ? view
        : view.broadcast(replicas, operand.dim(1), operand.dim(2));
  }

  private static void accumulate(INDArray term, double beta, INDArray target) {
    if (beta == 0) {
      target.assign(term);
    } else {
      scale(target, beta);
      target.addi(term);
    }
  }

  private static void scale(INDArray target, double beta) {
    if (beta == 0) {
      target.assign(0);
    } else if (beta != 1) {
      target.muli(beta);
    }
  }
}
