package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.nn.Sequential.Child;

/**
 * The layers of a network one below the other, with what each costs.
 *
 * @param lines outer layers before those they hold
 */
public record NetworkSummary(List<Line> lines) {
  /**
   * A layer.
   *
   * @param depth layers that hold it
   * @param name what its parameters begin with, without a dot at the end
   * @param layer the layer
   * @param output shape of one output sample
   * @param parameters its own, under their names in the network; none of a layer that holds others
   * @param multiplications of the weights with one sample on the way forward
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Line(
      int depth,
      String name,
      Layer layer,
      int[] output,
      List<ParameterSpec> parameters,
      long multiplications) {}

  /** Copies the list. */
  public NetworkSummary {
    lines = List.copyOf(lines);
  }

  /** The layers of a network. */
  public static NetworkSummary of(Network network) {
    List<Line> lines = new ArrayList<>();
    within(new Child("", network.layer()), network.inputShape(), "", 0, lines);
    return new NetworkSummary(lines);
  }

  /** Multiplications of one sample on the way forward. */
  public long multiplications() {
    return lines.stream().mapToLong(Line::multiplications).sum();
  }

  /** A part of a layer: a chain is its layers, anything else a line of its own. */
  private static void within(Child part, int[] input, String prefix, int depth, List<Line> into) {
    if (part.layer() instanceof Sequential chain) {
      int[] shape = input;
      for (Child child : chain.children()) {
        add(child, shape, joined(prefix, part.name()), depth, into);
        shape = child.layer().outputShape(shape);
      }
    } else {
      add(part, input, prefix, depth, into);
    }
  }

  private static void add(Child child, int[] input, String prefix, int depth, List<Line> into) {
    Layer layer = child.layer();
    String name = joined(prefix, child.name());
    int[] output = layer.outputShape(input);
    List<Child> parts = parts(layer);
    List<ParameterSpec> own =
        parts.isEmpty() ? new Child(name, layer).prefixed(layer.parameters(input)) : List.of();
    into.add(new Line(depth, name, layer, output, own, multiplications(own, output)));
    parts.forEach(part -> within(part, input, name, depth + 1, into));
  }

  /** What a layer holds, each with the layer's own input. */
  private static List<Child> parts(Layer layer) {
    if (layer instanceof Residual block) {
      Child main = new Child("", block.main());
      return block.shortcut() == null
          ? List.of(main)
          : List.of(main, new Child(block.name(), block.shortcut()));
    }
    if (layer instanceof Concatenation block) {
      return block.branches().stream()
          .filter(branch -> branch.layer() != null)
          .map(branch -> new Child(branch.name(), branch.layer()))
          .toList();
    }
    return layer instanceof Sequential ? List.of(new Child("", layer)) : List.of();
  }

  private static String joined(String prefix, String name) {
    return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
  }

  /** Every weight once at every pixel of the output. */
  private static long multiplications(List<ParameterSpec> parameters, int[] output) {
    long pixels = output.length == 3 ? (long) output[0] * output[1] : 1;
    return parameters.stream()
        .filter(parameter -> parameter.shape().length > 1)
        .mapToLong(parameter -> pixels * parameter.size())
        .sum();
  }
}
