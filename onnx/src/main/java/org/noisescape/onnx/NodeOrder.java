package org.noisescape.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes that an output rests on, each after those it takes values from. */
final class NodeOrder {
  private NodeOrder() {}

  /**
   * The nodes in order.
   *
   * @param output name of the value asked for
   * @param given names of values that no node makes
   */
  static List<OnnxNode> of(List<OnnxNode> nodes, String output, Set<String> given) {
    Map<String, OnnxNode> makers = makers(nodes, given);
    List<OnnxNode> order = new ArrayList<>();
    Set<OnnxNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> open = new HashSet<>();
    Deque<String> stack = new ArrayDeque<>(List.of(output));
    while (!stack.isEmpty()) {
      String value = stack.peek();
      OnnxNode node = makers.get(value);
      if (node == null || done.contains(node)) {
        if (node == null && !given.contains(value)) {
          throw new IllegalArgumentException("nothing makes the value '%s'".formatted(value));
        }
        stack.pop();
        continue;
      }
      String first = node.outputs().getFirst();
      if (open.add(first)) {
        for (String input : node.inputs()) {
          OnnxNode maker = makers.get(input);
          if (maker != null && !done.contains(maker) && open.contains(maker.outputs().getFirst())) {
            throw node.refused("its value goes round in a circle");
          }
          if (!input.isEmpty()) {
            stack.push(input);
          }
        }
      } else {
        stack.pop();
        if (done.add(node)) {
          order.add(node);
        }
      }
    }
    return order;
  }

  private static Map<String, OnnxNode> makers(List<OnnxNode> nodes, Set<String> given) {
    Map<String, OnnxNode> makers = new HashMap<>();
    for (OnnxNode node : nodes) {
      if (node.outputs().isEmpty() || node.outputs().getFirst().isEmpty()) {
        throw node.refused("its first output has no name");
      }
      for (String value : node.outputs()) {
        boolean taken = given.contains(value) || makers.containsKey(value);
        if (!value.isEmpty() && taken) {
          throw node.refused("the value '%s' is made twice".formatted(value));
        }
        makers.put(value, node);
      }
    }
    makers.remove("");
    return makers;
  }
}
