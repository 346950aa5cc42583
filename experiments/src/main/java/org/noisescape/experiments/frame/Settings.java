package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.noisescape.files.Decimal;
import org.noisescape.registry.NearestName;

/**
 * Typed reading of {@code --set key=value} over a preset's defaults.
 *
 * <p>A shortcut stands for several keys; a key given by itself goes before a shortcut.
 */
public final class Settings {
  private static final String COMMAS = "\\s*,\\s*";

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
    return read(key, Integer::parseInt, n -> n >= least, "must be a whole number >= " + least);
  }

  /** A whole number of at least 1, or empty for {@code all}. */
  public Optional<Integer> integerOrAll(String key) {
    return text(key).equals("all")
        ? Optional.empty()
        : Optional.of(
            read(key, Integer::parseInt, n -> n >= 1, "must be a whole number >= 1, or all"));
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
    return read(key, Decimal::parse, x -> x > 0 && Double.isFinite(x), "must be a number > 0");
  }

  /** A finite number of at least zero. */
  public double notNegative(String key) {
    return read(key, Decimal::parse, x -> x >= 0 && Double.isFinite(x), "must be a number >= 0");
  }

  /** Distinct finite numbers above zero, with commas. */
  public List<Double> positives(String key) {
    return different(key, Decimal::parse, x -> x > 0 && Double.isFinite(x), "numbers > 0");
  }

  /** Distinct finite numbers of at least zero, with commas. */
  public List<Double> notNegatives(String key) {
    return different(key, Decimal::parse, x -> x >= 0 && Double.isFinite(x), "numbers >= 0");
  }

  /** Distinct whole numbers of at least some bound, with commas. */
  public List<Integer> integers(String key, int least) {
    return different(key, Integer::parseInt, n -> n >= least, "whole numbers >= " + least);
  }

  /** So many finite numbers, with commas. */
  public double[] finite(String key, int count) {
    Predicate<List<Double>> right =
        all -> all.size() == count && all.stream().allMatch(Double::isFinite);
    String rule = "must be %d finite numbers with commas".formatted(count);
    return read(key, list(Decimal::parse), right, rule).stream().mapToDouble(x -> x).toArray();
  }

  private <T> List<T> different(
      String key, Function<String, T> parser, Predicate<T> allowed, String what) {
    Predicate<List<T>> right =
        all -> all.stream().allMatch(allowed) && Set.copyOf(all).size() == all.size();
    return read(key, list(parser), right, "must be different " + what + " with commas");
  }

  private static <T> Function<String, List<T>> list(Function<String, T> parser) {
    return text -> Arrays.stream(text.split(COMMAS, -1)).map(parser).toList();
  }

  private <T> T read(String key, Function<String, T> parser, Predicate<T> allowed, String rule) {
    String text = text(key);
    try {
      T value = parser.apply(text);
      if (allowed.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, rule);
    }
    throw wrong(key, rule);
  }

  /** Distinct words of a list with commas, all out of some. */
  public List<String> some(String key, List<String> allowed) {
    List<String> words = List.of(text(key).split(COMMAS, -1));
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
