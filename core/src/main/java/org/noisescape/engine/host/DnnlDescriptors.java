package org.noisescape.engine.host;

import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.noisescape.tensor.Activation;

/** oneDNN's descriptions of layouts and operations. */
final class DnnlDescriptors {
  private DnnlDescriptors() {}

  static dnnl_primitive_desc create(
      int status,
      dnnl_convolution_desc_t operation,
      Activation activation,
      dnnl_primitive_desc hint) {
    if (status != dnnl.dnnl_success) {
      return null;
    }
    dnnl_primitive_attr attributes = DnnlPrimitive.attributes();
    if (activation == Activation.RELU) {
      dnnl_post_ops operations = new dnnl_post_ops();
      OneDnn.check(dnnl.dnnl_post_ops_create(operations), "post_ops_create");
      OneDnn.check(
          dnnl.dnnl_post_ops_append_eltwise(operations, 1, dnnl.dnnl_eltwise_relu, 0, 0),
          "post_ops_append_eltwise");
      OneDnn.check(
          dnnl.dnnl_primitive_attr_set_post_ops(attributes, operations),
          "primitive_attr_set_post_ops");
    }
    dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
    int created =
        dnnl.dnnl_primitive_desc_create(
            descriptor, new const_dnnl_op_desc_t(operation), attributes, OneDnn.engine(), hint);
    return created == dnnl.dnnl_success ? descriptor : null;
  }

  static dnnl_memory_desc_t layout(long[] dims, int tag) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_tag(layout, dims.length, dims, dnnl.dnnl_f32, tag),
        "memory_desc_init_by_tag");
    return layout;
  }

  static dnnl_memory_desc_t query(dnnl_primitive_desc descriptor, int what) {
    return dnnl.dnnl_primitive_desc_query_md(descriptor, what, 0);
  }
}
