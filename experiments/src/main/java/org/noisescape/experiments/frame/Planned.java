package org.noisescape.experiments.frame;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is decided before anything runs.
 *
 * @param plan of the experiment's own kind
 * @param criterion the rule of the verdict
 * @param digests file → digest of all data it reads
 * @param parts kind → how many parts of it the run goes through, for its progress: each training,
 *     each ensemble, and each measurement that is kept by itself, but what happens within another
 *     part; empty where nobody knows beforehand
 */
public record Planned<P>(
    P plan, String criterion, Map<String, String> digests, Map<String, Integer> parts) {
  /** A plan that reads no data, with its rule. */
  public static <P> Planned<P> of(P plan, String criterion) {
    return new Planned<>(plan, criterion, Map.of(), Map.of());
  }

  /** The same that reads data. */
  public Planned<P> digests(Map<String, String> files) {
    return new Planned<>(plan, criterion, files, parts);
  }

  /** The same with so many trainings. */
  public Planned<P> trainings(int count) {
    return with(PartProgress.TRAINING, count);
  }

  /** The same with so many ensembles. */
  public Planned<P> ensembles(int count) {
    return with(PartProgress.ENSEMBLE, count);
  }

  /** The same with so many measurements. */
  public Planned<P> measurements(int count) {
    return with(PartProgress.MEASUREMENT, count);
  }

  private Planned<P> with(String kind, int count) {
    Map<String, Integer> more = new LinkedHashMap<>(parts);
    more.put(kind, count);
    more.values().removeIf(n -> n == 0);
    return new Planned<>(plan, criterion, digests, more);
  }
}
