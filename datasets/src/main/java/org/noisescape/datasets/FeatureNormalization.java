package org.noisescape.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.files.Decimal;
import org.noisescape.registry.NearestName;

/**
 * An affine map of features, one shift and scale a channel.
 *
 * <p>{@code none} leaves pixels in [0, 1]; {@code standardize} subtracts the mean of the training
 * samples and divides by their standard deviation, channel by channel, in float64; {@code
 * mean=0.5,std=0.25} subtracts and divides by numbers given, one for all channels or one for each,
 * as torchvision's Normalize.
 *
 * @param mean m of each channel
 * @param deviation s of each channel: a feature x becomes (x − m)/s
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record FeatureNormalization(double[] mean, double[] deviation) {
  private static final String STANDARDIZE = "standardize";

  private static final String NONE = "none";
  private static final Pattern GIVEN = Pattern.compile("mean=([^=]+),std=([^=]+)");

  /**
   * Checks what can be checked without data.
   *
   * @throws IllegalArgumentException in one line that names what may be written
   */
  public static void check(String text) {
    if (!text.contains("=")) {
      List<String> known = List.of(NONE, STANDARDIZE);
      if (!known.contains(text)) {
        throw new IllegalArgumentException(NearestName.unknown("normalisation", text, known));
      }
      return;
    }
    given(text, 1);
    given(text, 2);
  }

  /**
   * The map of a text.
   *
   * @param training the samples whose mean and deviation count
   */
  public static FeatureNormalization of(String text, Dataset training) {
    int channels = training.imageShape()[0];
    if (text.contains("=")) {
      return new FeatureNormalization(
          ofEach(text, given(text, 1), channels), ofEach(text, given(text, 2), channels));
    }
    double[] mean = new double[channels];
    double[] deviation = new double[channels];
    Arrays.fill(deviation, 1);
    if (text.equals(STANDARDIZE)) {
      measure(training, mean, deviation);
    }
    return new FeatureNormalization(mean, deviation);
  }

  private static double[] given(String text, int group) {
    Matcher matcher = GIVEN.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text, "write it as mean=0.49,0.48,0.45,std=0.25,0.24,0.26");
    }
    String[] words = matcher.group(group).split(",", -1);
    double[] values = new double[words.length];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = Decimal.parse(words[i]);
      } catch (NumberFormatException e) {
        throw wrong(text, "'%s' is no number".formatted(words[i]));
      }
      if (!Double.isFinite(values[i]) || group == 2 && !(values[i] > 0)) {
        throw wrong(
            text,
            "%s must be %s, got %s"
                .formatted(group == 2 ? "std" : "mean", group == 2 ? "> 0" : "finite", words[i]));
      }
    }
    return values;
  }

  private static double[] ofEach(String text, double[] given, int channels) {
    if (given.length == channels) {
      return given;
    }
    if (given.length != 1) {
      throw wrong(
          text,
          "give one number for all, or one number a channel, %d, got %d"
              .formatted(channels, given.length));
    }
    double[] all = new double[channels];
    Arrays.fill(all, given[0]);
    return all;
  }

  private static IllegalArgumentException wrong(String text, String rule) {
    return new IllegalArgumentException("normalization '%s': %s".formatted(text, rule));
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
                + " is constant and cannot be standardized: use the normalisation 'none'");
      }
    }
  }
}
