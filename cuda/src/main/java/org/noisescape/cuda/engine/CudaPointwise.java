package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Elementwise;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.LossTally;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Tensor;

/**
 * Activations by {@code pointwise.cu}, losses by {@code losses.cu}, filters by {@code vectors.cu}.
 */
final class CudaPointwise extends Pointwise {
  private static final int WARP = 32;

  /** Threads of a block of losses at most. */
  private static final int LOSS_THREADS = 1024;

  /** Lanes' worth of losses that one block computes in less time than a further kernel takes. */
  private static final int TALLIED_LANES = 4 * LOSS_THREADS;

  private final KernelPair biasActivation;
  private final KernelPair activation;
  private final KernelPair backward;
  private final KernelPair backwardBias;
  private final KernelPair elementwise;
  private final KernelPair filter;
  private final KernelPair squaredError;
  private final KernelPair crossEntropy;
  private final ColumnSums columns;

  CudaPointwise(Device device) {
    this(device, Device.SCRATCH_BYTES);
  }

  /** With less of the scratch memory than there is. */
  CudaPointwise(Device device, long scratchBytes) {
    biasActivation = new KernelPair(device, "pointwise", "bias_activation");
    activation = new KernelPair(device, "pointwise", "activation");
    backward = new KernelPair(device, "pointwise", "activation_backward");
    backwardBias = new KernelPair(device, "pointwise", "activation_backward_bias");
    elementwise = new KernelPair(device, "pointwise", "elementwise");
    filter = new KernelPair(device, "vectors", "filter");
    squaredError = new KernelPair(device, "losses", "squared_error");
    crossEntropy = new KernelPair(device, "losses", "softmax_cross_entropy");
    columns = new ColumnSums(device, scratchBytes);
  }

  @Override
  protected void addBiasAndActivate(Activation chosen, Tensor bias, Tensor x) {
    biasActivation
        .of(x.dtype())
        .with(chosen.ordinal())
        .with(Address.of(bias))
        .with(Address.stride(bias))
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(x.rowSize())
        .with(x.dim(2))
        .with(x.dim(0))
        .over(Packs.count(x.dtype(), x.rowSize()), x.dim(0));
  }

  @Override
  protected void applyActivation(Activation chosen, Tensor x, Tensor y) {
    if (chosen != Activation.IDENTITY || x != y) {
      each(activation, chosen, x, y);
    }
  }

  @Override
  protected void applyActivationBackward(
      Activation chosen, Tensor y, Tensor yBar, Tensor biasBar, Accumulation accumulation) {
    if (biasBar == null) {
      if (chosen != Activation.IDENTITY) {
        each(backward, chosen, y, yBar);
      }
      return;
    }
    int replicas = yBar.dim(0);
    columns.plan(yBar);
    int most = columns.replicasAtOnce();
    for (int first = 0; first < replicas; first += most) {
      int count = Math.min(most, replicas - first);
      Kernel kernel =
          backwardBias
              .of(yBar.dtype())
              .with(chosen.ordinal())
              .with(Address.row(y, first))
              .with(Address.stride(y))
              .with(Address.row(yBar, first))
              .with(Address.stride(yBar));
      columns.launch(kernel, biasBar, accumulation, first, count);
    }
  }

  @Override
  protected void computeElements(Elementwise operation, Tensor a, Tensor b, Tensor out) {
    boolean whole = a.isContiguous() && b.isContiguous() && out.isContiguous();
    long width = whole ? out.size() : out.rowSize();
    int rows = whole ? 1 : out.dim(0);
    elementwise
        .of(out.dtype())
        .with(operation.ordinal())
        .with(Address.of(a))
        .with(Address.stride(a))
        .with(Address.of(b))
        .with(Address.stride(b))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(width)
        .with(rows)
        .over(Packs.count(out.dtype(), width), rows);
  }

  @Override
  protected void computeFilter(FilterMap map, Tensor weights, Tensor u, Tensor m, Tensor v) {
    filter
        .of(u.dtype())
        .with(map.ordinal())
        .with(Address.of(weights))
        .with(Address.stride(weights))
        .with(Address.of(u))
        .with(Address.stride(u))
        .with(Address.orNull(m))
        .with(Address.stride(m))
        .with(Address.orNull(v))
        .with(Address.stride(v))
        .with(u.rowSize())
        .with(u.dim(0))
        .over(Packs.count(u.dtype(), u.rowSize()), u.dim(0));
  }

  /** Elements of x to those of y; without gaps between replicas as one row. */
  private static void each(KernelPair kernel, Activation chosen, Tensor x, Tensor y) {
    boolean whole = x.isContiguous() && y.isContiguous();
    long width = whole ? y.size() : y.rowSize();
    int rows = whole ? 1 : y.dim(0);
    kernel
        .of(y.dtype())
        .with(chosen.ordinal())
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(Address.of(y))
        .with(Address.stride(y))
        .with(width)
        .with(rows)
        .over(Packs.count(y.dtype(), width), rows);
  }

  @Override
  protected void computeSquaredError(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    loss(squaredError, output, target, valid, scale, losses, outputBar, null);
  }

  @Override
  protected void computeSquaredError(
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    loss(squaredError, output, target, valid, scale, losses, outputBar, tally);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    loss(crossEntropy, output, target, valid, scale, losses, outputBar, null);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    loss(crossEntropy, output, target, valid, scale, losses, outputBar, tally);
  }

  /** With a tally a block a replica, which sums its losses too, as long as that is quick. */
  private static void loss(
      KernelPair kernel,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar,
      LossTally tally) {
    int replicas = output.dim(0);
    int samples = output.dim(1);
    int lanes = Lanes.warpOrBlock(output.dim(2));
    boolean counts = tally != null && lanes <= WARP && (long) samples * lanes <= TALLIED_LANES;
    int sumLanes = CudaReduction.threads(DType.FLOAT64, samples);
    Kernel begun =
        kernel
            .of(output.dtype())
            .with(Address.of(output))
            .with(Address.stride(output))
            .with(Address.of(target))
            .with(Address.stride(target))
            .with(Address.of(scale))
            .with(Address.stride(scale))
            .with(Address.of(losses))
            .with(Address.stride(losses))
            .with(Address.orNull(outputBar))
            .with(Address.stride(outputBar));
    tally(begun, counts ? tally : null, sumLanes);
    begun.with(valid).with(samples).with(output.dim(2)).with(lanes).with(replicas);
    if (counts) {
      int threads = Math.max(sumLanes, Lanes.powerOfTwo((long) samples * lanes, LOSS_THREADS));
      begun.launch(1, Kernel.gridRows(replicas), 1, threads, 0);
      return;
    }
    begun.overGroups(samples, lanes, replicas);
    if (tally != null) {
      tally.add(losses);
    }
  }

  private static void tally(Kernel kernel, LossTally tally, int sumLanes) {
    kernel
        .with(tally == null ? 0L : Address.of(tally.sums()))
        .with(tally == null ? 0L : Address.stride(tally.sums()))
        .with(sumLanes)
        .with(tally == null ? 0L : Address.of(tally.step()))
        .with(tally == null ? 0L : tally.step().leadingStride())
        .with(tally == null ? 0L : Address.of(tally.next()))
        .with(tally == null ? 0L : tally.next().leadingStride());
  }
}
