package org.noisescape.experiments.mori.networkpassage;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link FirstPassageNetwork} and their values in each preset. */
final class NetworkPassageSettings {
  private NetworkPassageSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    ParityTraining.describe(all);
    all.put("lr", "learning rate of the pre-training");
    all.put("batch", "mini-batch size of the pre-training");
    all.put("iterations", "steps of the pre-training");
    all.put(
        "checkpoint-every", "distance in steps of checkpoints an interrupted run continues from");
    all.put("hessian-pairs", "largest eigenvalues of the Hessian itself, by Lanczos");
    all.put("passage-lr", "learning rates of the ensembles, with commas");
    all.put("passage-batch", "mini-batch size of the ensembles");
    all.put("c", "thresholds as multiples of the loss after the pre-training, with commas");
    all.put("replicas", "independent runs of each ensemble");
    all.put("steps", "step limit; what has not passed by then is censored");
    all.put("look", "steps between two looks at the loss over all samples");
    all.remove("seeds");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    boolean paper = preset == Preset.PAPER;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=4000,test=0" : "mnist");
    all.put("subset", quick ? "all" : "10000");
    all.put("model", quick ? "mlp:2" : "mlp:10");
    all.put("lr", "0.01");
    all.put("batch", "100");
    all.put("iterations", quick ? "50000" : "100000");
    all.put("checkpoint-every", "10000");
    all.put("hessian-pairs", "10");
    all.put("passage-lr", quick ? "0.009,0.012,0.015" : "0.01,0.012,0.015,0.02");
    all.put("passage-batch", "10");
    all.put(
        "c",
        quick
            ? "1.2,1.3,1.4,1.5,1.6,1.7,1.8,2,2.2,2.5,2.8,3.2,3.6,4"
            : "1.2,1.3,1.4,1.5,1.6,1.7,1.8,1.9,2,2.2,2.4,2.6,2.8,3,3.5,4");
    all.put("replicas", quick ? "40" : "100");
    all.put("steps", quick ? "10000" : paper ? "100000" : "50000");
    all.put("look", quick ? "20" : paper ? "10" : "100");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(FirstPassageNetwork.ID, defaults(request.preset()), Map.of(), given);
  }

  /** The pre-training, one run. */
  static TrainConfiguration training(Settings settings, ExperimentRequest request, int samples) {
    double iterations = settings.integer("iterations", 1);
    String every = Integer.toString(settings.integer("checkpoint-every", 1));
    return ParityTraining.of(
        settings,
        1,
        request,
        samples,
        iterations / ParityTraining.stepsPerEpoch(settings, request, samples),
        every);
  }
}
