package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;
import org.noisescape.tensor.Tensor;

/**
 * Normalisation in three kernels, all replicas at once: sums of channels over parts of the rows,
 * the coefficients of each channel from them, one combination of the arrays with those.
 *
 * <p>Without sums the first kernel falls away. Sums and coefficients lie in the arena's scratch
 * memory.
 */
final class CudaNormalizationPlan extends NormalizationPlan {
  /** Of ȳ, ȳ d, ȳ̇, ȳ̇ d, ẋ, ẋ d and ẋ ȳ. */
  private static final int MOVING_SUMS = 7;

  private final CudaArena arena;
  private final NormalizationKernels kernels;
  private final KernelPair powerSums;
  private final KernelPair centredSums;
  private final KernelPair movingSums;
  private final KernelPair moments;
  private final KernelPair backward;
  private final KernelPair tangent;
  private final KernelPair backwardTangent;
  private final KernelPair samples;
  private final long factorsAt;

  CudaNormalizationPlan(
      Device device,
      DType dtype,
      int replicas,
      int rows,
      int channels,
      double epsilon,
      CudaArena arena) {
    super(dtype, replicas, rows, channels, Sharing.ofBatch(channels), epsilon);
    this.arena = arena;
    kernels = new NormalizationKernels(device, dtype, replicas, rows, channels);
    powerSums = kernels.kernel("power_sums");
    centredSums = kernels.kernel("centred_sums");
    movingSums = kernels.kernel("moving_sums");
    moments = kernels.kernel("moments");
    backward = kernels.kernel("backward_coefficients");
    tangent = kernels.kernel("tangent_coefficients");
    backwardTangent = kernels.kernel("backward_tangent_coefficients");
    samples = kernels.kernel("normalized_samples");
    long each = (long) replicas * channels;
    factorsAt = UnfoldMemory.aligned(Double.BYTES * each * kernels.parts() * MOVING_SUMS);
    arena.shareScratch(factorsAt + each * NormalizationKernels.TERMS * dtype.bytes());
  }

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {
    computeTracked(x, mean, variance, null, null, 0);
  }

  @Override
  protected void computeTracked(
      Tensor x,
      Tensor mean,
      Tensor variance,
      Tensor runningMean,
      Tensor runningVariance,
      double momentum) {
    kernels.sums(with(powerSums.of(dtype()), x), arena.scratch());
    Kernel kernel = moments.of(dtype()).with(arena.scratch()).with(kernels.parts());
    with(with(with(kernel, x), mean), variance);
    with(with(kernel, runningMean), runningVariance);
    kernels.finish(kernel.with(momentum).with(momentum * unbiased()).with(1 - momentum));
  }

  @Override
  protected void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {
    tangentCoefficients(0, moments, gamma, gamma, beta);
    kernels.combine(activation, factors(), x, null, null, null, y);
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
    boolean coupled = moments.origin() == Moments.Origin.ROWS;
    boolean summed = coupled || gammaBar != null;
    if (summed) {
      centredSums(x, moments, yBar);
    }
    Kernel kernel = constants(backward, summed ? kernels.parts() : 0, moments, gamma);
    with(with(kernel, gammaBar), betaBar).with(flag(accumulation)).with(coupled ? 1 : 0);
    kernels.finish(kernel.with(factors()));
    if (xBar != null) {
      kernels.combine(Activation.IDENTITY, factors(), coupled ? x : null, null, yBar, null, xBar);
    }
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
    boolean coupled = moments.origin() == Moments.Origin.ROWS && xDot != null;
    if (coupled) {
      centredSums(x, moments, xDot);
    }
    tangentCoefficients(coupled ? kernels.parts() : 0, moments, gamma, gammaDot, betaDot);
    kernels.combine(Activation.IDENTITY, factors(), x, xDot, null, null, yDot);
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
    Kernel sums = with(with(movingSums.of(dtype()), x), moments.mean());
    kernels.sums(with(with(with(sums, xDot), yBar), yBarDot), arena.scratch());
    boolean coupled = moments.origin() == Moments.Origin.ROWS;
    Kernel kernel = constants(backwardTangent, kernels.parts(), moments, gamma);
    with(with(with(kernel, gammaDot), gammaBarDot), betaBarDot);
    kernels.finish(kernel.with(flag(accumulation)).with(coupled ? 1 : 0).with(factors()));
    if (xBarDot != null) {
      Tensor ownX = coupled ? x : null;
      Tensor ownDot = coupled ? xDot : null;
      kernels.combine(Activation.IDENTITY, factors(), ownX, ownDot, yBar, yBarDot, xBarDot);
    }
  }

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor rows) {
    Kernel kernel = with(with(samples.of(dtype()), x), moments.mean());
    with(with(kernel, moments.variance()).with(epsilon()), yBar);
    kernels.samples(kernel, rows);
  }

  private void centredSums(Tensor x, Moments moments, Tensor a) {
    Kernel kernel = with(with(centredSums.of(dtype()), x), moments.mean());
    kernels.sums(with(kernel, a), arena.scratch());
  }

  private void tangentCoefficients(
      int parts, Moments moments, Tensor gamma, Tensor gammaDot, Tensor betaDot) {
    Kernel kernel = constants(tangent, parts, moments, gamma);
    kernels.finish(with(with(kernel, gammaDot), betaDot).with(factors()));
  }

  /** The arguments with which kernels of coefficients begin. */
  private Kernel constants(KernelPair pair, int parts, Moments moments, Tensor gamma) {
    Kernel kernel = pair.of(dtype()).with(arena.scratch()).with(parts);
    with(with(kernel, moments.mean()), moments.variance());
    return with(kernel.with(epsilon()), gamma);
  }

  private long factors() {
    return arena.scratch() + factorsAt;
  }

  private static int flag(Accumulation accumulation) {
    return accumulation == Accumulation.ADD ? 1 : 0;
  }

  private static Kernel with(Kernel kernel, Tensor tensor) {
    return NormalizationKernels.with(kernel, tensor);
  }
}
