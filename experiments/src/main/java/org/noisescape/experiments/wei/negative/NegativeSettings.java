package org.noisescape.experiments.wei.negative;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/** The settings of {@link NegativeEigenvalues} and their values in each preset. */
final class NegativeSettings {
  private NegativeSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", "data set");
    all.put("subset", "the first so many training samples, or all");
    all.put("model", "architecture");
    all.put("smoothing", "label smoothing of the cross-entropy");
    all.put("gd-lr", "learning rate of gradient descent to the minimum");
    all.put("gd-epochs", "steps of gradient descent to the minimum");
    all.put("batches", "mini-batch sizes of SGD from the minimum");
    all.put("rates", "learning rates of SGD from the minimum");
    all.put("sgd-epochs", "passes over the data of each run of SGD");
    all.put("states", "states at the end of each run that are averaged");
    all.put("state-every", "epochs between these states");
    all.put("seeds", "minima from different initial weights");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    boolean paper = preset == Preset.PAPER;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=80,test=0,size=7" : "mnist:size=14");
    all.put("subset", quick ? "80" : "500");
    // quick has as many parameters a fitted number as the text: 970/(80 x 9) and 6220/(500 x 9)
    all.put("model", quick ? "mlp:16" : "mlp:30");
    // the text gives no number; Szegedy et al. (2016), whom it cites, take 0.1
    all.put("smoothing", "0.1");
    all.put("gd-lr", "0.1");
    all.put("gd-epochs", "10000");
    // the ranges of the text, which gives neither the values between nor the length of the runs
    all.put("batches", quick ? "5,10,40" : paper ? "5,10,25,50,100,250" : "5,25,250");
    all.put("rates", paper ? "0.001,0.003,0.01,0.03,0.1" : "0.01,0.03,0.1");
    all.put("sgd-epochs", quick ? "6000" : "1000");
    all.put("states", quick || paper ? "3" : "1");
    all.put("state-every", quick ? "1000" : "100");
    all.put("seeds", quick ? "3" : paper ? "5" : "2");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(NegativeEigenvalues.ID, defaults(request.preset()), Map.of(), given);
  }

  /** Mini-batch sizes. */
  static List<Integer> batches(Settings settings, int samples) {
    List<Integer> batches = new ArrayList<>();
    for (double batch : settings.positives("batches")) {
      if (batch != Math.rint(batch) || batch > samples) {
        throw new IllegalArgumentException(
            "--set batches=%s: must be whole numbers up to the %d training samples"
                .formatted(settings.text("batches"), samples));
      }
      batches.add((int) batch);
    }
    return batches;
  }
}
