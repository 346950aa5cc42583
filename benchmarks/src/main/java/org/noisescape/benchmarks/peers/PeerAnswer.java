package org.noisescape.benchmarks.peers;

import java.util.Map;

/**
 * What a peer took.
 *
 * @param milliseconds of one repetition
 * @param library that did it, name and version
 * @param found numbers it computed, by name
 */
public record PeerAnswer(double milliseconds, String library, Map<String, Double> found) {
  /** Copies the map. */
  public PeerAnswer {
    found = Map.copyOf(found);
  }
}
