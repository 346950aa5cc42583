package org.noisescape.engine.host;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.noisescape.engine.host.DnnlDescriptors.Finish;
import org.noisescape.engine.host.DnnlPrimitive.Slot;

/** A user tensor, its conversion, and what the primitive sees. */
final class DnnlPort {
  /** Which way data go. */
  enum Direction {
    /** To the primitive. */
    INPUT,
    /** From the primitive. */
    OUTPUT,
    /** From the primitive, and optionally added to what the user's tensor holds. */
    SUM
  }

  final Slot user;
  final Slot inner;
  final DnnlPrimitive conversion;
  private final Slot sum;
  private final DnnlPrimitive addition;
  private final Direction direction;

  DnnlPort(
      dnnl_memory_desc_t userLayout,
      dnnl_memory_desc_t innerLayout,
      Direction direction,
      HostArena arena) {
    this.direction = direction;
    user = new Slot(userLayout, arena);
    boolean same = dnnl.dnnl_memory_desc_equal(userLayout, innerLayout) != 0;
    inner = same ? user : new Slot(innerLayout, arena);
    conversion =
        direction == Direction.INPUT
            ? DnnlPrimitive.reorder(userLayout, user, innerLayout, inner, Finish.NONE, arena)
            : DnnlPrimitive.reorder(innerLayout, inner, userLayout, user, Finish.NONE, arena);
    boolean adds = direction == Direction.SUM;
    sum = adds ? new Slot(userLayout, arena) : null;
    addition =
        adds ? DnnlPrimitive.reorder(innerLayout, inner, userLayout, sum, Finish.SUM, arena) : null;
  }

  /** Scratch memory for what the primitive sees. */
  long innerBytes() {
    return conversion == null && addition == null ? 0 : align(inner.bytes());
  }

  /** Scratch memory of the conversions themselves. */
  long scratchBytes() {
    return Math.max(
        conversion == null ? 0 : conversion.scratchBytes(),
        addition == null ? 0 : addition.scratchBytes());
  }

  /** Sets addresses; adding is heeded by ports that can. */
  void at(long address, long innerAddress, boolean adding) {
    if (adding && addition != null) {
      sum.at(address);
      inner.at(innerAddress);
      return;
    }
    user.at(address);
    if (conversion != null) {
      inner.at(innerAddress);
    }
  }

  /** Before the primitive runs. */
  void load(long scratch) {
    if (direction == Direction.INPUT && conversion != null) {
      conversion.run(scratch);
    }
  }

  /** After the primitive ran. */
  void deliver(long scratch, boolean adding) {
    if (adding && addition != null) {
      addition.run(scratch);
    } else if (direction != Direction.INPUT && conversion != null) {
      conversion.run(scratch);
    }
  }

  private static long align(long bytes) {
    return (bytes + 63) & ~63L;
  }
}
