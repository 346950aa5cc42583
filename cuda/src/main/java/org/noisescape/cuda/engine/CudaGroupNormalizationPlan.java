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
 * Normalisation by sets and groups: sums of channels over each set's rows, the coefficients of each
 * set's channels from the sums of their group, one combination of the arrays with those.
 *
 * <p>For sums and combinations a set is what a replica is in {@link CudaNormalizationPlan}: all
 * sets of all replicas at once where no replica's rows lie apart from the next one's, else replica
 * by replica.
 */
final class CudaGroupNormalizationPlan extends NormalizationPlan {
  private static final String FILE = "group_normalization";

  /** Of ȳ, ȳ d, ȳ̇, ȳ̇ d, ẋ, ẋ d and ẋ ȳ. */
  private static final int MOVING_SUMS = 7;

  private final Device device;
  private final CudaArena arena;
  private final NormalizationKernels whole;
  private final NormalizationKernels single;
  private final KernelPair powerSums;
  private final KernelPair centredSums;
  private final KernelPair movingSums;
  private final KernelPair samples;
  private final KernelPair moments;
  private final KernelPair backward;
  private final KernelPair tangent;
  private final KernelPair backwardTangent;
  private final KernelPair affineTotals;
  private final int lanes;
  private final long affineAt;
  private final long factorsAt;

  CudaGroupNormalizationPlan(
      Device device,
      DType dtype,
      int replicas,
      int rows,
      int channels,
      Sharing sharing,
      double epsilon,
      CudaArena arena) {
    super(dtype, replicas, rows, channels, sharing, epsilon);
    this.device = device;
    this.arena = arena;
    whole = new NormalizationKernels(device, dtype, replicas * sets(), setRows(), channels);
    single = new NormalizationKernels(device, dtype, sets(), setRows(), channels);
    powerSums = whole.kernel("power_sums");
    centredSums = whole.kernel("centred_sums");
    movingSums = whole.kernel("moving_sums");
    samples = whole.kernel("normalized_samples");
    moments = kernel("group_moments");
    backward = kernel("group_backward_coefficients");
    tangent = kernel("group_tangent_coefficients");
    backwardTangent = kernel("group_backward_tangent_coefficients");
    affineTotals = kernel("group_affine_totals");
    lanes = Lanes.warpOrBlock(channels / groups());
    long each = (long) replicas * sets() * channels;
    affineAt = UnfoldMemory.aligned(Double.BYTES * each * whole.parts() * MOVING_SUMS);
    factorsAt = affineAt + UnfoldMemory.aligned(Double.BYTES * 2 * each);
    arena.shareScratch(factorsAt + each * NormalizationKernels.TERMS * dtype.bytes());
  }

  private KernelPair kernel(String name) {
    return new KernelPair(device, FILE, name);
  }

  private int setRows() {
    return rows() / sets();
  }

  /** What is done with the sets of a run of replicas. */
  private interface Launch {
    void of(NormalizationKernels kernels, int first);
  }

  /** All replicas at once, or one by one where arrays have gaps. */
  private void eachRun(Launch launch, Tensor... arrays) {
    boolean gaps = false;
    for (Tensor array : arrays) {
      gaps |= array != null && !array.isContiguous();
    }
    if (!gaps) {
      launch.of(whole, 0);
      return;
    }
    for (int r = 0; r < replicas(); r++) {
      launch.of(single, r);
    }
  }

  /** A replica's array by sets; nothing for none. */
  private Kernel sets(Kernel kernel, Tensor tensor, int first, long width) {
    return tensor == null
        ? kernel.with(0L).with(0L)
        : kernel.with(Address.row(tensor, first)).with(width);
  }

  private Kernel rows(Kernel kernel, Tensor tensor, int first) {
    return sets(kernel, tensor, first, (long) setRows() * channels());
  }

  private Kernel moment(Kernel kernel, Tensor tensor, int first) {
    return sets(kernel, tensor, first, channels());
  }

  private long partial(int first, int sums) {
    long each = (long) sets() * whole.parts() * sums * channels();
    return arena.scratch() + Double.BYTES * each * first;
  }

  private long factors(int first) {
    long each = (long) sets() * NormalizationKernels.TERMS * channels();
    return arena.scratch() + factorsAt + each * first * dtype().bytes();
  }

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {
    eachRun(
        (kernels, first) -> {
          Kernel sums = powerSums.of(dtype());
          kernels.sums(rows(sums, x, first), partial(first, 2));
        },
        x);
    Kernel kernel = moments.of(dtype()).with(arena.scratch()).with(whole.parts());
    finish(with(with(with(kernel, x), mean), variance));
  }

