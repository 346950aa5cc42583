package org.noisescape.experiments.meng.plsgd;

import java.util.List;
import java.util.Map;

/**
 * What one training measured on its way.
 *
 * @param seed number of the replica
 * @param rows measurements by name, in order of epochs
 */
record SeedCurve(int seed, List<Map<String, Double>> rows) {
  SeedCurve {
    rows = List.copyOf(rows);
  }

  /** Epochs of the measurements. */
  double[] epochs() {
    return rows.stream().mapToDouble(row -> row.get("epoch")).toArray();
  }

  /** Mean of a quantity over the measurements of the last so many epochs. */
  double last(CurveQuantity quantity, double epochs) {
    double end = rows.getLast().get("epoch");
    return rows.stream()
        .filter(row -> row.get("epoch") > end - epochs)
        .mapToDouble(quantity::of)
        .average()
        .orElse(Double.NaN);
  }
}
