package org.noisescape.experiments.mori.linearpassage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.RegressionData;

/** The settings of {@link FirstPassageLinear} and their values in each preset. */
final class PassageSettings {
  private PassageSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("d", "dimensions, with commas");
    all.put("samples", "samples N of the data, drawn with the seed of the run");
    all.put("lr", "learning rate");
    all.put("batch", "mini-batch size, drawn with replacement");
    all.put("c", "thresholds as multiples of the minimum loss, with commas");
    all.put("data-sets", "data sets drawn; a slope's error knows how much they differ");
    all.put("replicas", "independent runs on each data set, each from the minimum");
    all.put("steps", "step limit; what has not passed by then is censored");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("d", preset == Preset.QUICK ? "4,10" : "2,4,10");
    all.put("samples", "10000");
    all.put("lr", "0.1");
    all.put("batch", "1");
    all.put("c", "1.25,1.5,1.75,2,2.25,2.5,2.75,3,3.5,4,5,6,7,8");
    all.put("data-sets", preset == Preset.QUICK ? "3" : "10");
    all.put("replicas", "100");
    all.put(
        "steps",
        switch (preset) {
          case QUICK -> "100000";
          case STANDARD -> "1000000";
          case PAPER -> "10000000";
        });
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    RegressionData.refuseDataset(FirstPassageLinear.ID, request);
    return Settings.of(
        FirstPassageLinear.ID, defaults(request.preset()), Map.of(), request.settings());
  }
}
