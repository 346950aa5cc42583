package org.noisescape.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes of another program's graph as chains, with branches that begin and end together.
 *
 * <p>A node that joins branches has all of them begin where they come from: at the nearest node
 * that every way to it passes.
 *
 * @param <N> nodes, told apart by identity
 */
public final class BranchTree<N> {
  private static final int DEEPEST = 30;

  /** No description of a network has more. */
  private static final int MOST_NODES = 4096;

  private final Graph<N> graph;
  private final Map<N, Place<N>> places = new IdentityHashMap<>();
  private final Set<N> used = Collections.newSetFromMap(new IdentityHashMap<>());

  private BranchTree(Graph<N> graph) {
    this.graph = graph;
  }

  /**
   * A graph without cycles.
   *
   * @param <N> its nodes
   */
  public interface Graph<N> {
    /** What a node takes its input from: several where it joins branches, none where it is fed. */
    List<N> inputs(N node);

    /** Whether a node joins branches, which may be one only. */
    boolean joins(N node);

    /** An error that names the node. */
    IllegalArgumentException refused(N node, String why);
  }

  /** Where a node stands: the one that every way to it passes last, and how many of those. */
  private record Place<N>(N before, int depth) {}

  /**
   * A part of a chain.
   *
   * @param <N> nodes
   * @param node the node
   * @param branches of a node that joins; an empty one is its input itself
   */
  public record Part<N>(N node, List<List<Part<N>>> branches) {}

  /**
   * The chain that ends with this node, without the one that is fed.
   *
   * @throws IllegalArgumentException in one line where the graph is no such chain
   */
  public static <N> List<Part<N>> of(N output, Graph<N> graph) {
    BranchTree<N> tree = new BranchTree<>(graph);
    N input = tree.place(output);
    return tree.chain(input, output, 0);
  }

  /** Finds all places, inputs before what reads them; returns what is fed. */
  private N place(N output) {
    N input = null;
    Deque<N> stack = new ArrayDeque<>(List.of(output));
    while (!stack.isEmpty()) {
      N node = stack.peek();
      List<N> open = graph.inputs(node).stream().filter(one -> !places.containsKey(one)).toList();
      if (!open.isEmpty()) {
        open.forEach(stack::push);
        continue;
      }
      stack.pop();
      if (places.size() > MOST_NODES) {
        throw new IllegalArgumentException("it has more than %d layers".formatted(MOST_NODES));
      }
      if (graph.inputs(node).isEmpty()) {
        places.put(node, new Place<>(node, 0));
        input = node;
      } else if (!places.containsKey(node)) {
        N before = graph.inputs(node).stream().reduce(this::common).orElseThrow();
        places.put(node, new Place<>(before, places.get(before).depth() + 1));
      }
    }
    return input;
  }

  private N common(N one, N other) {
    N a = one;
    N b = other;
    while (a != b) {
      if (places.get(a).depth() >= places.get(b).depth()) {
        a = places.get(a).before();
      } else {
        b = places.get(b).before();
      }
    }
    return a;
  }

  private List<Part<N>> chain(N from, N to, int depth) {
    List<Part<N>> parts = new ArrayList<>();
    for (N node = to; node != from; node = places.get(node).before()) {
      parts.add(part(node, depth));
    }
    Collections.reverse(parts);
    return parts;
  }

  private Part<N> part(N node, int depth) {
    if (!used.add(node)) {
      throw graph.refused(
          node,
          "its value goes into branches that do not begin and end together: only chains, sums"
              + " and concatenations of branches are read");
    }
    if (!graph.joins(node)) {
      return new Part<>(node, List.of());
    }
    if (depth >= DEEPEST) {
      throw graph.refused(node, "branches lie more than %d deep".formatted(DEEPEST));
    }
    List<List<Part<N>>> branches = new ArrayList<>();
    N from = places.get(node).before();
    for (N end : graph.inputs(node)) {
      branches.add(chain(from, end, depth + 1));
    }
    if (branches.stream().allMatch(List::isEmpty)) {
      throw graph.refused(node, "a value is joined with itself");
    }
    return new Part<>(node, branches);
  }
}
