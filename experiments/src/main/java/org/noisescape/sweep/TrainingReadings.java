package org.noisescape.sweep;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.noisescape.report.Metrics;

/** The numbers a finished training is judged by: each quantity as it was measured last. */
final class TrainingReadings {
  /** test_loss − train_loss. */
  static final String LOSS_GAP = "loss_gap";

  /** train_accuracy − test_accuracy. */
  static final String ACCURACY_GAP = "accuracy_gap";

  private static final String TRAIN_LOSS = "train_loss";
  private static final String TEST_LOSS = "test_loss";
  private static final String TRAIN_ACCURACY = "train_accuracy";
  private static final String TEST_ACCURACY = "test_accuracy";

  private static final List<String> FIRST =
      List.of(TRAIN_LOSS, TEST_LOSS, LOSS_GAP, TRAIN_ACCURACY, TEST_ACCURACY, ACCURACY_GAP);

  /** Places in the run, and times, which are no results. */
  private static final Set<String> NO_RESULTS =
      Set.of("step", "epoch", "replica", "seed", "wall_time_s", "step_time_s", "learning_rate");

  private TrainingReadings() {}

  /** Names of all quantities that were measured. */
  static Set<String> quantities(Metrics replica) {
    Set<String> names = new LinkedHashSet<>();
    for (Map<String, Double> row : replica.rows()) {
      row.keySet().stream()
          .filter(name -> !NO_RESULTS.contains(name) && !name.endsWith("_standard_error"))
          .forEach(names::add);
    }
    return names;
  }

  /** The numbers of one replica. */
  static Map<String, Reading> of(Metrics replica) {
    Map<String, Double> last = new LinkedHashMap<>();
    Set<String> measured = quantities(replica);
    for (Map<String, Double> row : replica.rows()) {
      measured.forEach(
          name -> last.computeIfPresent(name, (key, old) -> row.getOrDefault(name, old)));
      measured.forEach(name -> last.computeIfAbsent(name, row::get));
    }
    difference(last, LOSS_GAP, TEST_LOSS, TRAIN_LOSS);
    difference(last, ACCURACY_GAP, TRAIN_ACCURACY, TEST_ACCURACY);
    Map<String, Reading> readings = new LinkedHashMap<>();
    Stream.concat(FIRST.stream(), last.keySet().stream())
        .distinct()
        .filter(last::containsKey)
        .forEach(name -> readings.put(name, new Reading(last.get(name), Double.NaN, Double.NaN)));
    return readings;
  }

  private static void difference(
      Map<String, Double> values, String name, String minuend, String subtrahend) {
    if (values.containsKey(minuend) && values.containsKey(subtrahend)) {
      values.put(name, values.get(minuend) - values.get(subtrahend));
    }
  }
}
