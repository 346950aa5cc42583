package org.noisescape.engine.host;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.noisescape.engine.host.DnnlPrimitive.Slot;

/** A user tensor, its conversion, and what the primitive sees. */
final class DnnlPort {
  final Slot user;
  final Slot inner;
  final DnnlPrimitive conversion;

  DnnlPort(dnnl_memory_desc_t userLayout, dnnl_memory_desc_t innerLayout, boolean output) {
    user = new Slot(userLayout);
    boolean same = dnnl.dnnl_memory_desc_equal(userLayout, innerLayout) != 0;
    inner = same ? user : new Slot(innerLayout);
    conversion =
        output
            ? DnnlPrimitive.reorder(innerLayout, inner, userLayout, user)
            : DnnlPrimitive.reorder(userLayout, user, innerLayout, inner);
  }

  long innerBytes() {
    return conversion == null ? 0 : align(inner.bytes());
  }

  private static long align(long bytes) {
    return (bytes + 63) & ~63L;
  }
}
