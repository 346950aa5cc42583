package org.noisescape.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.Decimal;

/**
 * The part after the colon of an optimizer's or schedule's name: numbers by position, or {@code
 * key=value}.
 */
public final class RuleArguments {
  private final String kind;
  private final String specification;
  private final String usage;
  private final List<String> positional = new ArrayList<>();
  private final Map<String, String> named = new LinkedHashMap<>();
  private int used;

  RuleArguments(String kind, String specification, String usage, String text) {
    this.kind = kind;
    this.specification = specification;
    this.usage = usage;
    if (text.isEmpty()) {
      return;
    }
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        positional.add(part.strip());
      } else {
        String key = part.substring(0, equals).strip();
        if (named.put(key, part.substring(equals + 1).strip()) != null) {
          throw wrong(key + " is given twice");
        }
      }
    }
  }

  /**
   * The number at a position.
   *
   * @param position from 0
   * @param meaning what it is, for messages
   * @throws IllegalArgumentException where it is missing or no number
   */
  public double number(int position, String meaning) {
    if (position >= positional.size()) {
      throw wrong(meaning + " is missing");
    }
    used++;
    return parse(meaning, positional.get(position));
  }

  /** The number at a position, or another one where it is left out. */
  public double number(int position, String meaning, double absent) {
    return position < positional.size() ? number(position, meaning) : absent;
  }

  /**
   * The number of a key.
   *
   * @throws IllegalArgumentException where it is missing or no number
   */
  public double named(String key) {
    String text = named.get(key);
    if (text == null) {
      throw wrong(key + " is missing");
    }
    used++;
    return parse(key, text);
  }

  /** The number of a key, or another one where it is left out. */
  public double named(String key, double absent) {
    return named.containsKey(key) ? named(key) : absent;
  }

  /** Whether a key is given. */
  public boolean has(String key) {
    return named.containsKey(key);
  }

  /** Whether a word stands among the numbers, as in {@code weight-decay:5e-4,weights}. */
  public boolean flag(String word) {
    return positional.remove(word);
  }

  void allUsed() {
    if (used != positional.size() + named.size()) {
      throw wrong(
          used == 0 ? "it takes no arguments" : "too many arguments, or one of another name");
    }
  }

  /** The stretch at a position. */
  RunLength length(int position, String meaning) {
    if (position >= positional.size()) {
      throw wrong(meaning + " is missing");
    }
    used++;
    return length(meaning, positional.get(position));
  }

  /** The stretch of a key, if it is given. */
  Optional<RunLength> length(String key) {
    if (!named.containsKey(key)) {
      return Optional.empty();
    }
    used++;
    return Optional.of(length(key, named.get(key)));
  }

  private RunLength length(String meaning, String text) {
    try {
      return RunLength.parse(text);
    } catch (NumberFormatException e) {
      throw wrong(
          meaning + " must be a number of epochs, or of steps as in 300steps, got '" + text + "'");
    }
  }

  private double parse(String meaning, String text) {
    try {
      return Decimal.parse(text);
    } catch (NumberFormatException e) {
      throw wrong(meaning + " must be a number, got '" + text + "'");
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        kind + " '" + specification + "': " + what + ": write for example " + usage);
  }
}
