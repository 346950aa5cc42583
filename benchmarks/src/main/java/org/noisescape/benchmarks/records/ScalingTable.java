package org.noisescape.benchmarks.records;

import java.util.List;

/** Exponents on the page of tables. */
final class ScalingTable {
  private ScalingTable() {}

  static void append(StringBuilder page, List<ScalingCurve> curves) {
    if (curves.isEmpty()) {
      return;
    }
    page.append("\n### Exponents\n\n");
    page.append("Cost ∝ size^a, fitted to the medians on logarithms; a ± its standard error.\n\n");
    for (String figure : List.of("passes", "steps", "memory")) {
      page.append(
          "![Cost against size: %s](../benchmarks/results/figures/scaling-%s.svg)\n"
              .formatted(figure, figure));
    }
    page.append('\n');
    TablesPage.line(page, "what", "against", "from–to", "cost", "a", "a at large sizes", "formula");
    TablesPage.line(page, "---", "---", "---", "---", "---", "---", "---");
    for (ScalingCurve curve : curves) {
      ScalingCurve.Point first = curve.points().getFirst();
      ScalingCurve.Point last = curve.points().getLast();
      TablesPage.line(
          page,
          curve.name(),
          curve.size(),
          MedianRange.number(first.size()) + "–" + MedianRange.number(last.size()),
          "%s–%s %s"
              .formatted(
                  MedianRange.number(first.cost().median()),
                  MedianRange.number(last.cost().median()),
                  curve.unit()),
          "%.2f ± %.2f".formatted(curve.exponent(), curve.error()),
          MedianRange.number(curve.theory()),
          curve.formula());
    }
  }
}
