package org.noisescape.engine.host;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** A oneDNN primitive with its arguments; running it allocates nothing. */
final class DnnlPrimitive {
  /** A oneDNN memory object whose address is set before a run. */
  static final class Slot {
    private final dnnl_memory memory = new dnnl_memory();
    private final long bytes;
    private long address;

    Slot(dnnl_memory_desc_t layout) {
      OneDnn.check(
          dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), (Pointer) null),
          "memory_create");
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
   * @param descriptor what it does; with a user scratchpad
   * @param numbers oneDNN's numbers of the arguments
   * @param slots their memory
   */
  DnnlPrimitive(dnnl_primitive_desc descriptor, int[] numbers, Slot[] slots) {
    OneDnn.check(dnnl.dnnl_primitive_create(primitive, descriptor), "primitive_create");
    dnnl_memory_desc_t layout =
        dnnl.dnnl_primitive_desc_query_md(descriptor, dnnl.dnnl_query_scratchpad_md, 0);
    boolean scratch = dnnl.dnnl_memory_desc_get_size(layout) > 0;
    scratchpad = scratch ? new Slot(layout) : null;
    count = numbers.length + (scratch ? 1 : 0);
    arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < numbers.length; i++) {
      arguments.position(i).arg(numbers[i]).memory(slots[i].memory);
    }
    if (scratch) {
      arguments.position(count - 1).arg(dnnl.DNNL_ARG_SCRATCHPAD).memory(scratchpad.memory);
    }
    arguments.position(0);
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

  /** A conversion between two layouts, or null where they are the same. */
  static DnnlPrimitive reorder(
      dnnl_memory_desc_t from, Slot source, dnnl_memory_desc_t to, Slot target) {
    if (dnnl.dnnl_memory_desc_equal(from, to) != 0) {
      return null;
    }
    dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_reorder_primitive_desc_create(
            descriptor, from, OneDnn.engine(), to, OneDnn.engine(), attributes()),
        "reorder_primitive_desc_create");
    return new DnnlPrimitive(
        descriptor, new int[] {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO}, new Slot[] {source, target});
  }

  /** Attributes with a scratchpad of ours. */
  static dnnl_primitive_attr attributes() {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    OneDnn.check(dnnl.dnnl_primitive_attr_create(attributes), "primitive_attr_create");
    OneDnn.check(
        dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl.dnnl_scratchpad_mode_user),
        "primitive_attr_set_scratchpad_mode");
    return attributes;
  }
}
