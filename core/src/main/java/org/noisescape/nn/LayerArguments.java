package org.noisescape.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.noisescape.files.Decimal;

/**
 * What follows the word of a layer: values by their place, then values by name, as in {@code conv
 * 32 3x3 pad=1}.
 */
public final class LayerArguments {
  private final String item;
  private final int outputs;
  private final List<String> places;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();
  private int next;

  /**
   * Arguments of one layer.
   *
   * @param words word and arguments
   * @param outputs K of the network
   */
  LayerArguments(List<String> words, int outputs) {
    this.item = String.join(" ", words);
    this.outputs = outputs;
    this.places = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        if (!names.isEmpty()) {
          throw wrong("values without a name come first, got '" + word + "'");
        }
        places.add(word);
      } else if (names.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
        throw wrong("'" + word.substring(0, equals) + "' is given twice");
      }
    }
  }

  /** K, the outputs that the data want of the network. */
  public int outputs() {
    return outputs;
  }

  /** Whether there is one more value by place. */
  public boolean hasNext() {
    return next < places.size();
  }

  /** The next value by place, a whole number of at least 1. */
  public int whole(String meaning) {
    if (!hasNext()) {
      throw wrong("it needs " + meaning);
    }
    return number(meaning, places.get(next++), 1);
  }

  /** The next value by place, the side of a square as {@code 3} or {@code 3x3}. */
  public int side(String meaning) {
    if (!hasNext()) {
      throw wrong("it needs " + meaning + ", as 3x3");
    }
    String text = places.get(next++);
    int cross = text.indexOf('x');
    if (cross < 0) {
      return number(meaning, text, 1);
    }
    int rows = number(meaning, text.substring(0, cross), 1);
    if (rows != number(meaning, text.substring(cross + 1), 1)) {
      throw wrong(meaning + " must be as high as wide, got " + text);
    }
    return rows;
  }

  /** A whole number by name. */
  public int whole(String name, int least, int preset) {
    String text = named(name);
    return text == null ? preset : number(name, text, least);
  }

  /** A number by name. */
  public double number(String name, double preset) {
    String text = named(name);
    return text == null ? preset : decimal(name, text);
  }

  /** The next value by place, a number. */
  public double next(String meaning) {
    if (!hasNext()) {
      throw wrong("it needs " + meaning);
    }
    return decimal(meaning, places.get(next++));
  }

  /** Yes or no by name. */
  public boolean flag(String name, boolean preset) {
    String text = named(name);
    if (text == null) {
      return preset;
    }
    if (!text.equals("yes") && !text.equals("no")) {
      throw wrong("%s must be yes or no, got '%s'".formatted(name, text));
    }
    return text.equals("yes");
  }

  /** A word by name. */
  public String word(String name, String preset) {
    String text = named(name);
    return text == null ? preset : text;
  }

  private String named(String name) {
    known.add(name);
    return names.get(name);
  }

  private int number(String meaning, String text, int least) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which names the text
    }
    throw wrong("%s must be a whole number >= %d, got '%s'".formatted(meaning, least, text));
  }

  private double decimal(String meaning, String text) {
    try {
      double value = Decimal.parse(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the message below, which names the text
    }
    throw wrong("%s must be a finite number, got '%s'".formatted(meaning, text));
  }

  /** Refuses what nobody has read. */
  void done() {
    if (hasNext()) {
      throw wrong("it takes no '" + places.get(next) + "'");
    }
    for (String name : names.keySet()) {
      if (!known.contains(name)) {
        throw wrong(
            "it takes no '%s='%s"
                .formatted(
                    name, known.isEmpty() ? "" : ", but " + String.join("=, ", known) + "="));
      }
    }
  }

  /** What is wrong with this layer, in one line. */
  public IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException("'%s': %s".formatted(item, rule));
  }
}
