package org.noisescape.cuda.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies between the host and the device through one piece of pinned memory.
 *
 * <p>The piece is filled and sent, or fetched and read, part by part; each part is waited for. A
 * few bytes are sent from pageable memory instead: the driver takes them along in the call, and
 * nobody waits, so that a learning rate can change every step.
 */
public final class Transfer {
  /** Bytes of the pinned piece. */
  public static final int BYTES = 4 << 20;

  /** Bytes that are sent without waiting; the driver copies up to 64 KiB at once. */
  private static final int SMALL_BYTES = 32 << 10;

  private static final int FAULT_BYTES = 64;

  private final Device device;
  private final MemorySegment pageable = Arena.ofAuto().allocate(SMALL_BYTES, 64);
  private final long address;
  private final MemorySegment memory;

  Transfer(Device device) {
    this.device = device;
    this.address = device.driver().allocateHost(BYTES + FAULT_BYTES);
    this.memory = MemorySegment.ofAddress(address).reinterpret(BYTES + FAULT_BYTES);
  }

  /** The pinned memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Sends the first bytes of the pinned memory and waits until they may be overwritten. */
  public void send(long target, long bytes) {
    if (bytes <= SMALL_BYTES) {
      MemorySegment.copy(memory, 0, pageable, 0, bytes);
      device.driver().copyToDevice(target, pageable.address(), bytes, device.stream());
      return;
    }
    device.driver().copyToDevice(target, address, bytes, device.stream());
    device.synchronize();
  }

  /** Fetches bytes into the pinned memory and waits for them, and for the news of bad arguments. */
  public void fetch(long source, long bytes) {
    if (bytes > 0) {
      device.driver().copyToHost(address, source, bytes, device.stream());
    }
    device
        .driver()
        .copyToHost(address + BYTES, device.faults().word(), Integer.BYTES, device.stream());
    device.synchronize();
    device.faults().check(memory.get(ValueLayout.JAVA_INT, BYTES));
  }

  void close() {
    device.driver().freeHost(address);
  }
}
