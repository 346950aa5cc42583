package org.noisescape.cuda.engine;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;
import org.noisescape.tensor.Tensor;

/** A normalisation that knows its sizes and computes nothing. */
final class MuteNormalization extends NormalizationPlan {
  MuteNormalization(
      DType dtype, int replicas, int rows, int channels, Sharing sharing, double epsilon) {
    super(dtype, replicas, rows, channels, sharing, epsilon);
  }

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {}

  @Override
  protected void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {}

  @Override
  protected void computeBackward(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor yBar,
      Tensor xBar,
      Tensor gammaBar,
      Tensor betaBar,
      Accumulation accumulation) {}

  @Override
  protected void computeTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor betaDot,
      Tensor yDot) {}

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
      Accumulation accumulation) {}

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {}
}
