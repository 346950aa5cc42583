package org.noisescape.linop;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.noisescape.tensor.PhysicalMemory;

/**
 * Memory off the heap, counted against what there is, so that what cannot fit is refused before it
 * is taken.
 *
 * <p>Taken by calloc: the JVM holds arenas' own memory to the size of its heap.
 */
final class NativeMemory {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALLOC =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("calloc"),
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("free"),
          FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  private final long physical;
  private final long heap;
  private long held;

  /**
   * A limit of physical − heap.
   *
   * @param physical bytes of the machine
   * @param heap bytes that the Java heap may come to
   */
  NativeMemory(long physical, long heap) {
    this.physical = physical;
    this.heap = heap;
  }

  /** This machine's, without what the Java heap may come to. */
  static NativeMemory ofMachine() {
    return Machine.MEMORY;
  }

  /** Bytes that can still be taken. */
  synchronized long available() {
    return Math.max(0, physical - heap - held);
  }

  /**
   * Zeroed memory.
   *
   * @param what names it in the message, for example {@code 100 eigenvectors}
   * @throws IllegalArgumentException where it does not fit
   */
  synchronized Block take(String what, long bytes) {
    if (bytes > available()) {
      throw new IllegalArgumentException(
          "%s: needs %s, but of the machine's %s only %s are left beside the Java heap (up to %s) and other matrices (%s)%s"
              .formatted(
                  what,
                  binary(bytes),
                  binary(physical),
                  binary(available()),
                  binary(heap),
                  binary(held),
                  remedy()));
    }
    Block block = new Block(bytes);
    held += bytes;
    return block;
  }

  private String remedy() {
    long dimension = (long) Math.sqrt(available() / (double) Double.BYTES);
    return ": a matrix of dimension up to %d would fit".formatted(dimension);
  }

  private synchronized void giveBack(long bytes) {
    held -= bytes;
  }

  /** Bytes in GiB, MiB, KiB or B, for messages. */
  static String binary(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  /** Memory that is given back when closed, and nobody holds it any more. */
  final class Block implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;
    private int holders;
    private boolean closed;

    private Block(long bytes) {
      MemorySegment start;
      try {
        start = (MemorySegment) CALLOC.invokeExact(bytes, 1L);
      } catch (Throwable e) {
        throw new IllegalStateException("calloc failed", e);
      }
      if (start.equals(MemorySegment.NULL)) {
        arena.close();
        throw new IllegalStateException(
            "out of memory: the system refused " + binary(bytes) + ": use a smaller matrix");
      }
      segment = start.reinterpret(bytes, arena, Block::free);
    }

    MemorySegment segment() {
      return segment;
    }

    /** Keeps it past {@link #close}, for a call that goes on; until {@link #release}. */
    synchronized void hold() {
      holders++;
    }

    /** Undoes a hold. */
    synchronized void release() {
      holders--;
      giveBackUnlessHeld();
    }

    @Override
    public synchronized void close() {
      closed = true;
      giveBackUnlessHeld();
    }

    private void giveBackUnlessHeld() {
      if (closed && holders == 0 && arena.scope().isAlive()) {
        arena.close();
        giveBack(segment.byteSize());
      }
    }

    private static void free(MemorySegment start) {
      try {
        FREE.invokeExact(start);
      } catch (Throwable e) {
        throw new IllegalStateException("free failed", e);
      }
    }
  }

  private static final class Machine {
    static final NativeMemory MEMORY =
        new NativeMemory(PhysicalMemory.bytes(), Runtime.getRuntime().maxMemory());
  }
}
