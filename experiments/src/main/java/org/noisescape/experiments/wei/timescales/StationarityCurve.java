package org.noisescape.experiments.wei.timescales;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.report.Metrics;

/**
 * |O_L/O_R − 1| of one space along training, averaged over seeds.
 *
 * @param points in order of time
 */
record StationarityCurve(List<Point> points) {
  /**
   * One measurement.
   *
   * @param epoch epochs done
   * @param half |O_L/O_R − 1| of averages over the later half of the run so far
   * @param halfError its standard error: the larger of the seeds' own and their spread
   * @param window the same of averages since the last measurement
   * @param left O_L over the later half
   * @param right O_R over the later half
   */
  record Point(
      double epoch, double half, double halfError, double window, double left, double right) {}

  /** Copies the list. */
  StationarityCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of the quantities of a prefix.
   *
   * @param seeds measurements of each seed
   * @param prefix {@code fdr_} or {@code fdr_top1_}
   */
  static StationarityCurve of(List<Metrics> seeds, String prefix) {
    List<Point> points = new ArrayList<>();
    int rows = seeds.stream().mapToInt(seed -> seed.rows().size()).min().orElse(0);
    for (int i = 0; i < rows; i++) {
      int at = i;
      List<Map<String, Double>> same = seeds.stream().map(seed -> seed.rows().get(at)).toList();
      if (same.stream().allMatch(row -> row.containsKey(prefix + "half_deviation"))) {
        points.add(
            new Point(
                same.getFirst().get("epoch"),
                mean(same, prefix + "half_deviation"),
                error(same, prefix + "half_deviation"),
                mean(same, prefix + "deviation"),
                mean(same, prefix + "half_left"),
                mean(same, prefix + "half_right")));
      }
    }
    return new StationarityCurve(points);
  }

  /** The last point, or one of NaN where there is none. */
  Point last() {
    double none = Double.NaN;
    return points.isEmpty() ? new Point(none, none, none, none, none, none) : points.getLast();
  }

  /**
   * First epoch from which the deviation stays at or below a threshold.
   *
   * @return NaN where the last point still exceeds it
   */
  double settles(double threshold) {
    double since = Double.NaN;
    for (Point point : points) {
      boolean below = point.half() <= threshold;
      since = below ? (Double.isNaN(since) ? point.epoch() : since) : Double.NaN;
    }
    return since;
  }

  /** First epoch at which the deviation is below a threshold at all; NaN for none. */
  double touches(double threshold) {
    return points.stream()
        .filter(point -> point.half() < threshold)
        .mapToDouble(Point::epoch)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Smallest deviation; NaN for no points. */
  double least() {
    return points.stream().mapToDouble(Point::half).min().orElse(Double.NaN);
  }

  private static double mean(List<Map<String, Double>> rows, String name) {
    return rows.stream()
        .mapToDouble(row -> row.getOrDefault(name, Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  private static double error(List<Map<String, Double>> rows, String name) {
    int seeds = rows.size();
    double mean = mean(rows, name);
    double own = 0;
    double spread = 0;
    for (Map<String, Double> row : rows) {
      own += Math.pow(row.getOrDefault(name + "_standard_error", Double.NaN), 2);
      spread += Math.pow(row.get(name) - mean, 2);
    }
    double between = seeds > 1 ? spread / (seeds - 1) / seeds : 0;
    return Math.sqrt(Math.max(own / seeds / seeds, between));
  }
}
