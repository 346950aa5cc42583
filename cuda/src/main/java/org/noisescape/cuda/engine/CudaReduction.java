package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tensor;

/**
 * Sums by {@code reduction.cu}: a block a row; of long rows a block a part, then the parts. The
 * parts depend on a row's length only, not on the replicas beside it.
 */
final class CudaReduction extends Reduction {
  private static final int MAXIMAL_PARTS = 1024;
  private static final int MAXIMAL_THREADS = 1024;

  /** Elements that one block sums alone. */
  private static final long ONE_BLOCK = 1 << 14;

  /** Elements of a part at least; a part of a count has so many threads' worth of samples. */
  private static final long PART = 1 << 13;

  /** Samples that a group of threads compares at least before others help. */
  private static final int GROUP_SAMPLES = 16;

  private final Device device;
  private final long scratchBytes;
  private final KernelPair rowSums;
  private final KernelPair totals;
  private final KernelPair sampleDots;
  private final KernelPair gradientNorms;
  private final KernelPair countCorrect;

  CudaReduction(Device device) {
    this(device, Device.SCRATCH_BYTES);
  }

  /** With less of the scratch memory than there is. */
  CudaReduction(Device device, long scratchBytes) {
    this.device = device;
    this.scratchBytes = scratchBytes;
    rowSums = new KernelPair(device, "reduction", "row_sums");
    totals = new KernelPair(device, "reduction", "row_totals");
    sampleDots = new KernelPair(device, "reduction", "sample_dots");
    gradientNorms = new KernelPair(device, "reduction", "dense_gradient_norms");
    countCorrect = new KernelPair(device, "reduction", "count_correct");
  }

  @Override
  protected void computeSum(Tensor x, Tensor out, Accumulation accumulation) {
    rowSums(x, null, out, accumulation);
  }

  @Override
  protected void computeDot(Tensor x, Tensor y, Tensor out) {
    rowSums(x, y, out, Accumulation.OVERWRITE);
  }

  private void rowSums(Tensor x, Tensor y, Tensor out, Accumulation accumulation) {
    long width = x.rowSize();
    int parts = width <= ONE_BLOCK ? 1 : (int) Math.min((width - 1) / PART + 1, MAXIMAL_PARTS);
    // whole packs, so that parts are aligned where rows are
    long chunk = Math.max(4, ((width + parts - 1) / parts + 3) / 4 * 4);
    int threads = parts > 1 ? Kernel.THREADS : threads(x.dtype(), width);
    int most = replicasAtOnce(parts, x.dim(0));
    for (int first = 0; first < x.dim(0); first += most) {
      int count = Math.min(most, x.dim(0) - first);
      Kernel kernel =
          rowSums
              .of(x.dtype())
              .with(Address.row(x, first))
              .with(Address.stride(x))
              .with(y == null ? 0 : Address.row(y, first))
              .with(Address.stride(y))
              .with(width)
              .with(chunk);
      target(kernel, parts, out, first, accumulation)
          .with(count)
          .launch(parts, Kernel.gridRows(count), 1, threads, 0);
      addParts(parts, out, first, count, accumulation);
    }
  }

  /** Threads of the block that sums a row alone, a pack each at a time. */
  static int threads(DType dtype, long width) {
    return Math.max(32, Lanes.powerOfTwo(Packs.count(dtype, width), MAXIMAL_THREADS));
  }

  @Override
  protected void computeCorrect(
      Tensor output, Tensor target, int valid, Tensor out, Accumulation accumulation) {
    int classes = output.dim(2);
    int lanes = classes == 1 ? 1 : Lanes.ofWarp(classes);
    long samples = (long) GROUP_SAMPLES * MAXIMAL_THREADS / lanes;
    int threads = Kernel.THREADS;
    int parts = 1;
    if (valid <= samples) {
      threads = Math.max(32, Lanes.powerOfTwo((long) valid * lanes, MAXIMAL_THREADS));
    } else {
      parts = (int) Math.min(((long) valid * lanes - 1) / PART + 1, MAXIMAL_PARTS);
    }
    int most = replicasAtOnce(parts, output.dim(0));
    for (int first = 0; first < output.dim(0); first += most) {
      int count = Math.min(most, output.dim(0) - first);
      Kernel kernel =
          countCorrect
              .of(output.dtype())
              .with(Address.row(output, first))
              .with(Address.stride(output))
              .with(Address.row(target, first))
              .with(Address.stride(target));
      target(kernel, parts, out, first, accumulation)
          .with(valid)
          .with(classes)
          .with(lanes)
          .with(count)
          .launch(parts, Kernel.gridRows(count), 1, threads, 0);
      addParts(parts, out, first, count, accumulation);
    }
  }

  /** Replicas whose parts fit into the scratch memory together. */
  private int replicasAtOnce(int parts, int replicas) {
    long most = scratchBytes / ((long) parts * Double.BYTES);
    return Math.max(1, parts == 1 ? replicas : (int) Math.min(most, replicas));
  }

  /** Where a kernel's sums go: to the output, or in parts to the scratch memory. */
  private Kernel target(
      Kernel kernel, int parts, Tensor out, int first, Accumulation accumulation) {
    boolean alone = parts == 1;
    return kernel
        .with(alone ? Address.row(out, first) : device.scratch())
        .with(alone ? Address.stride(out) : (long) parts)
        .with(alone && accumulation == Accumulation.ADD ? 1 : 0);
  }

  private void addParts(int parts, Tensor out, int first, int count, Accumulation accumulation) {
    if (parts > 1) {
      totals
          .single()
          .with(device.scratch())
          .with(parts)
          .with(Address.row(out, first))
          .with(Address.stride(out))
          .with(accumulation == Accumulation.ADD ? 1 : 0)
          .with(count)
          .over(1, count);
    }
  }

  @Override
  protected void computeSampleDots(Tensor x, Tensor y, Tensor out) {
    int lanes = Lanes.warpOrBlock(x.dim(2));
    sampleDots
        .of(x.dtype())
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(Address.of(y))
        .with(Address.stride(y))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(x.dim(1))
        .with(x.dim(2))
        .with(lanes)
        .with(x.dim(0))
        .overGroups(x.dim(1), lanes, x.dim(0));
  }

  @Override
  protected void computeDenseGradientNorms(Tensor x, Tensor yBar, Tensor norms) {
    int lanes = Lanes.warpOrBlock(Math.max(x.dim(2), yBar.dim(2)));
    gradientNorms
        .of(x.dtype())
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(Address.of(yBar))
        .with(Address.stride(yBar))
        .with(Address.of(norms))
        .with(Address.stride(norms))
        .with(x.dim(1))
        .with(x.dim(2))
        .with(yBar.dim(2))
        .with(lanes)
        .with(x.dim(0))
        .overGroups(x.dim(1), lanes, x.dim(0));
  }
}
