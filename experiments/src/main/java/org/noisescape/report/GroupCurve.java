package org.noisescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.runs.ReplicaMean;

/**
 * A quantity over the epochs of a group: the mean of its trajectories with the standard error of
 * the mean, s/√n, at the steps at which every trajectory was measured and finite.
 *
 * <p>So n is the same along the curve, and trajectories that end early end it. What the others did
 * after that is one thin line each.
 *
 * @param epochs of the mean
 * @param mean over the n trajectories that have the quantity
 * @param error standard error of the mean; zero where n = 1
 * @param rest epochs and values of single trajectories after the last common step
 */
record GroupCurve(int n, double[] epochs, double[] mean, double[] error, List<double[][]> rest) {
  private static final double[] NO_ERROR = {};

  /**
   * The curve.
   *
   * @param quantity of a row of metrics, NaN where it was not measured
   */
  static GroupCurve of(TrainingGroup group, ToDoubleFunction<Map<String, Double>> quantity) {
    List<NavigableMap<Double, Double>> curves = new ArrayList<>();
    for (Metrics trajectory : group.trajectories()) {
      NavigableMap<Double, Double> curve = new TreeMap<>();
      for (Map<String, Double> row : trajectory.rows()) {
        double value = quantity.applyAsDouble(row);
        if (Double.isFinite(value)) {
          curve.put(row.getOrDefault("epoch", Double.NaN), value);
        }
      }
      if (!curve.isEmpty()) {
        curves.add(curve);
      }
    }
    if (curves.isEmpty()) {
      return new GroupCurve(0, NO_ERROR, NO_ERROR, NO_ERROR, List.of());
    }
    List<Double> common =
        curves.getFirst().keySet().stream()
            .filter(epoch -> curves.stream().allMatch(curve -> curve.containsKey(epoch)))
            .toList();
    int n = curves.size();
    double[] mean = new double[common.size()];
    double[] error = new double[common.size()];
    for (int i = 0; i < mean.length; i++) {
      double epoch = common.get(i);
      ReplicaMean own =
          ReplicaMean.of(curves.stream().mapToDouble(curve -> curve.get(epoch)).toArray());
      mean[i] = own.mean();
      error[i] = own.standardError();
    }
    double last = common.isEmpty() ? Double.NEGATIVE_INFINITY : common.getLast();
    List<double[][]> rest = new ArrayList<>();
    for (NavigableMap<Double, Double> curve : curves) {
      if (curve.lastKey() > last) {
        NavigableMap<Double, Double> tail = curve.tailMap(last, true);
        rest.add(new double[][] {array(tail.keySet()), array(tail.values())});
      }
    }
    return new GroupCurve(n, array(common), mean, error, List.copyOf(rest));
  }

  /** Whether anything was measured. */
  boolean isEmpty() {
    return n == 0;
  }

  /**
   * Draws the band, the mean, the single lines.
   *
   * @param name entry of the legend, empty for none
   */
  void draw(FigureBuilder figure, TrainingGroup group, String name) {
    int colour = group.colour();
    if (n > 1) {
      figure.spread(colour, epochs, mean, error);
    }
    figure.line(name, colour, group.stroke(), epochs, mean);
    if (mean.length == 1) {
      figure.points("", colour, epochs, mean, n > 1 ? error : NO_ERROR);
    }
    rest.forEach(line -> figure.line("", colour, Stroke.THIN, line[0], line[1]));
  }

  private static double[] array(java.util.Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
