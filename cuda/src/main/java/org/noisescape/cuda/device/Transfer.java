package org.noisescape.cuda.device;

import java.lang.foreign.MemorySegment;

/**
 * Copies between the host and the device through one piece of pinned memory.
 *
 * <p>The piece is filled and sent, or fetched and read, part by part; each part is waited for.
 */
public final class Transfer {
  /** Bytes of the pinned piece. */
  public static final int BYTES = 4 << 20;

  private final Device device;
  private final long address;
  private final MemorySegment memory;

  Transfer(Device device) {
    this.device = device;
    this.address = device.driver().allocateHost(BYTES);
    this.memory = MemorySegment.ofAddress(address).reinterpret(BYTES);
  }

  /** The pinned memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Sends the first bytes of the pinned memory and waits until they may be overwritten. */
  public void send(long target, long bytes) {
    device.driver().copyToDevice(target, address, bytes, device.stream());
    device.synchronize();
  }

  /** Fetches bytes into the pinned memory and waits for them. */
  public void fetch(long source, long bytes) {
    device.driver().copyToHost(address, source, bytes, device.stream());
    device.synchronize();
  }

  void close() {
    device.driver().freeHost(address);
  }
}
