package org.noisescape.experiments.mori.critical;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link CriticalLearningRate} and their values in each preset. */
final class CriticalSettings {
  /** L of the output 0: a network that has forgotten everything. */
  static final double FORGOTTEN = 0.5;

  private CriticalSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    ParityTraining.describe(all);
    all.put("lr", "learning rates of the pre-training, with commas");
    all.put("batch", "mini-batch sizes of the pre-training, with commas, each with each rate");
    all.put("iterations", "steps of the pre-training");
    all.put(
        "checkpoint-every", "distance in steps of checkpoints an interrupted run continues from");
    all.put("ramp-batch", "mini-batch size of the ramps");
    all.put("ramp-from", "learning rate at which ramps begin");
    all.put("ramp-to", "learning rate at which ramps end; what has not jumped is censored");
    all.put("ramp-factor", "what a ramp multiplies its learning rate by after each piece");
    all.put("ramp-hold", "steps of a piece, with a look at the loss at its end");
    all.put("replicas", "ramps from each minimum, with different mini-batches");
    all.put("slow-replicas", "ramps at half the speed from each minimum");
    all.put(
        "jump",
        "factor over the least loss of a ramp that is a jump; half and twice of it are shown too");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    boolean paper = preset == Preset.PAPER;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=1000,test=0" : "mnist");
    all.put("subset", quick ? "1000" : "5000");
    all.put("model", quick ? "mlp:30,30,30" : "mlp:100,100,100");
    all.put("lr", paper ? "0.01,0.02,0.05,0.1" : quick ? "0.01,0.1" : "0.01,0.03,0.1");
    all.put("batch", paper ? "10,30,100" : "10,50");
    all.put("seeds", paper ? "5" : "2");
    all.put("iterations", quick ? "2000" : "10000");
    all.put("checkpoint-every", quick ? "2000" : "5000");
    all.put("ramp-batch", "8");
    all.put("ramp-from", "0.001");
    all.put("ramp-to", "1");
    all.put("ramp-factor", paper ? "1.01" : quick ? "1.05" : "1.04");
    all.put("ramp-hold", paper ? "400" : quick ? "50" : "200");
    all.put("replicas", paper ? "10" : "3");
    all.put("slow-replicas", paper ? "4" : "1");
    all.put("jump", "10");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(CriticalLearningRate.ID, defaults(request.preset()), Map.of(), given);
  }

  /** The ramp at full speed. */
  static RateRamp ramp(Settings settings) {
    double factor = settings.positive("ramp-factor");
    if (!(factor > 1)) {
      throw new IllegalArgumentException(
          "--set ramp-factor=%s: must be > 1, such as 1.03 (%s)"
              .formatted(settings.text("ramp-factor"), CriticalLearningRate.ID));
    }
    RateRamp ramp =
        new RateRamp(settings.positive("ramp-from"), factor, settings.integer("ramp-hold", 1));
    if (!(settings.positive("ramp-to") >= factor * ramp.initial())) {
      throw new IllegalArgumentException(
          "--set ramp-to=%s: must be above ramp-from=%s by ramp-factor=%s at least (%s)"
              .formatted(
                  settings.text("ramp-to"),
                  settings.text("ramp-from"),
                  settings.text("ramp-factor"),
                  CriticalLearningRate.ID));
    }
    return ramp;
  }

  /** Half of the jump's factor, the jump's, twice of it. */
  static double[] factors(Settings settings) {
    double jump = settings.positive("jump");
    if (!(jump > 2)) {
      throw new IllegalArgumentException(
          "--set jump=%s: must be > 2, such as 10: half of it counts as well, and a loss that is not above the least one has not jumped (%s)"
              .formatted(settings.text("jump"), CriticalLearningRate.ID));
    }
    return new double[] {jump / 2, jump, 2 * jump};
  }

  /** The pre-training at one learning rate and batch. */
  static TrainConfiguration training(
      Settings settings, ExperimentRequest request, int samples, double rate, int batch) {
    Settings one =
        Settings.of(
            CriticalLearningRate.ID,
            settings.all(),
            Map.of(),
            Map.of("lr", Double.toString(rate), "batch", Integer.toString(batch)));
    double iterations = settings.integer("iterations", 1);
    return ParityTraining.of(
        one,
        request,
        samples,
        iterations / ParityTraining.stepsPerEpoch(one, request, samples),
        Integer.toString(settings.integer("checkpoint-every", 1)));
  }
}
