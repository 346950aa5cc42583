package org.noisescape.experiments.wei.valley;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/** The settings of {@link MinimalValley} and their values in each preset. */
final class ValleySettings {
  private static final Map<String, String> OF_A_PANEL = new LinkedHashMap<>();

  static {
    OF_A_PANEL.put("dataset", "data set");
    OF_A_PANEL.put("subset", "the first so many training samples, or all");
    OF_A_PANEL.put(
        "shuffled", "the last so many of these get shuffled labels and form set B, or 0");
    OF_A_PANEL.put("first-epochs", "epochs of SGD on A and B together, where there is a B");
    OF_A_PANEL.put("model", "architecture");
    OF_A_PANEL.put("lr", "learning rate of SGD and of gradient descent");
    OF_A_PANEL.put("batch", "mini-batch size");
    OF_A_PANEL.put("epochs", "epochs of SGD that the path follows");
    OF_A_PANEL.put("after", "epochs of the path that are not judged");
  }

  private ValleySettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("panels", "figures of the text, with commas: " + String.join(", ", ValleyPanel.NAMES));
    all.put("smoothing", "label smoothing of the cross-entropy");
    all.put("momentum", "heavy-ball momentum of SGD and of gradient descent");
    all.put("threshold", "L - L* below which a state is a minimum, or auto: the least of SGD");
    all.put("line-factor", "times the threshold is what points of a segment must stay below");
    all.put("points", "points looked at on each segment");
    all.put("most", "iterations of gradient descent after which a projection is given up");
    all.put("trace-every", "epochs between two traces of the Hessian");
    all.put("vectors", "random vectors of each trace");
    for (String panel : ValleyPanel.NAMES) {
      OF_A_PANEL.forEach(
          (key, text) -> all.put(panel + "-" + key, text + " (all panels: " + key + ")"));
    }
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean paper = preset == Preset.PAPER;
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("panels", paper ? String.join(",", ValleyPanel.NAMES) : "fig1a,fig4b");
    // the text gives no number; Szegedy et al. (2016), whom it cites, take 0.1
    all.put("smoothing", "0.1");
    all.put("momentum", "0.9");
    all.put("threshold", "auto");
    // with 1, ends that lie just below the threshold let a relative 1e-3 of concavity decide
    all.put("line-factor", "2");
    all.put("points", "10");
    all.put("most", paper ? "20000" : "5000");
    all.put("trace-every", "1");
    all.put("vectors", paper ? "10" : quick ? "200" : "50");
    if (paper) {
      // the text gives neither the epochs of the DenseNet nor those of Fig. 4b, c
      put(all, "fig1a", "cifar-10", "all", "0", "preact-resnet18", "500", "150", "10");
      put(all, "fig1b", "cifar-10", "all", "0", "vgg16", "500", "150", "10");
      put(all, "fig4a", "cifar-100", "all", "0", "densenet", "512", "150", "10");
      put(all, "fig4b", "mnist", "all", "20000", "convnet", "500", "150", "0");
      put(all, "fig4c", "cifar-10", "all", "10000", "preact-resnet18", "500", "150", "0");
    } else {
      // stand-ins: the figures' recipes on networks and data for two cores
      String data = quick ? "digits:train=480,test=500,size=10" : "mnist:size=14";
      String own = quick ? "480" : "2000";
      String both = quick ? "480" : "3000";
      String others = quick ? "160" : "1000";
      String model = quick ? "mlp:64" : "mlp:64,64";
      String batch = quick ? "20" : "50";
      String small = quick ? "10" : "50";
      String epochs = quick ? "30" : "60";
      String after = quick ? "5" : "10";
      put(all, "fig1a", data, own, "0", model, batch, epochs, after);
      put(all, "fig1b", data, own, "0", model, batch, epochs, after);
      put(all, "fig4a", data, own, "0", model, batch, epochs, after);
      put(all, "fig4b", data, both, others, model, small, epochs, "0");
      put(all, "fig4c", data, both, others, model, small, epochs, "0");
    }
    return all;
  }

  private static void put(
      Map<String, String> all,
      String panel,
      String dataset,
      String subset,
      String shuffled,
      String model,
      String batch,
      String epochs,
      String after) {
    all.put(panel + "-dataset", dataset);
    all.put(panel + "-subset", subset);
    all.put(panel + "-shuffled", shuffled);
    all.put(panel + "-first-epochs", "100");
    all.put(panel + "-model", model);
    all.put(panel + "-lr", "0.1");
    all.put(panel + "-batch", batch);
    all.put(panel + "-epochs", epochs);
    all.put(panel + "-after", after);
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    Map<String, List<String>> shortcuts = new LinkedHashMap<>();
    for (String key : OF_A_PANEL.keySet()) {
      shortcuts.put(key, ValleyPanel.NAMES.stream().map(panel -> panel + "-" + key).toList());
    }
    return Settings.of(MinimalValley.ID, defaults(request.preset()), shortcuts, given);
  }

  /** L − L* of the setting, or empty for the rule. */
  static OptionalDouble threshold(Settings settings) {
    return settings.text("threshold").equals("auto")
        ? OptionalDouble.empty()
        : OptionalDouble.of(settings.positive("threshold"));
  }
}
