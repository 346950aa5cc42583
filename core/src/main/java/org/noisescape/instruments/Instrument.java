package org.noisescape.instruments;

import java.util.Map;
import java.util.Set;
import org.noisescape.optim.RuleStages;
import org.noisescape.train.Histogram;
import org.noisescape.train.TrainingPlan;

/**
 * Something that is read off a training step.
 *
 * @param name as users write it
 * @param description one line
 * @param columns beginnings of the names of the quantities it writes
 * @param needs what it reads
 * @param reader how
 */
public record Instrument(
    String name, String description, Set<String> columns, Set<Need> needs, Reader reader) {
  /** Copies the sets. */
  public Instrument {
    columns = Set.copyOf(columns);
    needs = Set.copyOf(needs);
  }

  /** Reads it. */
  interface Reader {
    /** Writes quantities and histograms of one replica. */
    void read(StepSample sample, Map<String, Double> columns, Map<String, Histogram> histograms);
  }

  /**
   * Looks whether it suits a run.
   *
   * @throws IllegalArgumentException in one line where it does not
   */
  void require(TrainingPlan plan) {
    boolean spread = needs.stream().anyMatch(need -> need != Need.START);
    if (spread && plan.batch() < 2) {
      throw new IllegalArgumentException(
          "probe '%s' needs mini-batches of at least 2 samples, got %d"
              .formatted(name, plan.batch()));
    }
    if (needs.contains(Need.PLAIN_STEP) && !RuleStages.of(plan.rules()).isDescent()) {
      throw new IllegalArgumentException(
          "probe '%s' is for plain sgd, which this run is not: leave it out".formatted(name));
    }
  }
}
