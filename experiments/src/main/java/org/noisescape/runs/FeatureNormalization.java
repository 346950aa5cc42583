package org.noisescape.runs;

import java.util.Arrays;
import java.util.List;
import org.noisescape.datasets.Dataset;

/**
 * An affine map of features, one shift and scale a channel.
 *
 * <p>{@code none} leaves pixels in [0, 1]; {@code standardize} subtracts the mean of the training
 * samples and divides by their standard deviation, channel by channel, in float64.
 */
@SuppressWarnings("ArrayRecordComponent") // a private pair of constants, never compared
record FeatureNormalization(double[] mean, double[] deviation) {
  private static final String STANDARDIZE = "standardize";

  /** Names users may write. */
  static final List<String> NAMES = List.of("none", STANDARDIZE);

  /**
   * The map of a name.
   *
   * @param training the samples whose mean and deviation count
   */
  static FeatureNormalization of(String name, Dataset training) {
    int channels = training.imageShape()[0];
    double[] mean = new double[channels];
    double[] deviation = new double[channels];
    Arrays.fill(deviation, 1);
    if (name.equals(STANDARDIZE)) {
      measure(training, mean, deviation);
    }
    return new FeatureNormalization(mean, deviation);
  }

  boolean isIdentity() {
    return Arrays.stream(mean).allMatch(m -> m == 0)
        && Arrays.stream(deviation).allMatch(d -> d == 1);
  }

  /** Maps rows of features in place. */
  void apply(float[] features, int count) {
    if (isIdentity()) {
      return;
    }
    int area = features.length == 0 ? 0 : features.length / count / mean.length;
    for (int i = 0; i < features.length; i++) {
      int channel = i / area % mean.length;
      features[i] = (float) ((features[i] - mean[channel]) / deviation[channel]);
    }
  }

  /** What the feature 0 becomes, by channel. */
  float[] black() {
    float[] black = new float[mean.length];
    for (int c = 0; c < black.length; c++) {
      black[c] = (float) ((0 - mean[c]) / deviation[c]);
    }
    return black;
  }

  private static void measure(Dataset training, double[] mean, double[] deviation) {
    int channels = mean.length;
    int area = training.featureLength() / channels;
    float[] row = new float[training.featureLength()];
    double[] squares = new double[channels];
    for (int n = 0; n < training.size(); n++) {
      training.features().copyRows(n, 1, row, 0);
      for (int i = 0; i < row.length; i++) {
        // Welford's update, over the area·(n) + … values seen so far in this channel
        int channel = i / area;
        double seen = (double) n * area + i % area + 1;
        double difference = row[i] - mean[channel];
        mean[channel] += difference / seen;
        squares[channel] += difference * (row[i] - mean[channel]);
      }
    }
    for (int c = 0; c < channels; c++) {
      deviation[c] = Math.sqrt(squares[c] / ((double) training.size() * area));
      if (!(deviation[c] > 0)) {
        throw new IllegalArgumentException(
            training.name()
                + ": channel "
                + c
                + " is constant and cannot be standardized: use --normalize none");
      }
    }
  }
}
