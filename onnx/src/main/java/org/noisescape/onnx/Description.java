package org.noisescape.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.noisescape.nn.BranchTree.Part;
import org.noisescape.onnx.GraphLayer.Kind;
import org.noisescape.onnx.GraphLayer.Weight;
import org.noisescape.train.StoredTensor;

/**
 * A model as {@code net:} writes it, and its tensors under the names that it gives them.
 *
 * @param text what stands behind {@code net:}
 * @param tensors parameters and running statistics
 */
record Description(String text, List<StoredTensor> tensors) {
  /** The description of what was found in a graph. */
  static Description of(GraphReading.Found found) {
    List<Part<GraphLayer>> chain = LayerTree.of(found.output());
    Description named = new Writer(true).description(found.input(), chain);
    Set<String> names = new HashSet<>();
    boolean distinct = named.tensors().stream().allMatch(tensor -> names.add(tensor.name()));
    return distinct ? named : new Writer(false).description(found.input(), chain);
  }

  /** Writes text and names side by side. */
  private static final class Writer {
    /** Whether layers are called as in the file, or by their places. */
    private final boolean called;

    private final List<StoredTensor> tensors = new ArrayList<>();

    Writer(boolean called) {
      this.called = called;
    }

    Description description(Form input, List<Part<GraphLayer>> chain) {
      boolean known = input.size() != OnnxModel.UNKNOWN;
      String sizes =
          input.isFlat()
              ? "input %d, ".formatted(input.channels())
              : "input %dx%dx%d, ".formatted(input.channels(), input.height(), input.width());
      return new Description((known ? sizes : "") + chain(chain, "", ""), List.copyOf(tensors));
    }

    /**
     * Layers with commas between.
     *
     * @param path what the exporter called what holds them
     * @param prefix what their parameters begin with here
     */
    private String chain(List<Part<GraphLayer>> parts, String path, String prefix) {
      List<String> words = new ArrayList<>();
      for (Part<GraphLayer> part : parts) {
        String place = Integer.toString(words.size());
        String whole = path(part);
        String name = relative(whole, path, place);
        String text = part(part, whole, prefix + name + ".");
        words.add(name.equals(place) ? text : name + ": " + text);
      }
      return String.join(", ", words);
    }

    private String part(Part<GraphLayer> part, String path, String prefix) {
      GraphLayer layer = part.node();
      if (layer.kind() == Kind.LAYER) {
        add(layer.parameters(), prefix);
        add(layer.statistics(), prefix);
        return layer.words();
      }
      return layer.kind() == Kind.SUM
          ? sum(part.branches(), path, prefix)
          : concatenation(part.branches(), path, prefix);
    }

    private void add(List<Weight> weights, String prefix) {
      weights.forEach(weight -> tensors.add(weight.tensor().stored(prefix + weight.suffix())));
    }

    private String sum(List<List<Part<GraphLayer>>> branches, String path, String prefix) {
      List<Part<GraphLayer>> first = branches.get(0);
      List<Part<GraphLayer>> second = branches.get(1);
      boolean longer = first.size() >= second.size();
      List<Part<GraphLayer>> main = longer ? first : second;
      List<Part<GraphLayer>> around = longer ? second : first;
      String text = chain(main, path, prefix);
      if (around.isEmpty()) {
        return "residual(" + text + ")";
      }
      String whole = common(around);
      String shortcut = relative(whole, path, "shortcut");
      String name = shortcut.equals("shortcut") ? "" : " shortcut=" + shortcut;
      return "residual%s(%s | %s)"
          .formatted(name, text, chain(around, whole, prefix + shortcut + "."));
    }

    private String concatenation(
        List<List<Part<GraphLayer>>> branches, String path, String prefix) {
      if (branches.size() == 2 && branches.get(1).isEmpty()) {
        return "concat(" + chain(branches.getFirst(), path, prefix) + ")";
      }
      List<String> texts = new ArrayList<>();
      for (List<Part<GraphLayer>> branch : branches) {
        String own = (path.isEmpty() ? "" : path + ".") + texts.size();
        String whole = common(branch);
        boolean numbered = whole.equals(own) || whole.startsWith(own + ".");
        texts.add(
            branch.isEmpty()
                ? "input"
                : chain(branch, numbered ? own : path, prefix + texts.size() + "."));
      }
      return "concat(" + String.join(" | ", texts) + ")";
    }

    /** What a layer is called, or what holds all layers of its branches. */
    private static String path(Part<GraphLayer> part) {
      return part.branches().isEmpty()
          ? part.node().path()
          : common(part.branches().stream().flatMap(List::stream).toList());
    }

    /** The path of what holds all these, or nothing. */
    private static String common(List<Part<GraphLayer>> parts) {
      String common = null;
      for (Part<GraphLayer> part : parts) {
        String path = path(part);
        String holder = part.branches().isEmpty() ? holder(path) : path;
        boolean silent = path.isEmpty() && part.node().parameters().isEmpty();
        if (!silent) {
          common = common == null ? holder : shared(common, holder);
        }
      }
      return common == null ? "" : common;
    }

    private static String holder(String path) {
      return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private static String shared(String a, String b) {
      String longest = a;
      while (!longest.isEmpty() && !b.equals(longest) && !b.startsWith(longest + ".")) {
        longest = holder(longest);
      }
      return longest;
    }

    /** The rest of a path below another, or the place where there is none. */
    private String relative(String path, String below, String place) {
      if (!called || path.isEmpty() || path.equals(below)) {
        return place;
      }
      if (below.isEmpty()) {
        return path;
      }
      return path.startsWith(below + ".") ? path.substring(below.length() + 1) : place;
    }
  }
}
