package org.noisescape.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hipparchus.stat.descriptive.rank.Median;

/** Minimum, median and maximum of repeated measurements. */
final class Spread {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    return new Median().evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The same in another unit. */
  Spread times(double factor) {
    Spread scaled = new Spread();
    values.forEach(value -> scaled.add(factor * value));
    return scaled;
  }

  /** For example {@code 0.61 (0.58-0.70)}. */
  String text(String format) {
    return String.format(
        format + " (" + format + "-" + format + ")",
        median(),
        Collections.min(values),
        Collections.max(values));
  }
}
