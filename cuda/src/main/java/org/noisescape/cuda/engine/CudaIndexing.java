package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Faults;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.cuda.device.KernelPair;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Indexing;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/**
 * Selection, transposition and columns by {@code indexing.cu}. An index outside the source fills
 * its row with not-a-number, and the next read back throws.
 */
final class CudaIndexing extends Indexing {
  private static final int TILE = 32;

  private final Faults faults;
  private final KernelPair gather;
  private final KernelPair batch;
  private final KernelPair views;
  private final KernelPair transpose;
  private final KernelPair columns;

  CudaIndexing(Device device) {
    this.faults = device.faults();
    gather = new KernelPair(device, "indexing", "gather");
    batch = new KernelPair(device, "indexing", "draw_batch");
    views = new KernelPair(device, "indexing", "gather_views");
    transpose = new KernelPair(device, "indexing", "transpose_inner");
    columns = new KernelPair(device, "indexing", "copy_columns");
  }

  @Override
  protected void gatherRows(Tensor source, Tensor indices, Tensor out) {
    int width = source.dim(1);
    int lanes = Lanes.apart(Packs.count(source.dtype(), width));
    gather
        .of(source.dtype())
        .with(Address.of(source))
        .with(Address.stride(source))
        .with(source.dim(0))
        .with(Address.of(indices))
        .with(Address.stride(indices))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(indices.dim(1))
        .with(width)
        .with(lanes)
        .with(faults.word())
        .with(Faults.INDEX)
        .with(indices.dim(0))
        .overGroups(indices.dim(1), lanes, indices.dim(0));
  }

  @Override
  protected void computeBatch(
      Sampling sampling,
      Tensor keys,
      Tensor step,
      Tensor now,
      Tensor indices,
      Tensor features,
      Tensor x,
      Tensor targets,
      Tensor y) {
    int width = features == null ? 0 : features.dim(1);
    int outputs = targets.dim(1);
    int lanes = Lanes.apart(Packs.count(targets.dtype(), Math.max(width, outputs)));
    batch
        .of(targets.dtype())
        .with(sampling == Sampling.WITHOUT_REPLACEMENT ? 1 : 0)
        .with(Address.of(keys))
        .with(Address.stride(keys))
        .with(Address.of(step))
        .with(step.leadingStride())
        .with(Address.orNull(now))
        .with(now == null ? 0L : now.leadingStride())
        .with(Address.of(indices))
        .with(Address.stride(indices))
        .with(targets.dim(0))
        .with(Address.orNull(features))
        .with(Address.stride(features))
        .with(Address.orNull(x))
        .with(Address.stride(x))
        .with(width)
        .with(Address.of(targets))
        .with(Address.stride(targets))
        .with(Address.of(y))
        .with(Address.stride(y))
        .with(outputs)
        .with(indices.dim(1))
        .with(lanes)
        .with(indices.dim(0))
        .overGroups(indices.dim(1), lanes, indices.dim(0));
  }

  @Override
  protected void computeViews(
      Tensor source,
      Tensor indices,
      Tensor drawn,
      ViewGeometry geometry,
      Tensor border,
      Tensor out) {
    int lanes = Lanes.apart(geometry.size());
    views
        .of(source.dtype())
        .with(Address.of(source))
        .with(Address.stride(source))
        .with(source.dim(0))
        .with(Address.of(indices))
        .with(Address.stride(indices))
        .with(Address.of(drawn))
        .with(Address.stride(drawn))
        .with(Address.of(border))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(indices.dim(1))
        .with(geometry.planes())
        .with(geometry.height())
        .with(geometry.width())
        .with(geometry.channels())
        .with(geometry.padding())
        .with(geometry.hole())
        .with(lanes)
        .with(faults.word())
        .with(Faults.INDEX)
        .with(indices.dim(0))
        .overGroups(indices.dim(1), lanes, indices.dim(0));
  }

  @Override
  protected void computeTranspose(Tensor x, Tensor out) {
    int rows = x.dim(2);
    int columns = x.dim(3);
    int tiles = Math.multiplyExact((rows + TILE - 1) / TILE, (columns + TILE - 1) / TILE);
    transpose
        .of(x.dtype())
        .with(Address.of(x))
        .with(Address.stride(x))
        .with(Address.of(out))
        .with(Address.stride(out))
        .with(x.dim(1))
        .with(rows)
        .with(columns)
        .with(x.dim(0))
        .launch(tiles, Kernel.gridRows(x.dim(1)), Kernel.gridRows(x.dim(0)), Kernel.THREADS, 0);
  }

  @Override
  protected void computeColumns(
      Tensor source, int from, Tensor target, int to, int count, Accumulation accumulation) {
    int bytes = source.dtype().bytes();
    int rows = source.dim(1);
    columns
        .of(source.dtype())
        .with(Address.of(source) + (long) from * bytes)
        .with(Address.stride(source))
        .with(source.dim(2))
        .with(Address.of(target) + (long) to * bytes)
        .with(Address.stride(target))
        .with(target.dim(2))
        .with((long) rows)
        .with(count)
        .with(accumulation == Accumulation.ADD ? 1 : 0)
        .with(source.dim(0))
        .over((long) rows * count, source.dim(0));
  }
}
