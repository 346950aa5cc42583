package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What the nodes of a graph do, for people who count them.
 *
 * <p>Source: CUDA driver API reference, graph management; names of kernels since CUDA 12.3. What a
 * driver does not tell is called by its kind.
 */
public final class GraphNodes {
  private static final String[] KINDS = {"kernel", "copy", "fill"};

  /** Bytes of CUDA_KERNEL_NODE_PARAMS_v2, and where its two handles of a kernel lie. */
  private static final long KERNEL_PARAMETERS = 72;

  private static final long FUNCTION_AT = 0;
  private static final long KERNEL_AT = 56;

  private final NativeLibrary library;
  private final long graph;
  private final long count;

  GraphNodes(NativeLibrary library, long graph, long count) {
    this.library = library;
    this.graph = graph;
    this.count = count;
  }

  /** Names of kernels, or {@code copy} or {@code fill}, in the order the driver keeps them in. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try (Arena memory = Arena.ofConfined()) {
      ResultCell cell = new ResultCell(memory);
      MemorySegment nodes = memory.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
      if (library.call("cuGraphGetNodes", graph, nodes.address(), cell.holding(count)) == 0) {
        for (int i = 0; i < count; i++) {
          names.add(name(nodes.getAtIndex(ValueLayout.JAVA_LONG, i), memory, cell));
        }
      }
    }
    return names;
  }

  private String name(long node, Arena memory, ResultCell cell) {
    if (library.call("cuGraphNodeGetType", node, cell.at(0)) != 0) {
      return "node";
    }
    int kind = cell.intAt(0);
    if (kind < 0 || kind >= KINDS.length) {
      return "node of type " + kind;
    }
    return kind == 0 ? kernel(node, memory, cell) : KINDS[kind];
  }

  private String kernel(long node, Arena memory, ResultCell cell) {
    MemorySegment parameters = memory.allocate(KERNEL_PARAMETERS, Long.BYTES);
    try {
      if (library.call("cuGraphKernelNodeGetParams_v2", node, parameters.address()) == 0) {
        long function = parameters.get(ValueLayout.JAVA_LONG, FUNCTION_AT);
        int status =
            function != 0
                ? library.call("cuFuncGetName", cell.at(0), function)
                : library.call(
                    "cuKernelGetName",
                    cell.at(0),
                    parameters.get(ValueLayout.JAVA_LONG, KERNEL_AT));
        if (status == 0) {
          return ResultCell.text(cell.longAt(0));
        }
      }
    } catch (IllegalStateException e) {
      return KINDS[0]; // an older driver lacks the function
    }
    return KINDS[0];
  }
}
