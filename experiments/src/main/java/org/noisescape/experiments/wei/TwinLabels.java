package org.noisescape.experiments.wei;

import org.noisescape.objective.DerivedSamples;
import org.noisescape.objective.SampleSource;

/**
 * Every sample twice, with targets y + σ and y − σ: mini-batches of these are SGD with label noise.
 *
 * <p>For the mean-square loss L is that of the single samples and σ²/2 (for one output) more, with
 * the same gradient and Hessian. Where the network fits every y, the per-sample gradients are ±σ∇f
 * and their covariance is σ²G = σ²H: such a minimum has noise aligned with the Hessian, while that
 * of the single samples has none. Source: Blanc et al. (2020).
 *
 * @param all the single samples, N
 * @param deviation σ
 */
public record TwinLabels(SampleSource all, double deviation) implements DerivedSamples {
  @Override
  public int size() {
    return 2 * all.size();
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    int[] image = imageShape();
    int width = image[0] * image[1] * image[2];
    float[] one = new float[width];
    for (int i = 0; i < count; i++) {
      all.copyFeatures((first + i) / 2, 1, one);
      System.arraycopy(one, 0, destination, i * width, width);
    }
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    float[] one = new float[outputs()];
    for (int i = 0; i < count; i++) {
      all.copyTargets((first + i) / 2, 1, one);
      double sign = (first + i) % 2 == 0 ? deviation : -deviation;
      for (int k = 0; k < one.length; k++) {
        destination[i * one.length + k] = (float) (one[k] + sign);
      }
    }
  }
}
