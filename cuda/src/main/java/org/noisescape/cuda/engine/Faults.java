package org.noisescape.cuda.engine;

import java.lang.foreign.ValueLayout;
import org.noisescape.cuda.device.Device;

/**
 * Bad arguments that only the device sees, such as an index outside the data: kernels leave a note
 * in a word of device memory, and the next read back throws.
 */
final class Faults {
  /** An index of a gather lies outside the source. */
  static final int INDEX = 1;

  private final Device device;
  private final long word;

  Faults(Device device) {
    this.device = device;
    this.word = device.allocate(Integer.BYTES);
  }

  /** Address of the word (int) that kernels set. */
  long word() {
    return word;
  }

  /** Throws what was noted since the last check. */
  void check() {
    device.transfer().fetch(word, Integer.BYTES);
    int found = device.transfer().memory().get(ValueLayout.JAVA_INT, 0);
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
