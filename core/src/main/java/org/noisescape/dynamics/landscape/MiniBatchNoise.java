package org.noisescape.dynamics.landscape;

import java.util.Arrays;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomStream;

/**
 * SGD: g = (1/B) Σ ∇ℓ_μ(θ) over a mini-batch drawn with replacement, the same samples that a
 * network of the same seed draws at this step.
 *
 * @param batch B ≥ 1
 */
public record MiniBatchNoise(int batch) implements LandscapeNoise {
  /** Checks B. */
  public MiniBatchNoise {
    if (batch < 1) {
      throw new IllegalArgumentException("the batch must be >= 1, got " + batch);
    }
  }

  @Override
  public Source bind(Landscape landscape) {
    if (!(landscape instanceof SampledLandscape)) {
      throw new IllegalArgumentException(
          "mini-batch noise needs a landscape that is a mean over samples, not "
              + landscape.getClass().getSimpleName());
    }
    SampledLandscape sampled = (SampledLandscape) landscape;
    long size = sampled.samples();
    return (theta, draws, into) -> {
      Arrays.fill(into, 0);
      RandomStream indices = draws.of(Purpose.SAMPLING);
      for (int b = 0; b < batch; b++) {
        sampled.addSampleGradient(
            (int) (((indices.nextInt() & 0xFFFFFFFFL) * size) >>> 32), theta, into);
      }
      for (int i = 0; i < into.length; i++) {
        into[i] /= batch;
      }
    };
  }
}
