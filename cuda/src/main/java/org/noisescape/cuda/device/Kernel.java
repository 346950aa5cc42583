package org.noisescape.cuda.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A compiled kernel. Arguments are given one after another, then it is launched:
 *
 * <pre>{@code kernel.with(address).with(count).over(count, rows);}</pre>
 *
 * <p>The Java type of an argument is that of the kernel's parameter: long for pointers and 64-bit
 * integers, int, float, double. Launching allocates nothing.
 */
public final class Kernel {
  /** Threads of a block in {@link #over}. */
  public static final int THREADS = 256;

  private static final int MAXIMAL_ARGUMENTS = 40;
  private static final int MAXIMAL_GRID_Y = 65535;

  /** Blocks along x in {@link #over}; a constant, so that no result depends on the device. */
  private static final long MAXIMAL_GRID_X = 4096;

  private static final int FREE_SHARED_BYTES = 48 << 10;

  private final Device device;
  private final String name;
  private final long function;
  private final MemorySegment values;
  private final MemorySegment addresses;
  private int count;
  private int allowedShared = FREE_SHARED_BYTES;

  Kernel(Device device, String name, long function, Arena arena) {
    this.device = device;
    this.name = name;
    this.function = function;
    this.values = arena.allocate(ValueLayout.JAVA_LONG, MAXIMAL_ARGUMENTS);
    this.addresses = arena.allocate(ValueLayout.JAVA_LONG, MAXIMAL_ARGUMENTS);
    for (int i = 0; i < MAXIMAL_ARGUMENTS; i++) {
      addresses.setAtIndex(ValueLayout.JAVA_LONG, i, values.address() + 8L * i);
    }
  }

  /** Forgets arguments of a launch that an exception kept from happening. */
  Kernel fresh() {
    count = 0;
    return this;
  }

  /** The next argument: a pointer or 64-bit integer. */
  public Kernel with(long value) {
    values.setAtIndex(ValueLayout.JAVA_LONG, count++, value);
    return this;
  }

  /** The next argument. */
  public Kernel with(int value) {
    values.set(ValueLayout.JAVA_INT, 8L * count++, value);
    return this;
  }

  /** The next argument. */
  public Kernel with(double value) {
    values.setAtIndex(ValueLayout.JAVA_DOUBLE, count++, value);
    return this;
  }

  /** The next argument. */
  public Kernel with(float value) {
    values.set(ValueLayout.JAVA_FLOAT, 8L * count++, value);
    return this;
  }

  /**
   * Launches blocks of {@link #THREADS} threads for elements along x and rows along y; the kernel
   * strides over what is left. Nothing is launched for no elements.
   */
  public void over(long elements, long rows) {
    long blocks = Math.min((elements + THREADS - 1) / THREADS, MAXIMAL_GRID_X);
    launch((int) blocks, gridRows(rows), 1, THREADS, 0);
  }

  /**
   * Launches blocks of {@link #THREADS} threads, so many neighbouring ones of them for each group
   * along x, and rows along y; the kernel strides over what is left. Nothing is launched for no
   * groups.
   *
   * @param lanes a power of two up to {@link #THREADS}
   */
  public void overGroups(long groups, int lanes, long rows) {
    int blockGroups = THREADS / lanes;
    long blocks = Math.min((groups + blockGroups - 1) / blockGroups, MAXIMAL_GRID_X);
    launch((int) blocks, gridRows(rows), 1, THREADS, 0);
  }

  /** Blocks along y or z for so many rows, over which the kernel strides. */
  public static int gridRows(long rows) {
    return (int) Math.min(rows, MAXIMAL_GRID_Y);
  }

  /**
   * Launches a grid of blocks; nothing for an empty grid.
   *
   * @param gridX blocks along x
   * @param gridY blocks along y, at most 65535
   * @param gridZ blocks along z, at most 65535
   * @param threads threads of a block
   * @param sharedBytes dynamic shared memory of a block
   */
  public void launch(int gridX, int gridY, int gridZ, int threads, int sharedBytes) {
    count = 0;
    if (gridX == 0 || gridY == 0 || gridZ == 0) {
      return;
    }
    if (sharedBytes > allowedShared) {
      device.driver().programs().allowShared(function, sharedBytes);
      allowedShared = sharedBytes;
    }
    device
        .driver()
        .programs()
        .launch(
            name,
            function,
            gridX,
            gridY,
            gridZ,
            threads,
            sharedBytes,
            device.stream(),
            addresses.address());
  }
}
