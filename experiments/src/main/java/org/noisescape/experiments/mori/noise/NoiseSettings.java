package org.noisescape.experiments.mori.noise;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.Map;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.SettingRows.Row;

/** The settings of {@link NoiseVsLoss} and their values in each preset. */
final class NoiseSettings {
  private static final Map<String, String> OF_A_PANEL =
      Map.of(
          "dataset", "data set",
          "subset", "the first so many training samples, or all",
          "model", "architecture",
          "lr", "learning rate",
          "batch", "mini-batch size",
          "epochs", "passes over the training data",
          "seeds", "independent runs from different initial weights",
          "every", "distance of measurements, such as 1epoch or 50 (steps)");

  private NoiseSettings() {}

  static SettingRows of(NoiseVariant variant) {
    SettingRows rows =
        SettingRows.of(
                row("panels", "networks to train: mlp, cnn or both with a comma", "mlp,cnn"),
                row(
                    "early",
                    "measurements besides the regular ones, for the steep beginning",
                    "log1.1",
                    "log1.07",
                    "log1.5"),
                row(
                    "checkpoint-every",
                    "distance of checkpoints an interrupted run continues from",
                    "25epoch",
                    "10epoch",
                    "1epoch"))
            .and(mlp())
            .and(cnn(variant.cnnLearningRate(), variant.loss().equals("mse")));
    for (Row row : mlp()) {
      String key = withoutPanel(row.key());
      rows = rows.shortcut(key, Panel.NAMES.stream().map(panel -> panel + "-" + key).toList());
    }
    return rows;
  }

  // quick: smaller nets on few samples reach the late stage within seconds. standard: the late
  // stage is a matter of steps, of which few samples make many epochs. paper: networks, learning
  // rates and batch of the text, which gives no number of epochs

  private static Row[] mlp() {
    String large = "mlp:2000,2000,2000";
    return new Row[] {
      of("mlp-dataset", "digits:train=1000,test=500", "fashion-mnist", "fashion-mnist"),
      of("mlp-subset", "1000", "2000", "all"),
      of("mlp-model", "mlp:300,300", large, large),
      of("mlp-lr", "0.1", "0.1", "0.1"),
      of("mlp-batch", "100", "100", "100"),
      of("mlp-epochs", "240", "200", "200"),
      of("mlp-seeds", "3", "3", "3"),
      of("mlp-every", "4epoch", "10epoch", "1epoch")
    };
  }

  private static Row[] cnn(String rate, boolean meanSquare) {
    return new Row[] {
      of("cnn-dataset", "digits:train=500,test=200", "cifar-10", "cifar-10"),
      // cross-entropy leaves its intermediate losses within a few epochs: more samples stay longer
      of("cnn-subset", "500", meanSquare ? "500" : "2000", "all"),
      // the text's network takes about a second a step on two cores
      of("cnn-model", "meng-cnn", "meng-cnn", "mori-cnn"),
      of("cnn-lr", "0.2", rate, rate),
      of("cnn-batch", "100", "100", "100"),
      of("cnn-epochs", "300", meanSquare ? "2000" : "400", "100"),
      of("cnn-seeds", "3", "3", "3"),
      of("cnn-every", "5epoch", meanSquare ? "40epoch" : "2epoch", "1epoch")
    };
  }

  /** A setting of a panel, which is named before its first hyphen. */
  private static Row of(String key, String quick, String standard, String paper) {
    String both = withoutPanel(key);
    String panel = key.substring(0, key.indexOf('-'));
    String meaning = "%s of the %s (both: %s)".formatted(OF_A_PANEL.get(both), panel, both);
    return row(key, meaning, quick, standard, paper);
  }

  private static String withoutPanel(String key) {
    return key.substring(key.indexOf('-') + 1);
  }
}
