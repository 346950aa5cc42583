package org.noisescape.experiments.wei.valley;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.SettingRows.Row;

/** The settings of {@link MinimalValley}: those of all panels, then the same keys for each. */
final class ValleySettings {
  /** What a preset takes for a panel. */
  private record Recipe(
      String dataset,
      String subset,
      String shuffled,
      String model,
      String batch,
      String epochs,
      String after) {}

  // stand-ins: the figures' recipes on networks and data for two cores
  private static final String DIGITS = "digits:train=480,test=500,size=10";
  private static final Recipe QUICK = new Recipe(DIGITS, "480", "0", "mlp:64", "20", "30", "5");
  private static final Recipe QUICK_SHUFFLED =
      new Recipe(DIGITS, "480", "160", "mlp:64", "10", "30", "0");
  private static final Recipe STANDARD =
      new Recipe("mnist:size=14", "2000", "0", "mlp:64,64", "50", "60", "10");
  private static final Recipe STANDARD_SHUFFLED =
      new Recipe("mnist:size=14", "3000", "1000", "mlp:64,64", "50", "60", "0");

  /** The text gives neither the epochs of the DenseNet nor those of Fig. 4b, c. */
  private static final Map<String, Recipe> PAPER =
      Map.of(
          "fig1a", new Recipe("cifar-10", "all", "0", "preact-resnet18", "500", "150", "10"),
          "fig1b", new Recipe("cifar-10", "all", "0", "vgg16", "500", "150", "10"),
          "fig4a", new Recipe("cifar-100", "all", "0", "densenet", "512", "150", "10"),
          "fig4b", new Recipe("mnist", "all", "20000", "convnet", "500", "150", "0"),
          "fig4c", new Recipe("cifar-10", "all", "10000", "preact-resnet18", "500", "150", "0"));

  static final SettingRows ROWS = rows();

  private ValleySettings() {}

  private static SettingRows rows() {
    SettingRows all =
        SettingRows.of(
            SettingRows.row(
                "panels",
                "figures of the text, with commas: " + String.join(", ", ValleyPanel.NAMES),
                "fig1a,fig4b",
                "fig1a,fig4b",
                String.join(",", ValleyPanel.NAMES)),
            // the text gives no number; Szegedy et al. (2016), whom it cites, take 0.1
            SettingRows.row("smoothing", "label smoothing of the cross-entropy", "0.1"),
            SettingRows.row(
                "momentum", "heavy-ball momentum of SGD and of gradient descent", "0.9"),
            SettingRows.row(
                "threshold",
                "L - L* below which a state is a minimum, or auto: the least of SGD",
                "auto"),
            // with 1, ends that lie just below the threshold let a relative 1e-3 of concavity
            // decide
            SettingRows.row(
                "line-factor",
                "times the threshold is what points of a segment must stay below",
                "2"),
            SettingRows.row("points", "points looked at on each segment", "10"),
            SettingRows.row(
                "most",
                "iterations of gradient descent after which a projection is given up",
                "5000",
                "5000",
                "20000"),
            SettingRows.row("trace-every", "epochs between two traces of the Hessian", "1"),
            SettingRows.row("vectors", "random vectors of each trace", "200", "50", "10"));
    List<Row> keys = List.of();
    for (String panel : ValleyPanel.NAMES) {
      boolean shuffled = panel.equals("fig4b") || panel.equals("fig4c");
      keys =
          panel(
              shuffled ? QUICK_SHUFFLED : QUICK,
              shuffled ? STANDARD_SHUFFLED : STANDARD,
              PAPER.get(panel));
      for (Row row : keys) {
        all =
            all.and(
                SettingRows.row(
                    panel + "-" + row.key(),
                    row.meaning() + " (all panels: " + row.key() + ")",
                    row.quick(),
                    row.standard(),
                    row.paper()));
      }
    }
    for (Row row : keys) {
      all =
          all.shortcut(
              row.key(), ValleyPanel.NAMES.stream().map(name -> name + "-" + row.key()).toList());
    }
    return all;
  }

  private static List<Row> panel(Recipe... presets) {
    return List.of(
        row("dataset", "data set", Recipe::dataset, presets),
        row("subset", "the first so many training samples, or all", Recipe::subset, presets),
        row(
            "shuffled",
            "the last so many of these get shuffled labels and form set B, or 0",
            Recipe::shuffled,
            presets),
        SettingRows.row(
            "first-epochs", "epochs of SGD on A and B together, where there is a B", "100"),
        row("model", "architecture", Recipe::model, presets),
        SettingRows.row("lr", "learning rate of SGD and of gradient descent", "0.1"),
        row("batch", "mini-batch size", Recipe::batch, presets),
        row("epochs", "epochs of SGD that the path follows", Recipe::epochs, presets),
        row("after", "epochs of the path that are not judged", Recipe::after, presets));
  }

  /** A setting that recipes differ in. */
  private static Row row(
      String key, String meaning, Function<Recipe, String> value, Recipe... presets) {
    List<String> values = Arrays.stream(presets).map(value).toList();
    return new Row(key, meaning, values.get(0), values.get(1), values.get(2));
  }
}
