package org.noisescape.tensor;

/**
 * Which elements of rows (M, C) share a mean and a variance: those of one set of rows and one group
 * of channels.
 *
 * <p>Sets are M/sets rows that follow each other, groups C/groups channels that do. Batch
 * normalisation has one set and a group a channel; group normalisation a set a sample; layer
 * normalisation one group besides. Source: Wu and He (2018), section 3.
 *
 * @param sets number of sets, dividing M
 * @param groups number of groups, dividing C
 */
public record Sharing(int sets, int groups) {
  /** One set, and every channel by itself. */
  public static Sharing ofBatch(int channels) {
    return new Sharing(1, channels);
  }

  /** A set for each of so many samples. */
  public static Sharing ofSamples(int samples, int groups) {
    return new Sharing(samples, groups);
  }

  /** Checks that sets and groups are whole. */
  void requireFit(int rows, int channels) {
    if (sets < 1 || rows % sets != 0 || groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "normalization: %d sets must divide %d rows and %d groups %d channels"
              .formatted(sets, rows, groups, channels));
    }
  }
}
