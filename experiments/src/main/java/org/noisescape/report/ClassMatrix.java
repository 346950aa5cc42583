package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Scale;

/**
 * A confusion matrix of a run: samples of true class t that are predicted to be of class p.
 *
 * @param title which samples, and where they were measured
 * @param name for files: small letters, digits, hyphens
 * @param counts C rows of true classes
 */
record ClassMatrix(String title, String name, double[][] counts) {
  /** Two-sided 95 % of a normal distribution. */
  private static final double Z = 1.959963984540054;

  private static final Pattern COLUMN = Pattern.compile("([a-z]+)_confusion_(\\d{1,3})_(\\d{1,3})");
  private static final Pattern CLASS = Pattern.compile("[a-z]+_confusion_\\d+_\\d+");
  private static final String TRAIN = "train";
  private static final String KEY = "confusion";

  /** Whether a column is an entry of a matrix. */
  static boolean isEntry(String column) {
    return CLASS.matcher(column).matches();
  }

  /**
   * Those of a training: the last ones that were measured in it, then those of {@code probe
   * --json}; of several replicas the first. Those of training samples come last.
   */
  static List<ClassMatrix> of(List<Metrics> metrics, Map<String, JsonNode> probes) {
    Map<String, ClassMatrix> found = new LinkedHashMap<>();
    String replica = metrics.size() > 1 ? ", replica 0" : "";
    if (!metrics.isEmpty()) {
      List<Map<String, Double>> rows = metrics.getFirst().rows();
      for (int i = rows.size() - 1; i >= 0 && found.isEmpty(); i--) {
        Map<String, Double> row = rows.get(i);
        String where = ", epoch " + NumberText.of(row.getOrDefault("epoch", Double.NaN)) + replica;
        measured(row)
            .forEach(
                (samples, counts) ->
                    found.put(samples, new ClassMatrix(words(samples) + where, samples, counts)));
      }
    }
    int[] number = {0};
    probes.forEach(
        (file, json) ->
            json.properties()
                .forEach(
                    entry -> {
                      if (entry.getKey().equals(KEY) || entry.getKey().endsWith("_" + KEY)) {
                        String samples =
                            entry.getKey().equals(KEY)
                                ? TRAIN
                                : entry.getKey().replace("_" + KEY, "");
                        probed(entry.getValue())
                            .ifPresent(
                                counts ->
                                    found.put(
                                        file + samples,
                                        new ClassMatrix(
                                            words(samples) + ", " + file,
                                            "probe-" + ++number[0],
                                            counts)));
                      }
                    }));
    List<ClassMatrix> shown = new ArrayList<>();
    for (boolean train : new boolean[] {false, true}) {
      found.forEach(
          (key, matrix) -> {
            if (key.endsWith(TRAIN) == train) {
              shown.add(matrix);
            }
          });
    }
    return shown;
  }

  private static String words(String samples) {
    return samples.equals(TRAIN) ? "training samples" : samples + " samples";
  }

  /** The matrices in a line of metrics that are whole, by their samples. */
  private static Map<String, double[][]> measured(Map<String, Double> row) {
    Map<String, TreeMap<Integer, Double>> entries = new LinkedHashMap<>();
    Map<String, Integer> classes = new LinkedHashMap<>();
    row.forEach(
        (column, value) -> {
          Matcher name = COLUMN.matcher(column);
          if (name.matches()) {
            int truth = Integer.parseInt(name.group(2));
            int predicted = Integer.parseInt(name.group(3));
            entries
                .computeIfAbsent(name.group(1), samples -> new TreeMap<>())
                .put(truth * 1000 + predicted, value);
            classes.merge(name.group(1), Math.max(truth, predicted) + 1, Math::max);
          }
        });
    Map<String, double[][]> matrices = new LinkedHashMap<>();
    entries.forEach(
        (samples, values) -> {
          int count = classes.get(samples);
          if (values.size() == count * count) {
            double[] flat = values.values().stream().mapToDouble(Double::doubleValue).toArray();
            square(flat, count).ifPresent(matrix -> matrices.put(samples, matrix));
          }
        });
    return matrices;
  }

  /** What {@code probe --json} said, of the first replica. */
  private static Optional<double[][]> probed(JsonNode quantity) {
    JsonNode list =
        quantity.has("value") ? quantity.path("value") : quantity.path("values").path(0);
    double[] flat = new double[list.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = list.get(i).asDouble(Double.NaN);
    }
    return square(flat, (int) Math.round(Math.sqrt(flat.length)));
  }

  /** Counts, or nothing where they are none. */
  private static Optional<double[][]> square(double[] flat, int classes) {
    if (classes < 2 || flat.length != classes * classes) {
      return Optional.empty();
    }
    for (double count : flat) {
      if (!(count >= 0 && count == Math.rint(count) && count < 1e15)) {
        return Optional.empty();
      }
    }
    double[][] rows = new double[classes][];
    for (int t = 0; t < classes; t++) {
      rows[t] = java.util.Arrays.copyOfRange(flat, t * classes, (t + 1) * classes);
    }
    return Optional.of(rows);
  }

  private double samples(int truth) {
    return java.util.Arrays.stream(counts[truth]).sum();
  }

  /** The matrix with a row a true class, the first on top; colours are shares of the row. */
  Figure figure() {
    int classes = counts.length;
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    double[][] shares = new double[classes][classes];
    String[][] labels = new String[classes][classes];
    for (int t = 0; t < classes; t++) {
      int row = classes - 1 - t;
      for (int p = 0; p < classes; p++) {
        shares[row][p] = samples(t) > 0 ? counts[t][p] / samples(t) : Double.NaN;
        labels[row][p] = NumberText.of(counts[t][p]);
      }
    }
    return Figure.titled("confusion-" + name, "Confusion matrix, " + title)
        .x(Axis.of("Predicted class", names))
        .y(Axis.of("True class", names.reversed()))
        .add(new Cells("share of the true class", Scale.LINEAR, shares, labels))
        .captioned(
            "Samples by true and predicted class; colours are shares of the true class, so that the diagonal shows the accuracy of each.");
  }

  /** A row a class: samples, those classified rightly, their share with an interval. */
  void appendTo(Html html) {
    html.open("details", "open", "open").element("summary", "Classes, " + title);
    html.open("div", "class", "scroll").open("table", "class", "small").open("tr");
    for (String head : List.of("class", "samples", "right", "accuracy", "95 % (Wilson)")) {
      html.element("th", head);
    }
    html.close("tr");
    for (int t = 0; t < counts.length; t++) {
      double n = samples(t);
      html.open("tr").element("td", String.valueOf(t));
      html.element("td", NumberText.of(n)).element("td", NumberText.of(counts[t][t]));
      html.element("td", NumberText.of(counts[t][t] / n));
      html.element("td", n > 0 ? interval(counts[t][t], n) : "–").close("tr");
    }
    html.close("table").close("div").close("details");
  }

  /** Wilson (1927): the shares p of which the one seen lies within z standard errors. */
  static double[] wilson(double right, double samples) {
    double share = right / samples;
    double z2 = Z * Z / samples;
    double middle = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(share * (1 - share) / samples + z2 / (4 * samples)) / (1 + z2);
    return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
  }

  private static String interval(double right, double samples) {
    double[] ends = wilson(right, samples);
    return NumberText.of(ends[0]) + " – " + NumberText.of(ends[1]);
  }
}
