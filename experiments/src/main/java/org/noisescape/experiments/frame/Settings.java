package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.NearestName;
import org.noisescape.files.Decimal;

/**
 * Typed reading of {@code --set key=value} over a preset's defaults.
 *
 * <p>A shortcut stands for several keys; a key given by itself goes before a shortcut.
 */
public final class Settings {
  private final String experiment;
  private final Map<String, String> values;

  private Settings(String experiment, Map<String, String> values) {
    this.experiment = experiment;
    this.values = values;
  }

  /**
   * Lays given values over defaults.
   *
   * @param experiment id, for errors
   * @param defaults all keys and their values
   * @param shortcuts key users may write for several keys at once → those keys
   * @param given what the user set
   * @throws IllegalArgumentException for a key that does not exist, with the nearest one
   */
  public static Settings of(
      String experiment,
      Map<String, String> defaults,
      Map<String, List<String>> shortcuts,
      Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    given.forEach(
        (key, value) -> {
          if (shortcuts.containsKey(key)) {
            shortcuts.get(key).forEach(target -> values.put(target, value.strip()));
          } else if (!defaults.containsKey(key)) {
            List<String> known = new ArrayList<>(defaults.keySet());
            known.addAll(shortcuts.keySet());
            throw new IllegalArgumentException(
                NearestName.unknown("setting of " + experiment, key, known));
          }
        });
    given.forEach((key, value) -> values.computeIfPresent(key, (k, old) -> value.strip()));
    return new Settings(experiment, values);
  }

  /**
   * Keys with their descriptions or defaults, given as key, value, key, value, in the order of the
   * listing.
   */
  public static Map<String, String> ordered(String... pairs) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put(pairs[i], pairs[i + 1]);
    }
    return all;
  }

  /** The value as it was written. */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("experiment " + experiment + " has no setting " + key);
    }
    if (value.isEmpty()) {
      throw wrong(key, "must not be empty");
    }
    return value;
  }

  /** A whole number of at least some bound. */
  public int integer(String key, int least) {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "must be a whole number >= " + least);
    }
    throw wrong(key, "must be a whole number >= " + least);
  }

  /** A whole number of at least 1, or empty for {@code all}. */
  public Optional<Integer> integerOrAll(String key) {
    if (text(key).equals("all")) {
      return Optional.empty();
    }
    try {
      int value = Integer.parseInt(text(key));
      if (value >= 1) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "must be a whole number >= 1, or all");
    }
    throw wrong(key, "must be a whole number >= 1, or all");
  }

  /** A finite number above zero. */
  public double positive(String key) {
    try {
      double value = Decimal.parse(text(key));
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "must be a number > 0");
    }
    throw wrong(key, "must be a number > 0");
  }

  /** A finite number of at least zero. */
  public double notNegative(String key) {
    try {
      double value = Decimal.parse(text(key));
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "must be a number >= 0");
    }
    throw wrong(key, "must be a number >= 0");
  }

  /** Distinct finite numbers above zero, with commas. */
  public List<Double> positives(String key) {
    return numbers(key, false);
  }

  /** Distinct finite numbers of at least zero, with commas. */
  public List<Double> notNegatives(String key) {
    return numbers(key, true);
  }

  /** Distinct whole numbers of at least some bound, with commas. */
  public List<Integer> integers(String key, int least) {
    List<Integer> numbers = new ArrayList<>();
    for (String word : text(key).split("\\s*,\\s*", -1)) {
      int value;
      try {
        value = Integer.parseInt(word);
      } catch (NumberFormatException e) {
        throw wrong(key, "must be different whole numbers >= " + least + " with commas");
      }
      if (value < least || numbers.contains(value)) {
        throw wrong(key, "must be different whole numbers >= " + least + " with commas");
      }
      numbers.add(value);
    }
    return numbers;
  }

  private List<Double> numbers(String key, boolean zero) {
    List<Double> numbers = new ArrayList<>();
    for (String word : text(key).split("\\s*,\\s*", -1)) {
      double value;
      try {
        value = Decimal.parse(word);
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      boolean allowed = value > 0 || zero && value == 0;
      if (!allowed || value == Double.POSITIVE_INFINITY || numbers.contains(value)) {
        throw wrong(key, "must be different numbers " + (zero ? ">= 0" : "> 0") + " with commas");
      }
      numbers.add(value);
    }
    return numbers;
  }

  /** So many finite numbers, with commas. */
  public double[] finite(String key, int count) {
    String[] words = text(key).split("\\s*,\\s*", -1);
    double[] values = new double[words.length];
    boolean right = words.length == count;
    for (int i = 0; i < words.length; i++) {
      try {
        values[i] = Decimal.parse(words[i]);
      } catch (NumberFormatException e) {
        values[i] = Double.NaN;
      }
      right &= Double.isFinite(values[i]);
    }
    if (!right) {
      throw wrong(key, "must be %d finite numbers with commas".formatted(count));
    }
    return values;
  }

  /** Distinct words of a list with commas, all out of some. */
  public List<String> some(String key, List<String> allowed) {
    List<String> words = List.of(text(key).split("\\s*,\\s*", -1));
    if (!allowed.containsAll(words) || words.stream().distinct().count() != words.size()) {
      throw wrong(key, "must be one or more of " + String.join(",", allowed));
    }
    return words;
  }

  /** All values, in the order of the defaults. */
  public Map<String, String> all() {
    return java.util.Collections.unmodifiableMap(values);
  }

  private IllegalArgumentException wrong(String key, String rule) {
    return new IllegalArgumentException(
        "--set %s=%s: %s (%s)".formatted(key, values.get(key), rule, experiment));
  }
}
