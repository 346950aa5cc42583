package org.noisescape.engine.host;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.noisescape.engine.host.DnnlDescriptors.Finish;

/**
 * A oneDNN primitive with its arguments, destroyed with its arena; running it allocates nothing.
 */
final class DnnlPrimitive {
  /** A oneDNN memory object whose address is set before a run. */
  static final class Slot {
    private final dnnl_memory memory = new dnnl_memory();
    private final long bytes;
    private long address;

    Slot(dnnl_memory_desc_t layout, HostArena arena) {
      DnnlHandles.made(
          dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), (Pointer) null),
          "memory_create");
      arena.onClose(
          () -> DnnlHandles.destroyed(dnnl.dnnl_memory_destroy(memory), "memory_destroy"));
      bytes = dnnl.dnnl_memory_desc_get_size(layout);
    }

    Slot at(long newAddress) {
      if (newAddress != address) {
        OneDnn.setDataHandle(memory.address(), newAddress);
        address = newAddress;
      }
      return this;
    }

    long bytes() {
      return bytes;
    }
  }

  private final dnnl_primitive primitive = new dnnl_primitive();
  private final dnnl_exec_arg_t arguments;
  private final int count;
  private final Slot scratchpad;

  /**
   * Makes a primitive.
   *
   * @param descriptor what it does; with a user scratchpad; not needed afterwards
   * @param numbers oneDNN's numbers of the arguments
   * @param slots their memory
   * @param arena which destroys it
   */
  DnnlPrimitive(dnnl_primitive_desc descriptor, int[] numbers, Slot[] slots, HostArena arena) {
    dnnl_memory_desc_t layout =
        dnnl.dnnl_primitive_desc_query_md(descriptor, dnnl.dnnl_query_scratchpad_md, 0);
    boolean scratch = dnnl.dnnl_memory_desc_get_size(layout) > 0;
    scratchpad = scratch ? new Slot(layout, arena) : null;
    count = numbers.length + (scratch ? 1 : 0);
    arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < numbers.length; i++) {
      arguments.position(i).arg(numbers[i]).memory(slots[i].memory);
    }
    if (scratch) {
      arguments.position(count - 1).arg(dnnl.DNNL_ARG_SCRATCHPAD).memory(scratchpad.memory);
    }
    arguments.position(0);
    DnnlHandles.made(dnnl.dnnl_primitive_create(primitive, descriptor), "primitive_create");
    arena.onClose(this::destroy);
  }

  private void destroy() {
    DnnlHandles.destroyed(dnnl.dnnl_primitive_destroy(primitive), "primitive_destroy");
    arguments.close();
  }

  long scratchBytes() {
    return scratchpad == null ? 0 : scratchpad.bytes();
  }

  void run(long scratchAddress) {
    if (scratchpad != null) {
      scratchpad.at(scratchAddress);
    }
    OneDnn.execute(primitive.address(), count, arguments.address());
  }

  /** A conversion between two layouts, or null where it would do nothing. */
  static DnnlPrimitive reorder(
      dnnl_memory_desc_t from,
      Slot source,
      dnnl_memory_desc_t to,
      Slot target,
      Finish finish,
      HostArena arena) {
    if (finish == Finish.NONE && dnnl.dnnl_memory_desc_equal(from, to) != 0) {
      return null;
    }
    dnnl_primitive_desc descriptor = DnnlDescriptors.reorder(from, to, finish);
    try {
      return new DnnlPrimitive(
          descriptor,
          new int[] {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO},
          new Slot[] {source, target},
          arena);
    } finally {
      DnnlDescriptors.destroy(descriptor);
    }
  }
}
