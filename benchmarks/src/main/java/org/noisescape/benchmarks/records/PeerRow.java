package org.noisescape.benchmarks.records;

import java.util.Map;
import java.util.TreeMap;

/**
 * One way of one peer to do the work of a row.
 *
 * @param library name and version
 * @param way threads, and the name of the work where it has variants
 * @param rounds n; fewer than the row's where it takes very long
 * @param time in the row's unit
 * @param ratio ours over it, within rounds
 * @param found numbers it computed, by name
 */
public record PeerRow(
    String library,
    String way,
    int rounds,
    MedianRange time,
    MedianRange ratio,
    Map<String, Double> found) {
  /** Names in order, so that a file is a function of what was found. */
  public PeerRow {
    found = new TreeMap<>(found);
  }
}
