package org.noisescape.experiments.mori.hessian;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link HessianSpectrum} and their values in each preset. */
final class HessianSettings {
  private HessianSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    ParityTraining.describe(all);
    all.put("iterations", "steps of the pre-training");
    all.put(
        "checkpoint-every", "distance in steps of checkpoints an interrupted run continues from");
    all.put("hessian-pairs", "largest eigenvalues of the Hessian itself, by Lanczos");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=1000,test=0" : "mnist");
    all.put("subset", quick ? "1000" : "10000");
    all.put("model", "mlp:10");
    all.put("lr", "0.01");
    all.put("batch", "100");
    all.put("seeds", quick ? "2" : preset == Preset.STANDARD ? "3" : "10");
    all.put("iterations", quick ? "5000" : "100000");
    all.put("checkpoint-every", quick ? "2500" : "10000");
    all.put("hessian-pairs", "10");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(HessianSpectrum.ID, defaults(request.preset()), Map.of(), given);
  }

  /** The pre-training. */
  static TrainConfiguration training(Settings settings, ExperimentRequest request, int samples) {
    double iterations = settings.integer("iterations", 1);
    String every = Integer.toString(settings.integer("checkpoint-every", 1));
    return ParityTraining.of(
        settings,
        request,
        samples,
        iterations / ParityTraining.stepsPerEpoch(settings, request, samples),
        every);
  }
}
