package org.noisescape.tensor;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Memory of one network, optimizer or probe: reserved piece by piece, then allocated in one block
 * and filled.
 *
 * <p>Between construction and {@link #commit()} tensors are reserved, so that the memory of a run
 * is known before any of it is taken. All elements start as zero. Each reservation starts at a
 * multiple of 64 bytes. Whoever reserves tensors that must hold something registers what fills them
 * with {@link #onCommit}, so that no tensor of a committed arena waits for a call that may be
 * forgotten.
 */
public abstract class Arena implements AutoCloseable {
  private enum Phase {
    PLANNED,
    COMMITTED,
    CLOSED
  }

  private static final int ALIGNMENT_BYTES = 64;

  /** So that sums over element types cannot overflow. */
  private static final long MOST_BYTES = Long.MAX_VALUE / 8;

  private final Engine engine;
  private final long[] reserved = new long[DType.values().length];
  private final Deque<Runnable> fills = new ArrayDeque<>();
  private Phase phase = Phase.PLANNED;

  /** Called by engines. */
  protected Arena(Engine engine) {
    this.engine = engine;
  }

  /** Allocates the reserved memory, zeroed. */
  protected abstract void allocate();

  /** Gives the memory back, and whatever was prepared in the arena; may be called again. */
  protected abstract void release();

  /** Bytes that the engine will allocate beside the tensors, for example shared scratch memory. */
  protected long extraBytes() {
    return 0;
  }

  /** Reserves a tensor of zeros. */
  public final Tensor reserve(DType dtype, int... shape) {
    requirePlanned("reserve");
    if (shape.length == 0) {
      throw new IllegalArgumentException("a tensor needs at least one axis");
    }
    long[] row = new long[shape.length - 1];
    for (int axis = 1; axis < shape.length; axis++) {
      row[axis - 1] = shape[axis];
    }
    long rows =
        Sizes.product(
            "elements of one index of a tensor " + Tensor.describe(shape),
            "a smaller batch, block, data set or model",
            row);
    if (shape[0] < 0) {
      throw new IllegalArgumentException("negative axis in " + Tensor.describe(shape));
    }
    long size = rows * shape[0];
    int unit = ALIGNMENT_BYTES / dtype.bytes();
    long offset = reserved[dtype.ordinal()];
    long end = offset + (size + unit - 1) / unit * unit;
    if (end > MOST_BYTES / dtype.bytes()) {
      throw new IllegalArgumentException(
          "a tensor " + Tensor.describe(shape) + " leaves no address: a smaller batch or model");
    }
    reserved[dtype.ordinal()] = end;
    return new Tensor(this, dtype, offset, rows, shape.clone());
  }

  /**
   * Registers what fills reserved tensors, or takes further memory, once the memory is there.
   *
   * @param fill run by {@link #commit}, once, in the order of registration; sees what was
   *     registered before it done
   */
  public final void onCommit(Runnable fill) {
    requirePlanned("register");
    fills.add(fill);
  }

  private void requirePlanned(String what) {
    if (phase != Phase.PLANNED) {
      throw new IllegalStateException(
          phase == Phase.COMMITTED
              ? "the arena is committed: " + what + " before commit()"
              : "the arena is closed: its tensors are gone");
    }
  }

  /**
   * Allocates everything reserved so far and runs what was registered; afterwards nothing more can
   * be reserved or registered. What fails on the way is thrown, and the arena is closed.
   *
   * @throws IllegalArgumentException where that is more than the engine has
   */
  public final Arena commit() {
    if (phase != Phase.COMMITTED) {
      requirePlanned("commit");
      if (bytes() > engine.availableMemory()) {
        throw new IllegalArgumentException(
            "%.1f GiB of memory are needed, engine %s has %.1f GiB left: take fewer samples, a smaller model or a smaller block"
                .formatted(bytes() * 0x1p-30, engine.name(), engine.availableMemory() * 0x1p-30));
      }
      phase = Phase.COMMITTED;
      try {
        allocate();
        while (!fills.isEmpty()) {
          fills.remove().run();
        }
      } catch (RuntimeException | Error e) {
        try {
          close();
        } catch (RuntimeException again) {
          e.addSuppressed(again);
        }
        throw e;
      }
    }
    return this;
  }

  /**
   * Called by engines before memory is touched.
   *
   * @throws IllegalStateException where there is none
   */
  protected final void requireMemory() {
    if (phase != Phase.COMMITTED) {
      throw new IllegalStateException(
          phase == Phase.PLANNED
              ? "the arena is not committed: call commit() before computing"
              : "the arena is closed: its tensors are gone");
    }
  }

  /** The engine that owns the memory. */
  public final Engine engine() {
    return engine;
  }

  /** Elements reserved of one type. */
  public final long reserved(DType dtype) {
    return reserved[dtype.ordinal()];
  }

  /** Bytes reserved so far. */
  public final long bytes() {
    long bytes = extraBytes();
    for (DType dtype : DType.values()) {
      bytes += reserved[dtype.ordinal()] * dtype.bytes();
    }
    return bytes;
  }

  @Override
  public final void close() {
    phase = Phase.CLOSED;
    fills.clear();
    release();
  }
}
