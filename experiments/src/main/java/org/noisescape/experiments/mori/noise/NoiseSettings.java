package org.noisescape.experiments.mori.noise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/** The settings of {@link NoiseVsLoss} and their values in each preset. */
final class NoiseSettings {
  private static final Map<String, String> OF_A_PANEL = new LinkedHashMap<>();

  static {
    OF_A_PANEL.put("dataset", "data set");
    OF_A_PANEL.put("subset", "the first so many training samples, or all");
    OF_A_PANEL.put("model", "architecture");
    OF_A_PANEL.put("lr", "learning rate");
    OF_A_PANEL.put("batch", "mini-batch size");
    OF_A_PANEL.put("epochs", "passes over the training data");
    OF_A_PANEL.put("seeds", "independent runs from different initial weights");
    OF_A_PANEL.put("every", "distance of measurements, such as 1epoch or 50 (steps)");
  }

  private NoiseSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("panels", "networks to train: mlp, cnn or both with a comma");
    all.put("early", "measurements besides the regular ones, for the steep beginning");
    all.put("checkpoint-every", "distance of checkpoints an interrupted run continues from");
    for (String panel : Panel.NAMES) {
      OF_A_PANEL.forEach(
          (key, text) ->
              all.put(panel + "-" + key, text + " of the " + panel + " (both: " + key + ")"));
    }
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(NoiseVariant variant, Preset preset) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("panels", "mlp,cnn");
    String cnnRate = variant.cnnLearningRate();
    switch (preset) {
      case QUICK -> {
        // smaller nets on few samples reach the late stage within seconds
        all.put("early", "log1.1");
        all.put("checkpoint-every", "25epoch");
        put(all, "mlp", "digits:train=1000,test=500", "mlp:300,300", "0.1", "240", "4epoch");
        put(all, "cnn", "digits:train=500,test=200", "meng-cnn", "0.2", "300", "5epoch");
        all.put("mlp-subset", "1000");
        all.put("cnn-subset", "500");
        all.put("mlp-seeds", "2");
      }
      case STANDARD -> {
        all.put("early", "log1.07");
        // the late stage is a matter of steps, of which few samples make many epochs; the text's
        // convolutional network takes about a second a step on two cores
        put(all, "mlp", "fashion-mnist", "mlp:2000,2000,2000", "0.1", "200", "10epoch");
        // cross-entropy leaves its intermediate losses within a few epochs: more samples stay
        // longer
        boolean meanSquare = variant.loss().equals("mse");
        String epochs = meanSquare ? "2000" : "400";
        put(all, "cnn", "cifar-10", "meng-cnn", cnnRate, epochs, meanSquare ? "40epoch" : "2epoch");
        all.put("checkpoint-every", "10epoch");
        all.put("mlp-subset", "2000");
        all.put("cnn-subset", meanSquare ? "500" : "2000");
      }
      case PAPER -> {
        all.put("early", "log1.5");
        // networks, learning rates and batch of the text, which gives no number of epochs
        all.put("checkpoint-every", "1epoch");
        put(all, "mlp", "fashion-mnist", "mlp:2000,2000,2000", "0.1", "200", "1epoch");
        put(all, "cnn", "cifar-10", "mori-cnn", cnnRate, "100", "1epoch");
      }
    }
    return all;
  }

  private static void put(
      Map<String, String> all,
      String panel,
      String dataset,
      String model,
      String rate,
      String epochs,
      String every) {
    all.put(panel + "-dataset", dataset);
    all.put(panel + "-subset", "all");
    all.put(panel + "-model", model);
    all.put(panel + "-lr", rate);
    all.put(panel + "-batch", "100");
    all.put(panel + "-epochs", epochs);
    all.put(panel + "-seeds", "1");
    all.put(panel + "-every", every);
  }

  /** All settings of a request. */
  static Settings of(NoiseVariant variant, ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    Map<String, List<String>> shortcuts = new LinkedHashMap<>();
    for (String key : OF_A_PANEL.keySet()) {
      shortcuts.put(key, Panel.NAMES.stream().map(panel -> panel + "-" + key).toList());
    }
    return Settings.of(variant.id(), defaults(variant, request.preset()), shortcuts, given);
  }
}
