package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Indexing;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/** Row selection and transposition by plain copies. */
final class HostIndexing extends Indexing {
  private final Workers workers;
  private final Gather gather = new Gather();
  private final Transposition transposition = new Transposition();
  private final Columns columns = new Columns();
  private final CopiedViews pictures = new CopiedViews();

  HostIndexing(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected void gatherRows(Tensor source, Tensor indices, Tensor out) {
    gather.rows = source.dim(0);
    gather.rowBytes = (long) source.dim(1) * source.dtype().bytes();
    gather.source = Native.address(source);
    gather.sourceStride = source.leadingStride() * source.dtype().bytes();
    for (int r = 0; r < out.dim(0); r++) {
      gather.indices = Native.address(indices) + r * Native.rowBytes(indices);
      gather.out = Native.address(out) + r * Native.rowBytes(out);
      int batch = indices.dim(1);
      workers.run(gather, batch, 1, batch * gather.rowBytes / 4);
    }
  }

  @Override
  protected void computeViews(
      Tensor source,
      Tensor indices,
      Tensor views,
      ViewGeometry geometry,
      Tensor border,
      Tensor out) {
    pictures.geometry(geometry, source.dtype());
    pictures.rows = source.dim(0);
    pictures.source = Native.address(source);
    pictures.sourceStride = source.leadingStride() * source.dtype().bytes();
    pictures.border = Native.address(border);
    for (int r = 0; r < out.dim(0); r++) {
      pictures.indices = Native.address(indices) + r * Native.rowBytes(indices);
      pictures.views = Native.address(views) + r * Native.rowBytes(views);
      pictures.out = Native.address(out) + r * Native.rowBytes(out);
      workers.run(pictures, indices.dim(1), 1, 4L * indices.dim(1) * geometry.size());
    }
  }

  @Override
  protected void computeTranspose(Tensor x, Tensor out) {
    transposition.rows = x.dim(2);
    transposition.columns = x.dim(3);
    transposition.wide = x.dtype() == DType.FLOAT64;
    long sample = (long) x.dim(2) * x.dim(3);
    for (int r = 0; r < x.dim(0); r++) {
      transposition.x = Native.address(x) + r * Native.rowBytes(x);
      transposition.out = Native.address(out) + r * Native.rowBytes(out);
      workers.run(transposition, x.dim(1), 1, x.dim(1) * sample);
    }
  }

  @Override
  protected void computeColumns(
      Tensor source, int from, Tensor target, int to, int count, Accumulation accumulation) {
    columns.wide = source.dtype() == DType.FLOAT64;
    columns.add = accumulation == Accumulation.ADD;
    columns.sourceWidth = source.dim(2);
    columns.targetWidth = target.dim(2);
    columns.count = count;
    int bytes = source.dtype().bytes();
    for (int r = 0; r < source.dim(0); r++) {
      columns.source = Native.address(source) + r * Native.rowBytes(source) + (long) from * bytes;
      columns.target = Native.address(target) + r * Native.rowBytes(target) + (long) to * bytes;
      workers.run(columns, source.dim(1), 1, (long) source.dim(1) * count);
    }
  }

  private static final class Columns implements Workers.Task {
    private boolean wide;
    private boolean add;
    private long source;
    private long target;
    private long sourceWidth;
    private long targetWidth;
    private int count;

    @Override
    public void run(long from, long to) {
      int bytes = wide ? 8 : 4;
      for (long m = from; m < to; m++) {
        long at = source + m * sourceWidth * bytes;
        long out = target + m * targetWidth * bytes;
        if (!add) {
          MemorySegment.copy(Native.ALL, at, Native.ALL, out, (long) count * bytes);
        } else if (wide) {
          Float64Kernels.axpby(1, at, 1, out, 0, count);
        } else {
          Float32Kernels.axpby(1, at, 1, out, 0, count);
        }
      }
    }
  }

  private static final class Gather implements Workers.Task {
    private long source;
    private long sourceStride;
    private long indices;
    private long out;
    private long rowBytes;
    private int rows;

    @Override
    public void run(long from, long to) {
      for (long b = from; b < to; b++) {
        int row = Native.ALL.get(Native.INT, indices + 4 * b);
        if (row < 0 || row >= rows) {
          throw new IllegalArgumentException(
              "gather: index " + row + " at position " + b + " is not in 0.." + (rows - 1));
        }
        MemorySegment.copy(
            Native.ALL, source + row * sourceStride, Native.ALL, out + b * rowBytes, rowBytes);
      }
    }
  }

  private static final class Transposition implements Workers.Task {
    private long x;
    private long out;
    private int rows;
    private int columns;
    private boolean wide;

    @Override
    public void run(long from, long to) {
      int bytes = wide ? 8 : 4;
      for (long n = from; n < to; n++) {
        long start = n * rows * columns * bytes;
        for (int j = 0; j < columns; j++) {
          for (int i = 0; i < rows; i++) {
            long at = x + start + ((long) i * columns + j) * bytes;
            long target = out + start + ((long) j * rows + i) * bytes;
            if (wide) {
              Native.ALL.set(Native.DOUBLE, target, Native.ALL.get(Native.DOUBLE, at));
            } else {
              Native.ALL.set(Native.FLOAT, target, Native.ALL.get(Native.FLOAT, at));
            }
          }
        }
      }
    }
  }
}
