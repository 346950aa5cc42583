package org.noisescape.engine.host;

import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/** oneDNN's descriptions of layouts and operations. */
final class DnnlDescriptors {
  /** What follows an operation before its result is stored. */
  enum Finish {
    /** Nothing. */
    NONE,
    /** max(·, 0). */
    RELU,
    /** Adding what the target held. */
    SUM
  }

  private interface Creation {
    int create(dnnl_primitive_desc descriptor, dnnl_primitive_attr attributes);
  }

  private DnnlDescriptors() {}

  /** A convolution, or null where oneDNN has no such implementation. */
  static dnnl_primitive_desc convolution(
      int status, dnnl_convolution_desc_t operation, Finish finish, dnnl_primitive_desc hint) {
    if (status != dnnl.dnnl_success) {
      return null;
    }
    return create(
        finish,
        (descriptor, attributes) ->
            dnnl.dnnl_primitive_desc_create(
                descriptor,
                new const_dnnl_op_desc_t(operation),
                attributes,
                OneDnn.engine(),
                hint));
  }

  /** A conversion between layouts. */
  static dnnl_primitive_desc reorder(
      dnnl_memory_desc_t from, dnnl_memory_desc_t to, Finish finish) {
    dnnl_primitive_desc descriptor =
        create(
            finish,
            (made, attributes) ->
                dnnl.dnnl_reorder_primitive_desc_create(
                    made, from, OneDnn.engine(), to, OneDnn.engine(), attributes));
    if (descriptor == null) {
      throw new IllegalStateException("oneDNN cannot convert between two layouts of its own");
    }
    return descriptor;
  }

  /** Gives a descriptor back; null is none. */
  static void destroy(dnnl_primitive_desc descriptor) {
    if (descriptor != null) {
      DnnlHandles.destroyed(dnnl.dnnl_primitive_desc_destroy(descriptor), "primitive_desc_destroy");
    }
  }

  static dnnl_memory_desc_t layout(long[] dims, int tag) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_tag(layout, dims.length, dims, dnnl.dnnl_f32, tag),
        "memory_desc_init_by_tag");
    return layout;
  }

  /** A layout that lives as long as the descriptor. */
  static dnnl_memory_desc_t query(dnnl_primitive_desc descriptor, int what) {
    return dnnl.dnnl_primitive_desc_query_md(descriptor, what, 0);
  }

  /** A descriptor with a scratchpad of ours, or null where the creation fails. */
  private static dnnl_primitive_desc create(Finish finish, Creation creation) {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    DnnlHandles.made(dnnl.dnnl_primitive_attr_create(attributes), "primitive_attr_create");
    try {
      OneDnn.check(
          dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl.dnnl_scratchpad_mode_user),
          "primitive_attr_set_scratchpad_mode");
      if (finish != Finish.NONE) {
        append(finish, attributes);
      }
      dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
      int status = creation.create(descriptor, attributes);
      if (status != dnnl.dnnl_success) {
        return null;
      }
      DnnlHandles.made(status, "primitive_desc_create");
      return descriptor;
    } finally {
      DnnlHandles.destroyed(dnnl.dnnl_primitive_attr_destroy(attributes), "primitive_attr_destroy");
    }
  }

  private static void append(Finish finish, dnnl_primitive_attr attributes) {
    dnnl_post_ops operations = new dnnl_post_ops();
    DnnlHandles.made(dnnl.dnnl_post_ops_create(operations), "post_ops_create");
    try {
      int status =
          finish == Finish.RELU
              ? dnnl.dnnl_post_ops_append_eltwise(operations, 1, dnnl.dnnl_eltwise_relu, 0, 0)
              : dnnl.dnnl_post_ops_append_sum(operations, 1);
      OneDnn.check(status, "post_ops_append");
      // the attributes keep a copy
      OneDnn.check(
          dnnl.dnnl_primitive_attr_set_post_ops(attributes, operations),
          "primitive_attr_set_post_ops");
    } finally {
      DnnlHandles.destroyed(dnnl.dnnl_post_ops_destroy(operations), "post_ops_destroy");
    }
  }
}
