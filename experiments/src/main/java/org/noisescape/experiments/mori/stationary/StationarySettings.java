package org.noisescape.experiments.mori.stationary;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.RegressionData;

/** The settings of {@link Stationary} and their values in each preset. */
final class StationarySettings {
  private StationarySettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("samples", "samples N of the data, drawn with the seed of the run");
    all.put("lr", "learning rates, with commas");
    all.put("batch", "mini-batch sizes, with commas; drawn with replacement");
    all.put("iterations", "iterations of all replicas together, for each learning rate and batch");
    all.put("every", "iterations between two samples of theta");
    all.put("replicas", "replicas the iterations are spread over, each from the minimum");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("samples", quick ? "10000" : "100000");
    all.put("lr", "0.1,0.3,1");
    all.put(
        "batch",
        quick
            ? "1,16,64"
            : preset == Preset.STANDARD ? "1,4,16,64,256" : "1,2,4,8,16,32,64,128,256,512");
    // ten times the text, for errors of half a percent
    all.put("iterations", preset == Preset.STANDARD ? "10000000" : "1000000");
    all.put("every", "100");
    all.put("replicas", "20");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    RegressionData.refuseDataset(Stationary.ID, request);
    return Settings.of(Stationary.ID, defaults(request.preset()), Map.of(), request.settings());
  }
}
