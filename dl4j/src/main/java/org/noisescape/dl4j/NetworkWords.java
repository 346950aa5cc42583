package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.noisescape.dl4j.FoundLayer.Kind;
import org.noisescape.dl4j.FoundLayer.Weight;
import org.noisescape.nn.BranchTree;
import org.noisescape.nn.BranchTree.Part;

/**
 * A network as {@code net:} writes it, with the names that it gives tensors there.
 *
 * <p>Layers with parameters are called as in DL4J, others by their places.
 *
 * @param text what stands behind {@code net:}
 * @param tensors in their order
 */
record NetworkWords(String text, List<Placed> tensors) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,99}";

  /** Words with a meaning of their own where a name may stand. */
  private static final Set<String> TAKEN = Set.of("input", "shortcut");

  /**
   * A tensor.
   *
   * @param name here
   * @param weight where DL4J has it
   */
  record Placed(String name, Weight weight) {}

  /** The words for what was found. */
  static NetworkWords of(Dl4jReading.Found found) {
    List<Part<FoundLayer>> chain = BranchTree.of(found.output(), new Branches());
    Writer writer = new Writer();
    String text = writer.chain(chain, "");
    SampleForm input = found.input();
    String sizes = input.isKnown() ? "input " + input.words() + ", " : "";
    return new NetworkWords(sizes + text, List.copyOf(writer.tensors));
  }

  private static final class Branches implements BranchTree.Graph<FoundLayer> {
    @Override
    public List<FoundLayer> inputs(FoundLayer layer) {
      return layer.from();
    }

    @Override
    public boolean joins(FoundLayer layer) {
      return layer.kind() == Kind.SUM || layer.kind() == Kind.CONCATENATION;
    }

    @Override
    public IllegalArgumentException refused(FoundLayer layer, String why) {
      return Refusal.of(layer.called(), layer.kind() == Kind.LAYER ? "layer" : "vertex", why);
    }
  }

  private static final class Writer {
    private final List<Placed> tensors = new ArrayList<>();

    /**
     * Layers with commas between.
     *
     * @param prefix what the names of their tensors begin with
     */
    String chain(List<Part<FoundLayer>> parts, String prefix) {
      List<String> words = new ArrayList<>();
      for (Part<FoundLayer> part : parts) {
        FoundLayer layer = part.node();
        boolean called =
            !layer.weights().isEmpty()
                && layer.called().matches(NAME)
                && !TAKEN.contains(layer.called());
        String name = called ? layer.called() : Integer.toString(words.size());
        String text = part(part, prefix + name + ".");
        words.add(called ? name + ": " + text : text);
      }
      return String.join(", ", words);
    }

    private String part(Part<FoundLayer> part, String prefix) {
      FoundLayer layer = part.node();
      if (layer.kind() == Kind.LAYER) {
        layer.weights().forEach(w -> tensors.add(new Placed(prefix + w.suffix(), w)));
        return layer.words();
      }
      return layer.kind() == Kind.SUM
          ? sum(part.branches().get(0), part.branches().get(1), prefix)
          : concatenation(part.branches(), prefix);
    }

    private String sum(List<Part<FoundLayer>> first, List<Part<FoundLayer>> second, String prefix) {
      boolean longer = first.size() >= second.size();
      String main = chain(longer ? first : second, prefix);
      List<Part<FoundLayer>> around = longer ? second : first;
      return around.isEmpty()
          ? "residual(" + main + ")"
          : "residual(%s | %s)".formatted(main, chain(around, prefix + "shortcut."));
    }

    private String concatenation(List<List<Part<FoundLayer>>> branches, String prefix) {
      List<String> texts = new ArrayList<>();
      for (List<Part<FoundLayer>> branch : branches) {
        String own = prefix + texts.size() + ".";
        texts.add(branch.isEmpty() ? "input" : chain(branch, own));
      }
      return "concat(" + String.join(" | ", texts) + ")";
    }
  }
}
