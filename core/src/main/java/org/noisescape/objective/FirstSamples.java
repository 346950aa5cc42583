package org.noisescape.objective;

/**
 * The first samples of others, prepared as they are there.
 *
 * @param all the others
 * @param size how many
 */
public record FirstSamples(SampleSource all, int size) implements SampleSource {
  /** Checks the number. */
  public FirstSamples {
    if (size < 1 || size > all.size()) {
      throw new IllegalArgumentException(
          "samples must be between 1 and the " + all.size() + " there are, got " + size);
    }
  }

  @Override
  public int[] imageShape() {
    return all.imageShape();
  }

  @Override
  public int outputs() {
    return all.outputs();
  }

  @Override
  public boolean hasClasses() {
    return all.hasClasses();
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    all.copyFeatures(first, count, destination);
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    all.copyTargets(first, count, destination);
  }

  @Override
  public float[] black() {
    return all.black();
  }
}
