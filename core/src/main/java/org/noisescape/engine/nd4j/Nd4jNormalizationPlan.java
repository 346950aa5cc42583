package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Tensor;

/** Normalisation in float64 as the rules are written, x̂ formed, a replica at a time. */
final class Nd4jNormalizationPlan extends NormalizationPlan {
  Nd4jNormalizationPlan(DType dtype, int replicas, int rows, int channels, double epsilon) {
    super(dtype, replicas, rows, channels, epsilon);
  }

  /** x̂ (M, C) and s (1, C) of one replica. */
  private record Normalized(INDArray hat, INDArray inverse) {}

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {
    forEachReplica(
        r -> {
          INDArray values = matrix(x, r);
          INDArray centre = mean(values);
          INDArray deviations = values.sub(centre);
          target(variance, r).assign(mean(deviations.mul(deviations)));
          target(mean, r).assign(centre);
        });
  }

  @Override
  protected void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {
    forEachReplica(
        r -> {
          INDArray hat = normalized(x, moments, r).hat();
          INDArray before = hat.mul(vector(gamma, r)).add(vector(beta, r));
          rows(y, r).assign(Activations.value(activation, before));
        });
  }

  @Override
  protected void computeBackward(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor yBar,
      Tensor xBar,
      Tensor gammaBar,
      Tensor betaBar,
      Accumulation accumulation) {
    forEachReplica(
        r -> {
          Normalized n = normalized(x, moments, r);
          INDArray bar = matrix(yBar, r);
          INDArray ofGamma = sum(bar.mul(n.hat()));
          INDArray ofBeta = sum(bar);
          if (xBar != null) {
            INDArray inner = moving(moments) ? centred(bar, ofBeta, n.hat(), ofGamma) : bar;
            rows(xBar, r).assign(inner.mul(vector(gamma, r).mul(n.inverse())));
          }
          if (gammaBar != null) {
            Sums.store(ofGamma, target(gammaBar, r), accumulation);
            Sums.store(ofBeta, target(betaBar, r), accumulation);
          }
        });
  }

  @Override
  protected void computeTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor betaDot,
      Tensor yDot) {
    forEachReplica(
        r -> {
          Normalized n = normalized(x, moments, r);
          INDArray sum = n.hat().mul(vector(gammaDot, r)).add(vector(betaDot, r));
          if (xDot != null) {
            INDArray move = hatTangent(n, matrix(xDot, r), moments);
            sum = sum.add(move.mul(vector(gamma, r)));
          }
          rows(yDot, r).assign(sum);
        });
  }

  @Override
  protected void computeBackwardTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor xBarDot,
      Tensor gammaBarDot,
      Tensor betaBarDot,
      Accumulation accumulation) {
    forEachReplica(
        r -> {
          Normalized n = normalized(x, moments, r);
          INDArray dot = xDot == null ? n.hat().mul(0) : matrix(xDot, r);
          INDArray hatDot = hatTangent(n, dot, moments);
          INDArray bar = matrix(yBar, r);
          INDArray barDot = matrix(yBarDot, r);
          INDArray gammaSum = sum(bar.mul(n.hat()));
          INDArray gammaMove = sum(barDot.mul(n.hat()).add(bar.mul(hatDot)));
          INDArray betaMove = sum(barDot);
          if (xBarDot != null) {
            INDArray scale = vector(gamma, r).mul(n.inverse());
            INDArray scaleDot = vector(gammaDot, r).mul(n.inverse());
            INDArray inner = bar;
            INDArray innerDot = barDot;
            if (moving(moments)) {
              // ṡ = −s² ⟨x̂ ẋ⟩
              INDArray decline = mean(n.hat().mul(dot)).mul(n.inverse());
              scaleDot = scaleDot.sub(scale.mul(decline));
              inner = centred(bar, sum(bar), n.hat(), gammaSum);
              innerDot =
                  centred(barDot, betaMove, n.hat(), gammaMove)
                      .sub(hatDot.mul(gammaSum).div(rows()));
            }
            rows(xBarDot, r).assign(inner.mul(scaleDot).add(innerDot.mul(scale)));
          }
          Sums.store(gammaMove, target(gammaBarDot, r), accumulation);
          Sums.store(betaMove, target(betaBarDot, r), accumulation);
        });
  }

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {
    int count = samples.dim(1);
    long each = rows() / count;
    forEachReplica(
        r -> {
          INDArray bar = matrix(yBar, r);
          INDArray products = bar.mul(normalized(x, moments, r).hat());
          INDArray ofGamma = products.dup('c').reshape(count, each, channels()).sum(1);
          INDArray ofBeta = bar.dup('c').reshape(count, each, channels()).sum(1);
          Views.row(samples, r, count, 2L * channels()).assign(Nd4j.concat(1, ofGamma, ofBeta));
        });
  }

  /** x̂̇: s ẋ, and for moments of the rows s (ẋ − ⟨ẋ⟩ − x̂ ⟨x̂ ẋ⟩). */
  private INDArray hatTangent(Normalized n, INDArray xDot, Moments moments) {
    INDArray inner =
        moving(moments) ? centred(xDot, sum(xDot), n.hat(), sum(n.hat().mul(xDot))) : xDot;
    return inner.mul(n.inverse());
  }

  /** v − [sum + x̂ product]/M. */
  private INDArray centred(INDArray v, INDArray sum, INDArray hat, INDArray product) {
    return v.sub(hat.mul(product).add(sum).div(rows()));
  }

  private Normalized normalized(Tensor x, Moments moments, int r) {
    INDArray inverse = Transforms.sqrt(vector(moments.variance(), r).add(epsilon()), true);
    inverse = inverse.rdiv(1);
    INDArray deviations = matrix(x, r).sub(vector(moments.mean(), r));
    return new Normalized(deviations.mul(inverse), inverse);
  }

  private static boolean moving(Moments moments) {
    return moments.origin() == Moments.Origin.ROWS;
  }

  private INDArray mean(INDArray x) {
    return sum(x).div(rows());
  }

  private static INDArray sum(INDArray x) {
    return x.sum(true, 0);
  }

  private INDArray matrix(Tensor x, int r) {
    return rows(x, r).castTo(DataType.DOUBLE);
  }

  private INDArray rows(Tensor x, int r) {
    return Views.row(x, r, rows(), channels());
  }

  private INDArray vector(Tensor v, int r) {
    return target(v, r).castTo(DataType.DOUBLE);
  }

  private INDArray target(Tensor v, int r) {
    return Views.row(v, r, 1, channels());
  }

  private interface ReplicaWork {
    void of(int replica);
  }

  private void forEachReplica(ReplicaWork work) {
    for (int r = 0; r < replicas(); r++) {
      int replica = r;
      Scratch.during(() -> work.of(replica));
    }
  }
}
