package org.noisescape.experiments.wei.alignment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/** The settings of {@link HessianNoiseAlignment} and their values in each preset. */
final class AlignmentSettings {
  private AlignmentSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("panels", "losses to train with: ce, mse or both with a comma");
    all.put("dataset", "data set");
    all.put("subset", "the first so many training samples, or all");
    all.put("model", "architecture");
    all.put("smoothing", "label smoothing of the cross-entropy");
    all.put("ce-lr", "learning rate with cross-entropy");
    all.put(
        "mse-lr", "learning rate with the mean-square loss, (1/2)|f - y|^2 summed over outputs");
    all.put("batch", "mini-batch size");
    all.put("at", "epochs to measure at; the last one ends the training");
    all.put("samples", "the first so many training samples that H and C are taken of, or all");
    all.put("vectors", "random vectors that traces are estimated with, or all for exact traces");
    all.put("seeds", "independent runs from different initial weights");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    boolean paper = preset == Preset.PAPER;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("panels", "ce,mse");
    all.put("dataset", quick ? "digits:train=1000,test=0,size=7" : "cifar-10:grey,size=7");
    all.put("subset", "all");
    all.put("model", quick ? "mlp:20" : "mlp:70");
    // the text gives no number; Szegedy et al. (2016), whom it cites, take 0.1
    all.put("smoothing", "0.1");
    all.put("ce-lr", "0.001");
    all.put("mse-lr", "0.1");
    all.put("batch", quick ? "50" : "512");
    all.put(
        "at", quick ? "0,3,10,20,40" : paper ? "0,1,2,3,5,7,10,15,20,30,40,50" : "0,3,10,20,50");
    all.put("samples", quick || paper ? "all" : "10000");
    // the text's matrices are exact; random vectors make many samples affordable
    all.put("vectors", quick || paper ? "all" : "300");
    all.put("seeds", paper ? "3" : "2");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(
        HessianNoiseAlignment.ID,
        defaults(request.preset()),
        Map.of("lr", List.of("ce-lr", "mse-lr")),
        given);
  }

  /** Epochs to measure at, ascending. */
  static List<Integer> epochs(Settings settings) {
    List<Integer> epochs = new ArrayList<>();
    for (double epoch : settings.notNegatives("at")) {
      if (epoch != Math.rint(epoch) || epoch > 1e6) {
        throw new IllegalArgumentException(
            "--set at=%s: must be whole numbers of epochs".formatted(settings.text("at")));
      }
      epochs.add((int) epoch);
    }
    List<Integer> sorted = epochs.stream().sorted().toList();
    if (sorted.getLast() < 1) {
      throw new IllegalArgumentException("--set at=0: needs an epoch >= 1");
    }
    return sorted;
  }
}
