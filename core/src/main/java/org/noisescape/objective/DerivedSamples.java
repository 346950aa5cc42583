package org.noisescape.objective;

/** Samples made of others: what an implementation does not say is as it is there. */
public interface DerivedSamples extends SampleSource {
  /** The others. */
  SampleSource all();

  @Override
  default int size() {
    return all().size();
  }

  @Override
  default int[] imageShape() {
    return all().imageShape();
  }

  @Override
  default int outputs() {
    return all().outputs();
  }

  @Override
  default boolean hasClasses() {
    return all().hasClasses();
  }

  @Override
  default void copyFeatures(int first, int count, float[] destination) {
    all().copyFeatures(first, count, destination);
  }

  @Override
  default void copyTargets(int first, int count, float[] destination) {
    all().copyTargets(first, count, destination);
  }

  @Override
  default float[] black() {
    return all().black();
  }
}
