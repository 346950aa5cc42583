package org.noisescape.runs;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.noisescape.datasets.DataLocation;
import org.noisescape.tensor.Precision;
import org.noisescape.train.Monitoring;
import org.noisescape.train.StopRule;

/**
 * Looks whether trainings would begin; one after the other, so that data they have in common are
 * read once.
 */
public final class TrainingCheck {
  private final Set<List<String>> engines = new HashSet<>();
  private final boolean here;
  private List<Object> source = List.of();
  private TrainingData last;

  /**
   * Looks at nothing yet.
   *
   * @param here whether the trainings run on this machine, with its engines
   */
  public TrainingCheck(boolean here) {
    this.here = here;
  }

  /**
   * Looks at a training.
   *
   * @param data folder of the configuration, or null → where data sets are looked for
   * @throws IllegalArgumentException in one line where it would not begin
   */
  public void require(TrainConfiguration configuration, Function<String, DataLocation> data) {
    EngineNames.requireKnown(configuration.engine());
    if (here && engines.add(List.of(configuration.engine(), configuration.precision()))) {
      EngineNames.require(configuration.engine(), Precision.parse(configuration.precision()));
    }
    List<Object> asked =
        Arrays.asList(
            configuration.dataset(),
            configuration.dataDir(),
            configuration.subset(),
            configuration.target(),
            configuration.normalization(),
            configuration.validation());
    if (!asked.equals(source)) {
      last = TrainingData.load(configuration, data.apply(configuration.dataDir()));
      source = asked;
    }
    last.network(configuration);
    requireMeasurable(configuration, last);
  }

  /**
   * Quantities of samples that are not trained on are watched only where there are such samples.
   */
  static void requireMeasurable(TrainConfiguration configuration, TrainingData data) {
    Monitoring monitoring = configuration.monitoring();
    Stream.concat(monitoring.stops().stream().map(StopRule::monitor), monitoring.best().stream())
        .map(monitor -> monitor.metric().replaceFirst("^average_", ""))
        .forEach(
            metric -> {
              if (metric.startsWith("test_") && data.test().isEmpty()) {
                throw new IllegalArgumentException(
                    "data set '%s' has no test samples, so %s is never measured: hold samples out with --validation 0.1, and watch validation_%s"
                        .formatted(
                            configuration.dataset(), metric, metric.substring("test_".length())));
              }
              if (metric.startsWith("validation_") && data.validation().isEmpty()) {
                throw new IllegalArgumentException(
                    "no samples are held out, so %s is never measured: hold some out with --validation 0.1"
                        .formatted(metric));
              }
            });
  }
}
