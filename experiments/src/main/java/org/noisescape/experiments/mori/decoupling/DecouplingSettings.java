package org.noisescape.experiments.mori.decoupling;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link Decoupling} and their values in each preset. */
final class DecouplingSettings {
  private DecouplingSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    ParityTraining.describe(all);
    all.put("epochs", "times at which the spectra are compared, whole epochs with commas");
    all.put("shuffles", "random deals of the losses to the samples, for the cosine");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=1000,test=0" : "mnist");
    all.put("subset", quick ? "1000" : preset == Preset.STANDARD ? "5000" : "10000");
    all.put("model", "mlp:100,100");
    all.put("lr", "0.01");
    all.put("batch", "100");
    all.put("seeds", preset == Preset.PAPER ? "3" : "2");
    all.put("epochs", "0,50,500");
    all.put("shuffles", "20");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(Decoupling.ID, defaults(request.preset()), Map.of(), given);
  }

  /** Times of the comparison. */
  static List<Integer> epochs(Settings settings) {
    List<Integer> epochs = settings.notNegatives("epochs").stream().map(Double::intValue).toList();
    boolean whole =
        settings.notNegatives("epochs").stream().allMatch(epoch -> epoch == Math.rint(epoch));
    if (!whole || epochs.stream().allMatch(epoch -> epoch == 0)) {
      throw new IllegalArgumentException(
          "--set epochs=%s: must be whole epochs, one of them above 0 (%s)"
              .formatted(settings.text("epochs"), Decoupling.ID));
    }
    return epochs;
  }

  /** The training, with a checkpoint at each of the times. */
  static TrainConfiguration training(Settings settings, ExperimentRequest request, int samples) {
    BigInteger common = BigInteger.ZERO;
    int last = 0;
    for (int epoch : epochs(settings)) {
      common = common.gcd(BigInteger.valueOf(epoch));
      last = Math.max(last, epoch);
    }
    return ParityTraining.of(settings, request, samples, last, common + "epoch");
  }
}
