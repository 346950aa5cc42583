package org.noisescape.cuda.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies between the host and the device through one piece of pinned memory.
 *
 * <p>The piece is filled and sent, or fetched and read, part by part; each part is waited for. A
 * few bytes are sent from a ring of places of their own instead, so that a learning rate can change
 * every step and nobody waits until the ring is full. Pageable memory would not do: when the driver
 * lets go of it is not specified (CUDA driver API, API synchronization behavior).
 */
public final class DeviceTransfer {
  /** Bytes of the pinned piece. */
  public static final int BYTES = 4 << 20;

  /** Bytes that are sent without waiting. */
  private static final int SMALL_BYTES = 32 << 10;

  private static final int RING_BYTES = 1 << 20;

  private static final int RING_ALIGNMENT = 64;

  private static final int FAULT_BYTES = 64;

  private final Device device;
  private final long address;
  private final MemorySegment memory;

  /** Where the free rest of the ring begins; all before may still be on its way. */
  private int ringUsed;

  DeviceTransfer(Device device) {
    this.device = device;
    long bytes = BYTES + FAULT_BYTES + RING_BYTES;
    this.address = device.driver().allocateHost(bytes);
    this.memory = MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** The pinned memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Sends the first bytes of the pinned memory and waits until they may be overwritten. */
  public void send(long target, long bytes) {
    device.requireNotRecording("writing");
    if (bytes <= SMALL_BYTES) {
      long place = place(bytes);
      MemorySegment.copy(memory, 0, memory, place, bytes);
      device.driver().copyToDevice(target, address + place, bytes, device.stream());
      return;
    }
    device.driver().copyToDevice(target, address, bytes, device.stream());
    waitForAll();
  }

  /** Where in the memory a few bytes stay until they have been sent. */
  private long place(long bytes) {
    if (ringUsed + bytes > RING_BYTES) {
      waitForAll();
    }
    long place = BYTES + FAULT_BYTES + ringUsed;
    ringUsed += Math.toIntExact((bytes + RING_ALIGNMENT - 1) / RING_ALIGNMENT * RING_ALIGNMENT);
    return place;
  }

  private void waitForAll() {
    device.synchronize();
    ringUsed = 0;
  }

  /** Fetches bytes into the pinned memory and waits for them, and for the news of bad arguments. */
  public void fetch(long source, long bytes) {
    device.requireNotRecording("reading");
    if (bytes > 0) {
      device.driver().copyToHost(address, source, bytes, device.stream());
    }
    device
        .driver()
        .copyToHost(address + BYTES, device.faults().word(), Integer.BYTES, device.stream());
    waitForAll();
    device.faults().check(memory.get(ValueLayout.JAVA_INT, BYTES));
  }

  void close() {
    device.driver().freeHost(address);
  }
}
