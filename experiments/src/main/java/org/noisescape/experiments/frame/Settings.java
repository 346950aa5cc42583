package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> told;

  private Settings(String experiment, Map<String, String> values, Set<String> told) {
    this.experiment = experiment;
    this.values = values;
    this.told = told;
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
    Set<String> told = new HashSet<>(given.keySet());
    given.forEach(
        (key, value) -> {
          if (shortcuts.containsKey(key)) {
            shortcuts.get(key).forEach(target -> values.put(target, value.strip()));
            told.addAll(shortcuts.get(key));
          } else if (!defaults.containsKey(key)) {
            List<String> known = new ArrayList<>(defaults.keySet());
            known.addAll(shortcuts.keySet());
            throw new IllegalArgumentException(
                NearestName.unknown("setting of " + experiment, key, known));
          }
        });
    given.forEach((key, value) -> values.computeIfPresent(key, (k, old) -> value.strip()));
    return new Settings(experiment, values, told);
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

  /**
   * The subset of a setting; a preset's takes no more samples than there are, one the user wrote is
   * taken as it is.
   *
   * @param samples there are
   * @return empty for all of them
   */
  public Optional<Integer> subset(String key, int samples) {
    return integerOrAll(key).filter(n -> told.contains(key) || n < samples);
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

  /** The same with another value. */
  public Settings with(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(key, value);
    return new Settings(experiment, changed, told);
  }

  /** A value that breaks a rule, in one line. */
  public IllegalArgumentException wrong(String key, String rule) {
    return new IllegalArgumentException(
        "--set %s=%s: %s (%s)".formatted(key, values.get(key), rule, experiment));
  }
}