  @Override
  protected void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {
    tangentCoefficients(0, moments, gamma, gamma, beta);
    combine(activation, x, null, null, null, y);
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
    centredSums(x, moments, yBar);
    Kernel kernel = constants(backward, whole.parts(), moments, gamma);
    finish(kernel.with(arena.scratch() + affineAt).with(coupled ? 1 : 0).with(factors(0)));
    if (xBar != null) {
      combine(Activation.IDENTITY, coupled ? x : null, null, yBar, null, xBar);
    }
    if (gammaBar != null) {
      deliver(gammaBar, betaBar, accumulation);
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
    tangentCoefficients(coupled ? whole.parts() : 0, moments, gamma, gammaDot, betaDot);
    combine(Activation.IDENTITY, x, xDot, null, null, yDot);
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
    eachRun(
        (kernels, first) -> {
          Kernel sums = rows(movingSums.of(dtype()), x, first);
          rows(
              rows(rows(moment(sums, moments.mean(), first), xDot, first), yBar, first),
              yBarDot,
              first);
          kernels.sums(sums, partial(first, MOVING_SUMS));
        },
        x,
        moments.mean(),
        xDot,
        yBar,
        yBarDot);
    boolean coupled = moments.origin() == Moments.Origin.ROWS;
    Kernel kernel = with(constants(backwardTangent, whole.parts(), moments, gamma), gammaDot);
    finish(kernel.with(arena.scratch() + affineAt).with(coupled ? 1 : 0).with(factors(0)));
    if (xBarDot != null) {
      Tensor ownX = coupled ? x : null;
      Tensor ownDot = coupled ? xDot : null;
      combine(Activation.IDENTITY, ownX, ownDot, yBar, yBarDot, xBarDot);
    }
    deliver(gammaBarDot, betaBarDot, accumulation);
  }

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {
    int each = samples.dim(1) / sets();
    long width = (long) each * 2 * channels();
    eachRun(
        (kernels, first) -> {
          Kernel kernel = rows(this.samples.of(dtype()), x, first);
          moment(moment(kernel, moments.mean(), first), moments.variance(), first);
          rows(kernel.with(epsilon()), yBar, first);
          kernels.samples(kernel, each, Address.row(samples, first), width);
        },
        x,
        moments.mean(),
        moments.variance(),
        yBar,
        samples);
  }

  private void centredSums(Tensor x, Moments moments, Tensor a) {
    eachRun(
        (kernels, first) -> {
          Kernel sums = rows(centredSums.of(dtype()), x, first);
          rows(moment(sums, moments.mean(), first), a, first);
          kernels.sums(sums, partial(first, 2));
        },
        x,
        moments.mean(),
        a);
  }

  private void tangentCoefficients(
      int parts, Moments moments, Tensor gamma, Tensor gammaDot, Tensor betaDot) {
    Kernel kernel = constants(tangent, parts, moments, gamma);
    finish(with(with(kernel, gammaDot), betaDot).with(factors(0)));
  }

  private void combine(
      Activation activation, Tensor x, Tensor xDot, Tensor yBar, Tensor yBarDot, Tensor out) {
    eachRun(
        (kernels, first) -> {
          Kernel kernel = kernels.combination(activation, factors(first));
          rows(rows(rows(rows(kernel, x, first), xDot, first), yBar, first), yBarDot, first);
          kernels.combine(rows(kernel, out, first));
        },
        x,
        xDot,
        yBar,
        yBarDot,
        out);
  }

  private void deliver(Tensor gammaBar, Tensor betaBar, Accumulation accumulation) {
    Kernel kernel =
        affineTotals.of(dtype()).with(arena.scratch() + affineAt).with(sets()).with(channels());
    with(with(kernel, gammaBar), betaBar)
        .with(accumulation == Accumulation.ADD ? 1 : 0)
        .with(replicas())
        .over(2L * channels(), replicas());
  }

  /** The arguments with which kernels of coefficients begin. */
  private Kernel constants(KernelPair pair, int parts, Moments moments, Tensor gamma) {
    Kernel kernel = pair.of(dtype()).with(arena.scratch()).with(parts);
    with(with(kernel, moments.mean()), moments.variance());
    return with(kernel.with(epsilon()), gamma);
  }

  /** The arguments with which they end, and their launch. */
  private void finish(Kernel kernel) {
    long count = (long) sets() * groups();
    kernel
        .with((long) setRows())
        .with(channels())
        .with(sets())
        .with(groups())
        .with(lanes)
        .with(replicas())
        .overGroups(count, lanes, replicas());
  }

  private static Kernel with(Kernel kernel, Tensor tensor) {
    return NormalizationKernels.with(kernel, tensor);
  }
}
