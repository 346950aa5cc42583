package org.noisescape.cuda.device;

/**
 * Bad arguments that only the device sees, such as an index outside the data: kernels leave a note
 * in a word of device memory, and the next read back throws.
 */
public final class Faults {
  /** An index of a gather lies outside the source. */
  public static final int INDEX = 1;

  private final Device device;
  private final long word;

  Faults(Device device) {
    this.device = device;
    this.word = device.allocate(Integer.BYTES);
  }

  /** Address of the word (int) that kernels set. */
  public long word() {
    return word;
  }

  /** Throws what a read found in the word. */
  void check(int found) {
    if (found != 0) {
      device.clear(word, Integer.BYTES);
      throw new IllegalArgumentException(
          "gather: an index lies outside the source; what was computed since the last read is void");
    }
  }

  void close() {
    device.free(word);
  }
}
