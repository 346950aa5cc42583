package org.noisescape.cuda.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Machine code, as far as it is needed to count instructions by what they do, and to find loops.
 *
 * <p>From Volta on an instruction has 16 bytes, of which the lowest 9 bits are the operation, the
 * next 3 the kinds of its operands. The numbers are not documented; {@code SassTest} checks them
 * against kernels whose instructions are known.
 */
final class Sass {
  private static final int BYTES = 16;
  private static final int OPERATION = 0x1ff;
  private static final int BRANCH = 0x147;

  /** From here on the lowest byte of a branch's distance has a place of its own. */
  private static final int SPLIT_DISTANCE = 90;

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

  /** Instructions that are run one after the other. */
  record Stretch(int first, int last, Map<Kind, Integer> counts) {
    int of(Kind kind) {
      return counts.get(kind);
    }

    /** All but those that fill gaps. */
    int instructions() {
      return last - first + 1 - of(Kind.NOTHING);
    }
  }

  private final ByteBuffer words;
  private final int count;
  private final int capability;

  Sass(byte[] code, int capability) {
    this.words = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    this.count = code.length / BYTES;
    this.capability = capability;
  }

  /** The whole kernel. */
  Stretch all() {
    return stretch(0, count - 1);
  }

  /** Loops without a loop in them. */
  List<Stretch> innermostLoops() {
    List<Stretch> innermost = new ArrayList<>();
    for (Stretch loop : loops()) {
      if (innermost.stream()
          .noneMatch(inner -> inner.first() >= loop.first() && inner.last() <= loop.last())) {
        innermost.add(loop);
      }
    }
    return innermost;
  }

  /** All loops, by their ends. */
  List<Stretch> loops() {
    List<Stretch> loops = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      int target = target(at);
      // a kernel ends with a jump to itself
      if (target >= 0 && target < at) {
        loops.add(stretch(target, at));
      }
    }
    return loops;
  }

  private Stretch stretch(int first, int last) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0);
    }
    for (int at = first; at <= last; at++) {
      counts.merge(kind(operation(at)), 1, Integer::sum);
    }
    return new Stretch(first, last, counts);
  }

  private int operation(int at) {
    return words.getInt(at * BYTES) & OPERATION;
  }

  /** Where a branch goes to; -1 for another instruction. */
  private int target(int at) {
    if (operation(at) != BRANCH) {
      return -1;
    }
    int distance = words.getInt(at * BYTES + 4);
    if (capability >= SPLIT_DISTANCE) {
      distance = (distance >> 2 << 8 | words.get(at * BYTES + 2) & 0xff) * 4;
    }
    return at + 1 + distance / BYTES;
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
