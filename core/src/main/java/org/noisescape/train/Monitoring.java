package org.noisescape.train;

import java.util.List;
import java.util.Optional;

/**
 * What a run is watched by.
 *
 * @param stops rules for its end; the first that applies ends it
 * @param best quantity by whose best value a state is kept, if any
 */
public record Monitoring(List<StopRule> stops, Optional<Monitor> best) {
  /** To the last step, and nothing kept. */
  public static final Monitoring NONE = new Monitoring(List.of(), Optional.empty());

  /** Keeps a list of its own, without a rule twice. */
  public Monitoring {
    stops = List.copyOf(stops);
    if (stops.stream().distinct().count() < stops.size()) {
      throw new IllegalArgumentException("a stop rule is given twice: leave one out");
    }
  }
}
