package org.noisescape.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.onnx.GraphLayer.Kind;
import org.noisescape.onnx.GraphLayer.Weight;

/**
 * Layers as chains, with branches that begin and end together.
 *
 * <p>A sum or concatenation begins where all its branches come from: at the nearest layer that
 * every way to it passes.
 */
final class LayerTree {
  private static final int DEEPEST = 30;

  /** No description has more. */
  private static final int MOST_LAYERS = 4096;

  private final Map<GraphLayer, Place> places = new IdentityHashMap<>();
  private final Set<GraphLayer> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> tensors = new HashSet<>();

  private LayerTree() {}

  /** Where a layer stands: the one that every way to it passes last, and how many of those. */
  private record Place(GraphLayer before, int depth) {}

  /**
   * A part of a chain.
   *
   * @param layer the layer, sum or concatenation
   * @param branches of a sum or concatenation; an empty one is its input itself
   */
  record Part(GraphLayer layer, List<List<Part>> branches) {}

  /** The chain that ends with this layer. */
  static List<Part> of(GraphLayer output) {
    LayerTree tree = new LayerTree();
    GraphLayer input = tree.place(output);
    return tree.chain(input, output, 0);
  }

  /** Finds all places, inputs before what reads them; returns what is fed. */
  private GraphLayer place(GraphLayer output) {
    GraphLayer input = null;
    Deque<GraphLayer> stack = new ArrayDeque<>(List.of(output));
    while (!stack.isEmpty()) {
      GraphLayer layer = stack.peek();
      List<GraphLayer> open =
          layer.from().stream().filter(one -> !places.containsKey(one)).toList();
      if (!open.isEmpty()) {
        open.forEach(stack::push);
        continue;
      }
      stack.pop();
      if (places.size() > MOST_LAYERS) {
        throw new IllegalArgumentException("it has more than %d layers".formatted(MOST_LAYERS));
      }
      if (layer.kind() == Kind.INPUT) {
        places.put(layer, new Place(layer, 0));
        input = layer;
      } else if (!places.containsKey(layer)) {
        GraphLayer before = layer.from().stream().reduce(this::common).orElseThrow();
        places.put(layer, new Place(before, places.get(before).depth() + 1));
      }
    }
    return input;
  }

  private GraphLayer common(GraphLayer one, GraphLayer other) {
    GraphLayer a = one;
    GraphLayer b = other;
    while (a != b) {
      if (places.get(a).depth() >= places.get(b).depth()) {
        a = places.get(a).before();
      } else {
        b = places.get(b).before();
      }
    }
    return a;
  }

  private List<Part> chain(GraphLayer from, GraphLayer to, int depth) {
    List<Part> parts = new ArrayList<>();
    for (GraphLayer layer = to; layer != from; layer = places.get(layer).before()) {
      parts.add(part(layer, depth));
    }
    Collections.reverse(parts);
    return parts;
  }

  private Part part(GraphLayer layer, int depth) {
    if (!used.add(layer)) {
      throw layer
          .node()
          .refused(
              "its value goes into branches that do not begin and end together: only chains, sums"
                  + " and concatenations of branches are read");
    }
    for (Weight weight : layer.parameters()) {
      String name = weight.tensor().name();
      if (!name.isEmpty() && !tensors.add(name)) {
        throw layer.node().refused("another layer has its weights '%s' too".formatted(name));
      }
    }
    if (layer.kind() == Kind.LAYER) {
      return new Part(layer, List.of());
    }
    if (depth >= DEEPEST) {
      throw layer.node().refused("branches lie more than %d deep".formatted(DEEPEST));
    }
    List<List<Part>> branches = new ArrayList<>();
    GraphLayer from = places.get(layer).before();
    for (GraphLayer end : layer.from()) {
      branches.add(chain(from, end, depth + 1));
    }
    if (branches.stream().allMatch(List::isEmpty)) {
      throw layer.node().refused("a value is joined with itself");
    }
    return new Part(layer, branches);
  }
}
