package org.noisescape.train;

import java.util.Arrays;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.objective.Augmentation;
import org.noisescape.objective.DerivedSamples;
import org.noisescape.objective.SampleSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.testing.ArraySamples;

/** Samples of a black of their own, and the views of them as the documentation has it. */
final class DrawnPictures {
  static final Augmentation ALL = Augmentation.parse("crop:2+flip+cutout:3");
  static final int[] IMAGE = {2, 9, 8};
  static final int AREA = 72;
  static final int SIZE = 2 * AREA;
  static final int SAMPLES = 53;

  private DrawnPictures() {}

  /** Samples whose black is 3 in the first channel and −4 in the second. */
  private record Shifted(ArraySamples all) implements DerivedSamples {
    @Override
    public float[] black() {
      return new float[] {3, -4};
    }
  }

  static SampleSource samples() {
    return new Shifted(ArraySamples.normal(1, SAMPLES, IMAGE, 3));
  }

  static TrainingPlan.Builder plan(String model) {
    return TrainingPlan.of(ModelZoo.build(model, IMAGE, 3), Losses.parse("ce"))
        .augmentation(ALL)
        .learningRate(0.05)
        .batch(8)
        .epochs(3.5)
        .seed(21);
  }

  /** The picture of a sample as the documentation says, planar. */
  static double[] documented(int replica, int sample, int drawnBy, int epoch) {
    int[] words = new int[8];
    RandomKey key = RandomKey.of(21, Purpose.AUGMENTATION, replica);
    int[] four = new int[4];
    for (int block = 0; block < 2; block++) {
      key.words(epoch, drawnBy + ((long) block << 32), four);
      System.arraycopy(four, 0, words, 4 * block, 4);
    }
    int[] bounds = {5, 5, 2, IMAGE[1], IMAGE[2]};
    int[] view = new int[5];
    Arrays.setAll(view, v -> (int) (bounds[v] * Integer.toUnsignedLong(words[v]) >>> 32));
    float[] plain = new float[SIZE];
    samples().copyFeatures(sample, 1, plain);
    double[] seen = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int c = i / AREA;
      int y = i / 8 % 9;
      int x = i % 8;
      int fromY = y + view[0] - 2;
      int fromX = (view[2] == 1 ? 7 - x : x) + view[1] - 2;
      boolean hole = Math.abs(y - view[3]) <= 1 && Math.abs(x - view[4]) <= 1;
      boolean inside = fromY >= 0 && fromY < 9 && fromX >= 0 && fromX < 8;
      seen[i] = hole ? 0 : inside ? plain[c * AREA + fromY * 8 + fromX] : c == 0 ? 3 : -4;
    }
    return seen;
  }
}
