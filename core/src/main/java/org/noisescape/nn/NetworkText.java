package org.noisescape.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.noisescape.nn.Concatenation.Branch;
import org.noisescape.nn.Sequential.Child;
import org.noisescape.tensor.Tensor;

/**
 * Reads a description of a network: layers with commas between, {@code residual(f | shortcut)},
 * {@code concat(f | g)}, {@code concat(f)} for f beside its input, and {@code 3*(layers)}. Every
 * layer is given the shape that the one before it leaves, so that what does not fit is named.
 *
 * <p>A layer is called by its place among its neighbours, as in PyTorch's nn.Sequential, or by the
 * name before its colon, which may have dots in it.
 */
final class NetworkText {
  /** More would be a mistake, or made to fill the memory. */
  private static final int MOST_LAYERS = 4096;

  private static final int DEEPEST = 32;

  /** What a branch is called that is the input itself. */
  private static final String INPUT = "input";

  private static final String NAME = "[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*";

  private final NetworkTokens tokens;
  private final int outputs;
  private int[] shape;
  private int layers;
  private int depth;

  private NetworkText(NetworkTokens tokens, int[] input, int outputs) {
    this.tokens = tokens;
    this.shape = input;
    this.outputs = outputs;
  }

  /**
   * The layers.
   *
   * @param input shape of one input sample
   * @param outputs K
   */
  static Layer parse(NetworkTokens tokens, int[] input, int outputs) {
    NetworkText text = new NetworkText(tokens, input, outputs);
    Layer layer = text.chain();
    if (!tokens.atEnd()) {
      throw new IllegalArgumentException("'%s' has no '(' before it".formatted(tokens.peek()));
    }
    int got = Network.product(text.shape);
    if (got != outputs) {
      throw new IllegalArgumentException(
          "it has %d outputs, %s, and the data want %d: end it with 'linear'"
              .formatted(got, Tensor.describe(text.shape), outputs));
    }
    Set<String> names = new HashSet<>();
    for (ParameterSpec parameter : layer.parameters(input)) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "two parameters are called %s: give their layers other names"
                .formatted(parameter.name()));
      }
    }
    return layer;
  }

  private Sequential chain() {
    List<Child> children = new ArrayList<>();
    items(children, new HashSet<>());
    if (children.isEmpty()) {
      throw new IllegalArgumentException("there is no layer before " + next());
    }
    return new Sequential(children);
  }

  private void items(List<Child> into, Set<String> names) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("brackets lie more than %d deep".formatted(DEEPEST));
    }
    while (true) {
      while (tokens.skip(",")) {
        // nothing stands between two commas
      }
      if (tokens.atEnd() || tokens.peek().equals(")") || tokens.peek().equals("|")) {
        depth--;
        return;
      }
      item(into, names);
      if (!tokens.atEnd() && !",)|".contains(tokens.peek())) {
        throw new IllegalArgumentException("a comma is missing before " + next());
      }
    }
  }

  private void item(List<Child> into, Set<String> names) {
    String word = word();
    if (tokens.skip("*")) {
      repeat(word, into, names);
      return;
    }
    String name = Integer.toString(into.size());
    if (tokens.skip(":")) {
      name = word;
      if (!name.matches(NAME) || !names.add(name)) {
        throw new IllegalArgumentException(
            "'%s:' %s"
                .formatted(
                    name,
                    name.matches(NAME)
                        ? "stands twice; leave names out of what is repeated"
                        : "is no name of letters, digits and _ with dots between"));
      }
      word = word();
    }
    List<String> words = new ArrayList<>(List.of(word));
    while (tokens.atWord()) {
      words.add(tokens.next());
    }
    int[] input = shape;
    LayerArguments arguments = new LayerArguments(words, outputs);
    Layer layer = tokens.skip("(") ? branches(word, arguments) : NamedLayers.build(word, arguments);
    if (++layers > MOST_LAYERS) {
      throw new IllegalArgumentException("it has more than %d layers".formatted(MOST_LAYERS));
    }
    try {
      shape = layer.outputShape(input);
      layer.parameters(input);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' after %s: %s"
              .formatted(String.join(" ", words), Tensor.describe(input), e.getMessage()),
          e);
    }
    into.add(new Child(name, layer));
  }

  private String word() {
    if (!tokens.atWord()) {
      throw new IllegalArgumentException("a layer is missing before " + next());
    }
    return tokens.next();
  }

  private void repeat(String count, List<Child> into, Set<String> names) {
    if (!count.matches("[1-9][0-9]{0,3}") || !tokens.skip("(")) {
      throw new IllegalArgumentException(
          "'%s*' repeats nothing: write for example 3*(conv 32 3x3 pad=1, relu)".formatted(count));
    }
    int start = tokens.position();
    for (int i = Integer.parseInt(count); i > 0; i--) {
      tokens.moveTo(start);
      int before = into.size();
      items(into, names);
      if (into.size() == before) {
        throw new IllegalArgumentException("'%s*()' repeats nothing".formatted(count));
      }
    }
    close();
  }

  private Layer branches(String word, LayerArguments arguments) {
    int[] input = shape;
    Layer layer =
        switch (word) {
          case "residual" -> {
            String name = arguments.word("shortcut", "shortcut");
            Layer main = chain();
            shape = input;
            yield tokens.skip("|")
                ? Residual.projected(main, name, chain())
                : Residual.identity(main);
          }
          case "concat" -> concatenation(input);
          default ->
              throw new IllegalArgumentException(
                  "'%s(': only residual( and concat( hold layers".formatted(word));
        };
    arguments.done();
    close();
    return layer;
  }

  /** One branch stands before its input; several are called by their places. */
  private Layer concatenation(int[] input) {
    List<Branch> branches = new ArrayList<>();
    do {
      shape = input;
      String name = Integer.toString(branches.size());
      branches.add(tokens.skip(INPUT) ? Branch.INPUT : new Branch(name, chain()));
    } while (tokens.skip("|"));
    return branches.size() == 1
        ? Concatenation.withInput(branches.getFirst().layer())
        : new Concatenation(branches);
  }

  private void close() {
    if (!tokens.skip(")")) {
      throw new IllegalArgumentException("a ')' is missing before " + next());
    }
  }

  private String next() {
    return tokens.atEnd() ? "the end" : "'" + tokens.peek() + "'";
  }
}
