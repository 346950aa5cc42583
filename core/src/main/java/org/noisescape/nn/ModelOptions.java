package org.noisescape.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.noisescape.files.Decimal;
import org.noisescape.tensor.Activation;

/**
 * What follows a model's name: its sizes, then options {@code key=value}, parted by colons, as in
 * {@code mlp:100,100:activation=gelu:dropout=0.5}.
 */
final class ModelOptions {
  static final String ACTIVATION = "activation";
  static final String NORM = "norm";
  static final String GROUPS = "groups";
  static final String DROPOUT = "dropout";

  private final String specification;
  private final String sizes;
  private final Map<String, String> options = new LinkedHashMap<>();

  /**
   * Takes the text apart.
   *
   * @param specification as users wrote it, for messages
   * @param arguments what stands behind the name
   * @param known the options there are
   * @throws IllegalArgumentException in one line for an option that is unknown or given twice
   */
  ModelOptions(String specification, String arguments, List<String> known) {
    this.specification = specification;
    String first = "";
    String[] parts = arguments.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0 && i == 0) {
        first = parts[i];
        continue;
      }
      String key = equals < 0 ? parts[i].strip() : parts[i].substring(0, equals).strip();
      if (equals < 0 || !known.contains(key)) {
        throw wrong(
            "unknown option '%s': use one of %s=".formatted(key, String.join("=, ", known)));
      }
      if (options.put(key, parts[i].substring(equals + 1).strip()) != null) {
        throw wrong(key + " is given twice");
      }
    }
    this.sizes = first;
  }

  /** What stands before the options. */
  String sizes() {
    return sizes;
  }

  /** The activation asked for; ReLU where none is. */
  Supplier<Layer> activation() {
    String name = options.get(ACTIVATION);
    if (name == null) {
      return () -> new Activate(Activation.RELU);
    }
    try {
      NamedLayers.activation(name);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    return () -> NamedLayers.activation(name);
  }

  /** The normalisation asked for, or what stands for none. */
  Supplier<Layer> norm(Supplier<Layer> absent) {
    String name = options.get(NORM);
    if (!"group".equals(name) && options.containsKey(GROUPS)) {
      throw wrong("groups belong to norm=group");
    }
    if (name == null) {
      return absent;
    }
    return switch (name) {
      case "batch" -> BatchNorm::new;
      case "group" -> this::group;
      case "layer" -> () -> GroupNorm.of(1);
      default -> throw wrong("unknown norm '" + name + "': use batch, group or layer");
    };
  }

  private GroupNorm group() {
    String groups = options.get(GROUPS);
    if (groups == null) {
      return GroupNorm.atMost(LayerStyle.GROUPS);
    }
    try {
      int count = Integer.parseInt(groups);
      if (count >= 1) {
        return GroupNorm.of(count);
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which names the text
    }
    throw wrong("groups must be a whole number >= 1, got '" + groups + "'");
  }

  /** The share of units that dropout leaves out; 0 where it is not asked for. */
  double dropout() {
    String text = options.get(DROPOUT);
    if (text == null) {
      return 0;
    }
    try {
      double share = Decimal.parse(text);
      if (share >= 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which names the text
    }
    throw wrong("dropout must be a number from 0 on and below 1, got '" + text + "'");
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("model '" + specification + "': " + what);
  }
}
