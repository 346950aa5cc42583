package org.noisescape.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.Decimal;

/**
 * Settings and the values each of them takes.
 *
 * @param axes key → its values, in the order they were given
 */
public record Grid(Map<String, List<String>> axes) {
  /** Copies the map, and requires of each key different values. */
  public Grid {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    axes.forEach(
        (key, values) -> {
          requireDifferent(key, values);
          copy.put(key, List.copyOf(values));
        });
    axes = java.util.Collections.unmodifiableMap(copy);
  }

  /**
   * Reads {@code key=v1,v2}; values that have commas in them are parted, or for a single one
   * followed, by semicolons. A key that is given again gets more values.
   *
   * @throws IllegalArgumentException in one line where a text is no such thing
   */
  public static Grid parse(List<String> texts) {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "--grid '%s': write a setting and its values, such as lr=0.1,0.01".formatted(text));
      }
      String key = text.substring(0, equals).strip();
      String list = text.substring(equals + 1);
      String separator = list.contains(";") ? ";" : ",";
      String end = separator.equals(";") && list.stripTrailing().endsWith(";") ? ";\\s*$" : "$";
      List<String> values = axes.computeIfAbsent(key, k -> new ArrayList<>());
      for (String value : list.replaceFirst(end, "").split(separator, -1)) {
        if (value.isBlank()) {
          throw new IllegalArgumentException(
              "--grid %s: a value is empty: write for example %s=0.1,0.01".formatted(text, key));
        }
        values.add(value.strip());
      }
    }
    return new Grid(axes);
  }

  /** Values as {@link #parse} reads them back. */
  public static String text(List<String> values) {
    boolean commas = values.stream().anyMatch(value -> value.contains(","));
    return String.join(commas ? ";" : ",", values) + (commas && values.size() == 1 ? ";" : "");
  }

  /** The first text that is parted at commas though its values have arguments, as in adam:0.9. */
  public static Optional<String> parted(List<String> texts) {
    return texts.stream()
        .filter(text -> text.contains(":") && text.contains(",") && !text.contains(";"))
        .findFirst();
  }

  private static void requireDifferent(String key, List<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("--grid %s: no values".formatted(key));
    }
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < i; j++) {
        Optional<Double> number = number(values.get(i));
        if (values.get(i).equals(values.get(j))
            || number.isPresent() && number.equals(number(values.get(j)))) {
          throw new IllegalArgumentException(
              "--grid %s: %s and %s are the same value: leave one out"
                  .formatted(key, values.get(j), values.get(i)));
        }
      }
    }
  }

  /** The finite number a value is, if it is one. */
  static Optional<Double> number(String value) {
    try {
      return Optional.of(Decimal.parse(value)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** All points, the last key changing fastest; a single one without settings for no keys. */
  public List<Map<String, String>> points() {
    List<Map<String, String>> points = List.of(Map.of());
    for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : axis.getValue()) {
          Map<String, String> next = new LinkedHashMap<>(point);
          next.put(axis.getKey(), value);
          more.add(java.util.Collections.unmodifiableMap(next));
        }
      }
      points = more;
    }
    return points;
  }
}
