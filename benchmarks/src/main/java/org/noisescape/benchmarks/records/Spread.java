package org.noisescape.benchmarks.records;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hipparchus.stat.descriptive.rank.Median;

/** Minimum, median and maximum of repeated measurements. */
public final class Spread {
  private final List<Double> values = new ArrayList<>();

  /** One more measurement. */
  public void add(double value) {
    values.add(value);
  }

  /** How many there are. */
  public int count() {
    return values.size();
  }

  /**
   * The numbers.
   *
   * @throws IllegalStateException where nothing was measured
   */
  public MedianRange range() {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured: the rounds must be >= 1");
    }
    double middle =
        new Median().evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    return new MedianRange(middle, Collections.min(values), Collections.max(values));
  }
}
