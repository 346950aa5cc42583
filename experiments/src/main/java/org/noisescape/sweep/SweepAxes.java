package org.noisescape.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Scale;

/**
 * The settings of a grid that vary, as axes of figures.
 *
 * @param values key → its values, numbers from the smallest to the largest
 */
record SweepAxes(Map<String, List<String>> values) {
  /** Largest value over smallest from which an axis of numbers above zero runs by decades. */
  private static final double WIDE = 8;

  static SweepAxes of(Grid grid) {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    grid.axes()
        .forEach(
            (key, all) -> {
              if (all.size() > 1) {
                axes.put(key, sorted(all));
              }
            });
    return new SweepAxes(axes);
  }

  private static List<String> sorted(List<String> values) {
    if (!numeric(values)) {
      return values;
    }
    return values.stream()
        .sorted(Comparator.comparing((String value) -> Grid.number(value).orElseThrow()))
        .toList();
  }

  private static boolean numeric(List<String> values) {
    return values.stream().allMatch(value -> Grid.number(value).isPresent());
  }

  /** Number of axes. */
  int size() {
    return values.size();
  }

  /** The first key and the second, for a map. */
  String key(int index) {
    return List.copyOf(values.keySet()).get(index);
  }

  /** The key that curves run over: the first of numbers, else the first. */
  String along() {
    return values.keySet().stream()
        .filter(key -> numeric(values.get(key)))
        .findFirst()
        .orElseGet(() -> key(0));
  }

  /** The axis of a key for curves. */
  Axis curve(String key) {
    List<String> all = values.get(key);
    return numeric(all)
        ? new Axis(AxisWords.label(key), scale(numbers(all), WIDE))
        : Axis.of(AxisWords.label(key), all);
  }

  /** The axis of a key for maps. */
  Axis map(String key) {
    return Axis.of(AxisWords.label(key), values.get(key));
  }

  /** Where a value lies on the axis for curves. */
  double place(String key, String value) {
    List<String> all = values.get(key);
    return numeric(all) ? Grid.number(value).orElseThrow() : all.indexOf(value);
  }

  /** By decades where all values are above zero and far apart, else evenly. */
  static Scale scale(double[] numbers, double wide) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double number : numbers) {
      if (Double.isFinite(number)) {
        low = Math.min(low, number);
        high = Math.max(high, number);
      }
    }
    return low > 0 && high >= wide * low && high < Double.POSITIVE_INFINITY
        ? Scale.LOG
        : Scale.LINEAR;
  }

  private static double[] numbers(List<String> values) {
    return values.stream().map(Grid::number).mapToDouble(Optional::orElseThrow).toArray();
  }

  /** What a point has besides some keys: {@code batch=10, model=linear}; empty for nothing. */
  String besides(Map<String, String> settings, List<String> keys) {
    return values.keySet().stream()
        .filter(key -> !keys.contains(key))
        .map(key -> key + "=" + settings.get(key))
        .collect(Collectors.joining(", "));
  }

  /** Points by what they have besides some keys. */
  Map<String, List<SeedAverage>> panels(List<SeedAverage> points, List<String> keys) {
    Map<String, List<SeedAverage>> panels = new LinkedHashMap<>();
    for (SeedAverage point : points) {
      panels.computeIfAbsent(besides(point.settings(), keys), p -> new ArrayList<>()).add(point);
    }
    return panels;
  }
}
