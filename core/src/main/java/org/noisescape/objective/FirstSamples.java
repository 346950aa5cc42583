package org.noisescape.objective;

/**
 * The first samples of others, prepared as they are there.
 *
 * @param all the others
 * @param size how many
 */
public record FirstSamples(SampleSource all, int size) implements DerivedSamples {
  /** Checks the number. */
  public FirstSamples {
    if (size < 1 || size > all.size()) {
      throw new IllegalArgumentException(
          "samples must be between 1 and the " + all.size() + " there are, got " + size);
    }
  }
}
