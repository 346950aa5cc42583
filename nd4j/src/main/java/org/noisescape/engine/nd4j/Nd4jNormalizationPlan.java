package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;
import org.noisescape.tensor.Tensor;

/**
 * Normalisation in float64 as the rules are written, x̂ formed, a replica at a time; all arrays are
 * (M, C), means and deviations repeated for those who share them.
 */
final class Nd4jNormalizationPlan extends NormalizationPlan {
  Nd4jNormalizationPlan(
      DType dtype, int replicas, int rows, int channels, Sharing sharing, double epsilon) {
    super(dtype, replicas, rows, channels, sharing, epsilon);
  }

  /** x̂ and s of one replica, and whether they move with x. */
  private record Normalized(INDArray hat, INDArray inverse, boolean moves) {}

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {
    forEachReplica(
        r -> {
          INDArray values = matrix(x, r);
          INDArray centre = mean(values);
          INDArray deviations = values.sub(centre);
          store(mean(deviations.mul(deviations)), variance, r);
          store(centre, mean, r);
        });
  }

  /** The first row of every set. */
  private void store(INDArray all, Tensor moment, int r) {
    INDArray sets = all.dup('c').reshape(sets(), (long) rows() / sets() * channels());
    moments(moment, r).assign(sets.get(NDArrayIndex.all(), NDArrayIndex.interval(0, channels())));
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
          if (xBar != null) {
            rows(xBar, r).assign(centred(bar.mul(vector(gamma, r)), n).mul(n.inverse()));
          }
          if (gammaBar != null) {
            Sums.store(sum(bar.mul(n.hat())), target(gammaBar, r), accumulation);
            Sums.store(sum(bar), target(betaBar, r), accumulation);
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
            INDArray hatDot = centred(matrix(xDot, r), n).mul(n.inverse());
            sum = sum.add(hatDot.mul(vector(gamma, r)));
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
          INDArray hatDot = centred(dot, n).mul(n.inverse());
          INDArray bar = matrix(yBar, r);
          INDArray barDot = matrix(yBarDot, r);
          INDArray gammaMove = sum(barDot.mul(n.hat()).add(bar.mul(hatDot)));
          INDArray betaMove = sum(barDot);
          if (xBarDot != null) {
            INDArray u = bar.mul(vector(gamma, r));
            INDArray uDot = bar.mul(vector(gammaDot, r)).add(barDot.mul(vector(gamma, r)));
            INDArray inner = centred(uDot, n);
            if (n.moves()) {
              // of −x̂ ⟨u x̂⟩, and ṡ = −s² ⟨x̂ ẋ⟩
              inner.subi(hatDot.mul(mean(u.mul(n.hat()))));
              inner.subi(n.hat().mul(mean(u.mul(hatDot))));
              INDArray decline = mean(n.hat().mul(dot)).mul(n.inverse());
              inner.subi(decline.mul(centred(u, n)));
            }
            rows(xBarDot, r).assign(inner.mul(n.inverse()));
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

  /** v, or v − ⟨v⟩ − x̂ ⟨x̂ v⟩ where the moments move; new. */
  private INDArray centred(INDArray v, Normalized n) {
    return n.moves() ? v.sub(mean(v)).subi(n.hat().mul(mean(n.hat().mul(v)))) : v.dup();
  }

  private Normalized normalized(Tensor x, Moments moments, int r) {
    INDArray inverse = Transforms.sqrt(spread(moments.variance(), r).addi(epsilon()), false);
    inverse.rdivi(1);
    INDArray deviations = matrix(x, r).sub(spread(moments.mean(), r));
    boolean moves = moments.origin() == Moments.Origin.ROWS;
    return new Normalized(deviations.muli(inverse), inverse, moves);
  }

  /** A moment (sets, C) for every row, new. */
  private INDArray spread(Tensor moment, int r) {
    return moments(moment, r)
        .castTo(DataType.DOUBLE)
        .dup('c')
        .reshape(sets(), 1, channels())
        .broadcast(sets(), rows() / sets(), channels())
        .dup('c')
        .reshape(rows(), channels());
  }

  /** For every element the mean over those who share its moments, new. */
  private INDArray mean(INDArray x) {
    long[] shape = {sets(), rows() / sets(), groups(), channels() / groups()};
    return x.dup('c')
        .reshape(shape)
        .mean(true, 1, 3)
        .broadcast(shape)
        .dup('c')
        .reshape(rows(), channels());
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

  private INDArray moments(Tensor moment, int r) {
    return Views.row(moment, r, sets(), channels());
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
