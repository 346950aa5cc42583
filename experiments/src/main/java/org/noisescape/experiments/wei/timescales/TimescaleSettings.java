package org.noisescape.experiments.wei.timescales;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/** The settings of {@link Timescales} and their values in each preset. */
final class TimescaleSettings {
  private TimescaleSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", "data set");
    all.put("subset", "the first so many training samples, or all");
    all.put("normalize", "none or standardize");
    all.put("model", "architecture");
    all.put("loss", "loss, with label smoothing such as ce:0.1");
    all.put("optimizer", "sgd or momentum:MU");
    all.put("lr", "learning rate");
    all.put("batch", "mini-batch size");
    all.put("epochs", "passes over the training data");
    all.put("seeds", "independent runs from different initial weights");
    all.put("top", "dimensions of the eigenspace");
    all.put("every", "distance of measurements, at which the eigenspace is found anew");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    Map<String, String> all = new LinkedHashMap<>();
    boolean quick = preset == Preset.QUICK;
    all.put("dataset", quick ? "digits:train=3000,test=200" : "cifar-10");
    all.put("subset", quick || preset == Preset.PAPER ? "all" : "10000");
    all.put("normalize", quick ? "none" : "standardize");
    // the text's network takes minutes; a small dense one goes through the same in seconds
    all.put("model", quick ? "mlp:8" : "wei-cnn");
    // loss, learning rate, momentum and batch of the text's experiments on CIFAR-10 (section 1.2);
    // a fifth of the data with a fifth of the batch keeps the number of steps
    all.put("loss", "ce:0.1");
    all.put("optimizer", "momentum:0.9");
    all.put("lr", quick ? "0.05" : "0.1");
    all.put("batch", quick ? "20" : preset == Preset.PAPER ? "500" : "100");
    all.put("epochs", "50");
    all.put("seeds", quick ? "2" : "1");
    all.put("top", "1");
    all.put("every", "1epoch");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    return Settings.of(Timescales.ID, defaults(request.preset()), Map.of(), given);
  }

  /**
   * What is trained.
   *
   * @param samples training samples of the data set; a preset's subset takes no more than those
   */
  static TrainConfiguration training(Settings settings, ExperimentRequest request, int samples) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean told = request.settings().containsKey("subset");
    Optional<Integer> subset = settings.integerOrAll("subset").filter(n -> told || n < samples);
    values.put("dataset", settings.text("dataset"));
    values.put("subset", subset.orElse(null));
    values.put("target", "one-hot");
    values.put("normalization", settings.text("normalize"));
    values.put("model", settings.text("model"));
    values.put("loss", settings.text("loss"));
    values.put("optimizer", settings.text("optimizer"));
    values.put("learning_rate", settings.positive("lr"));
    values.put("batch", settings.integer("batch", 1));
    values.put("epochs", settings.integer("epochs", 1));
    values.put("replicas", settings.integer("seeds", 1));
    values.put("seed", request.seed());
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
    String every = settings.text("every");
    values.put(
        "probes",
        List.of(
            new ProbeSchedule("loss", every),
            new ProbeSchedule("fdr", every),
            new ProbeSchedule("fdr-top:" + settings.integer("top", 1), every)));
    return TrainConfiguration.defaults().with(values);
  }
}
