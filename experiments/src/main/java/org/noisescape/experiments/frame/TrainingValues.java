package org.noisescape.experiments.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/**
 * What a stage trains, put together from the settings of an experiment. Targets are one-hot unless
 * another kind is named.
 */
public final class TrainingValues {
  private final Settings settings;
  private final ExperimentRequest request;
  private final String prefix;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private TrainingValues(Settings settings, ExperimentRequest request, String prefix) {
    this.settings = settings;
    this.request = request;
    this.prefix = prefix;
    values.put("target", "one-hot");
    values.put("seed", request.seed());
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
  }

  /**
   * Seed, engine, threads and precision of a request.
   *
   * @param prefix of the settings of this stage, such as {@code mlp-}; empty without
   */
  public static TrainingValues of(Settings settings, ExperimentRequest request, String prefix) {
    return new TrainingValues(settings, request, prefix);
  }

  /**
   * Settings {@code dataset} and {@code subset}.
   *
   * @param samples training samples there are; a preset's subset takes no more
   */
  public TrainingValues data(int samples) {
    return with("dataset", settings.text(prefix + "dataset"))
        .with("subset", settings.subset(prefix + "subset", samples).orElse(null));
  }

  /** Settings {@code model}, {@code lr} and {@code batch}. */
  public TrainingValues network() {
    return with("model", settings.text(prefix + "model"))
        .with("learning_rate", settings.positive(prefix + "lr"))
        .with("batch", settings.integer(prefix + "batch", 1));
  }

  /** Setting {@code seeds}. */
  public TrainingValues seeds() {
    return with("replicas", settings.integer(prefix + "seeds", 1));
  }

  /** A value by its key of {@link TrainConfiguration}. */
  public TrainingValues with(String key, Object value) {
    values.put(key, value);
    return this;
  }

  /** Probes, all at the same distance. */
  public TrainingValues probes(String every, String... quantities) {
    return with(
        "probes",
        List.of(quantities).stream().map(name -> new ProbeSchedule(name, every)).toList());
  }

  /** The training. */
  public TrainConfiguration configuration() {
    return TrainConfiguration.defaults().with(values);
  }
}
