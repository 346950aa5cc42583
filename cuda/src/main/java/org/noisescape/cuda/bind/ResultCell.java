package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A few words of native memory for results that functions return through pointers. */
final class ResultCell {
  private final MemorySegment memory;

  /** For the life of the process. */
  ResultCell() {
    this(Arena.global());
  }

  ResultCell(Arena arena) {
    memory = arena.allocate(64, 16);
  }

  /** Address of a word of 8 bytes. */
  long at(int word) {
    return memory.address() + 8L * word;
  }

  long longAt(int word) {
    return memory.getAtIndex(ValueLayout.JAVA_LONG, word);
  }

  int intAt(int word) {
    return memory.get(ValueLayout.JAVA_INT, 8L * word);
  }

  /** The address, its first word set. */
  long holding(long value) {
    memory.set(ValueLayout.JAVA_LONG, 0, value);
    return memory.address();
  }

  /** The text at an address, empty where there is none. */
  static String text(long address) {
    return address == 0 ? "" : MemorySegment.ofAddress(address).reinterpret(4096).getString(0);
  }
}
