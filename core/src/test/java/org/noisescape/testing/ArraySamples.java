package org.noisescape.testing;

import org.noisescape.objective.SampleSource;

/**
 * Samples from arrays.
 *
 * @param image (channels, height, width) of a sample
 * @param outputs K
 * @param features rows of channels-first samples
 * @param targets rows of K entries
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ArraySamples(int[] image, int outputs, float[] features, float[] targets)
    implements SampleSource {
  /** Standard normal features and one-hot targets, or ±1 with one output. */
  public static ArraySamples normal(long seed, int samples, int[] image, int outputs) {
    int width = image[0] * image[1] * image[2];
    double[] x = Vectors.normals(seed, samples * width);
    double[] classes = Vectors.normals(seed + 1, samples);
    float[] features = new float[x.length];
    float[] targets = new float[samples * outputs];
    for (int i = 0; i < x.length; i++) {
      features[i] = (float) x[i];
    }
    for (int n = 0; n < samples; n++) {
      if (outputs == 1) {
        targets[n] = classes[n] > 0 ? 1 : -1;
      } else {
        targets[n * outputs + Math.floorMod(Math.round(1e3 * classes[n]), outputs)] = 1;
      }
    }
    return new ArraySamples(image, outputs, features, targets);
  }

  @Override
  public int size() {
    return targets.length / outputs;
  }

  @Override
  public int[] imageShape() {
    return image.clone();
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    int width = image[0] * image[1] * image[2];
    System.arraycopy(features, first * width, destination, 0, count * width);
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    System.arraycopy(targets, first * outputs, destination, 0, count * outputs);
  }
}
