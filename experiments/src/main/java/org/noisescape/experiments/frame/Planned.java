package org.noisescape.experiments.frame;

import java.util.Map;

/**
 * What is decided before anything runs.
 *
 * @param plan of the experiment's own kind
 * @param digests file → digest of all data it reads
 */
public record Planned<P>(P plan, Map<String, String> digests) {
  /** A plan that reads no data. */
  public static <P> Planned<P> of(P plan) {
    return new Planned<>(plan, Map.of());
  }
}
