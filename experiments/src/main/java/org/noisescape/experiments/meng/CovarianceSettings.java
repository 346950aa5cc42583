package org.noisescape.experiments.meng;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.ExperimentRequest;
import org.noisescape.experiments.Preset;
import org.noisescape.experiments.Settings;
import org.noisescape.experiments.StageData;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link NoiseCovariance} and their values in each preset. */
final class CovarianceSettings {
  /** Layers of the text's network. */
  static final List<String> LAYERS = List.of("conv1", "conv2", "fc1", "fc2");

  /** Layers of its figure. */
  static final List<String> LAYERS_OF_THE_TEXT = List.of("conv1", "conv2");

  private CovarianceSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", "data set");
    all.put("subset", "the first so many training samples, or all");
    all.put("model", "architecture");
    all.put("lr", "learning rate of gradient descent");
    all.put("steps", "steps of full-batch gradient descent, at most");
    all.put("target-loss", "loss at which a point counts as the minimum");
    all.put("every", "distance in steps at which the loss is looked at");
    all.put("seeds", "minima from different initial weights");
    all.put("layers", "layers to move: " + String.join(",", LAYERS));
    all.put("points", "points on each side of the minimum");
    for (String layer : LAYERS) {
      all.put(layer + "-scale", "distance of neighbouring points, a parameter of " + layer);
    }
    all.put("factors", "multiples of the scales, the first one judged");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=300,test=0" : "fashion-mnist");
    all.put("subset", quick ? "300" : "1000");
    all.put("model", "meng-cnn:literal");
    all.put("lr", "0.1");
    all.put("steps", quick ? "400" : "3000");
    all.put("target-loss", quick ? "0.005" : "0.001");
    all.put("every", quick ? "20" : "100");
    all.put("seeds", quick ? "1" : preset == Preset.STANDARD ? "2" : "5");
    all.put("layers", String.join(",", LAYERS));
    all.put("points", "10");
    // the text's for the convolutions; the dense layers move by a similar distance in norm
    all.put("conv1-scale", "0.001");
    all.put("conv2-scale", "0.0001");
    all.put("fc1-scale", "0.0001");
    all.put("fc2-scale", "0.001");
    all.put("factors", quick ? "1,30" : "1,10,100");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(NoiseCovariance.ID, defaults(request.preset()), Map.of(), given);
  }

  /** Multiples of the scales. */
  static List<Double> factors(Settings settings) {
    return settings.positives("factors");
  }

  /**
   * Full-batch gradient descent on cross-entropy from He initialisation.
   *
   * @param samples training samples there are
   */
  static TrainConfiguration training(Settings settings, ExperimentRequest request, int samples) {
    int subset = StageData.subset(settings, request, "subset", samples).orElse(samples);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", settings.text("dataset"));
    values.put("subset", subset);
    values.put("target", "one-hot");
    values.put("model", settings.text("model"));
    values.put("loss", "ce");
    values.put("initialization", "he");
    values.put("learning_rate", settings.positive("lr"));
    values.put("batch", subset);
    values.put("epochs", settings.integer("steps", 1));
    values.put("seed", request.seed());
    values.put("replicas", settings.integer("seeds", 1));
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
    String every = Integer.toString(settings.integer("every", 1));
    values.put("checkpoint_every", every);
    values.put("keep_checkpoints", true);
    values.put("probes", List.of(new ProbeSchedule("loss", every)));
    return TrainConfiguration.defaults().with(values);
  }
}
