package org.noisescape.cuda.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts machine instructions by what they do.
 *
 * <p>From Volta on an instruction has 16 bytes, of which the lowest 9 bits are the operation, the
 * next 3 the kinds of its operands. The numbers of the operations are not documented; those here
 * are checked by {@code SassTest} against kernels whose instructions are known.
 */
final class Sass {
  static final int BYTES = 16;

  private static final int OPERATION = 0x1ff;

  /** What an instruction does. */
  enum Kind {
    /** A fused multiplication and addition of floating point numbers. */
    FMA,
    /** Reads from shared memory. */
    SHARED_LOAD,
    /** Reads from global memory. */
    GLOBAL_LOAD,
    /** Reads or writes what did not fit into registers. */
    LOCAL,
    /** An exchange between the lanes of a warp. */
    SHUFFLE,
    /** A barrier of the block. */
    BARRIER,
    /** Fills a gap. */
    NOTHING,
    /** All others: addresses, comparisons, jumps. */
    OTHER
  }

  private Sass() {}

  static Map<Kind, Integer> count(byte[] code) {
    ByteBuffer words = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0);
    }
    for (int at = 0; at + BYTES <= code.length; at += BYTES) {
      counts.merge(kind(words.getInt(at) & OPERATION), 1, Integer::sum);
    }
    return counts;
  }

  private static Kind kind(int operation) {
    return switch (operation) {
      case 0x023, 0x02b -> Kind.FMA;
      case 0x184 -> Kind.SHARED_LOAD;
      case 0x181 -> Kind.GLOBAL_LOAD;
      case 0x183, 0x187 -> Kind.LOCAL;
      case 0x189 -> Kind.SHUFFLE;
      case 0x11d -> Kind.BARRIER;
      case 0x118 -> Kind.NOTHING;
      default -> Kind.OTHER;
    };
  }
}
