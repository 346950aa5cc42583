package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/**
 * How columns of (R, M, C) tensors are summed: in one kernel where M is small; else parts of the
 * rows by different blocks, then the parts by a second kernel.
 *
 * <p>The order of a sum depends on M and C only, not on the replicas beside it.
 */
final class ColumnSums {
  private static final int TILE = 32;
  private static final int MAXIMAL_THREADS = 1024;
  private static final int PART_THREADS = 256;

  /** Rows that a thread sums at least before its column is shared among blocks. */
  private static final int THREAD_ROWS = 16;

  /** Rows that the kernel loads at once. */
  private static final int ROWS_AT_ONCE = 4;

  /** Blocks that fill the largest GPU. */
  private static final int BLOCKS = 1024;

  private final Device device;
  private final long scratchBytes;
  private final KernelPair totals;
  private int replicas;
  private int rows;
  private int columns;
  private int width;
  private int threads;
  private int rowBlocks;

  ColumnSums(Device device, long scratchBytes) {
    this.device = device;
    this.scratchBytes = scratchBytes;
    totals = new KernelPair(device, "pointwise", "column_totals");
  }

  /** Chooses tiles for tensors of a shape. */
  void plan(Tensor matrices) {
    replicas = matrices.dim(0);
    rows = matrices.dim(1);
    columns = matrices.dim(2);
    width = Lanes.powerOfTwo(columns, TILE);
    if (rows <= (long) THREAD_ROWS * MAXIMAL_THREADS / width) {
      threads = Lanes.powerOfTwo((long) rows * width / ROWS_AT_ONCE, MAXIMAL_THREADS);
      threads = Math.max(threads, 2 * TILE);
      rowBlocks = 1;
    } else {
      threads = PART_THREADS;
      int height = threads / width;
      int wanted = (rows - 1) / (THREAD_ROWS * height) + 1;
      rowBlocks = Math.min(wanted, Math.max(1, BLOCKS / tiles()));
    }
  }

  /** Replicas whose parts fit into the scratch memory together. */
  int replicasAtOnce() {
    long bytes = (long) columns * rowBlocks * Double.BYTES;
    long most = rowBlocks == 1 ? replicas : Math.min(replicas, scratchBytes / bytes);
    return Math.max(1, (int) most);
  }

  /**
   * Launches a kernel whose own arguments are given already.
   *
   * @param biasBar (R, C), what the sums go to
   * @param first replica
   * @param count replicas
   */
  void launch(Kernel kernel, Tensor biasBar, Accumulation accumulation, int first, int count) {
    int add = accumulation == Accumulation.ADD ? 1 : 0;
    kernel
        .with(Address.row(biasBar, first))
        .with(Address.stride(biasBar))
        .with(add)
        .with(device.scratch())
        .with((long) rows)
        .with(columns)
        .with(Integer.numberOfTrailingZeros(width))
        .with(rowBlocks)
        .with(count)
        .launch(tiles() * rowBlocks, Kernel.gridRows(count), 1, threads, 0);
    if (rowBlocks > 1) {
      totals
          .of(biasBar.dtype())
          .with(device.scratch())
          .with(rowBlocks)
          .with(columns)
          .with(Address.row(biasBar, first))
          .with(Address.stride(biasBar))
          .with(add)
          .with(count)
          .overGroups(columns, TILE, count);
    }
  }

  private int tiles() {
    return (columns + width - 1) / width;
  }
}
