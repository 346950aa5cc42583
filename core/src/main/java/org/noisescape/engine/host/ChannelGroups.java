package org.noisescape.engine.host;

import java.util.Arrays;

/** Groups of channels that follow each other, all of one size. */
final class ChannelGroups {
  private final int channels;
  private final int size;

  ChannelGroups(int channels, int groups) {
    this.channels = channels;
    this.size = channels / groups;
  }

  /** Channels of a group. */
  int size() {
    return size;
  }

  /** Every entry ← the mean over its group. */
  void fold(double[] values) {
    for (int c = 0; size > 1 && c < channels; c += size) {
      Arrays.fill(values, c, c + size, mean(values, c));
    }
  }

  /**
   * Means and variances of channels of as many rows each become those of their groups. Source:
   * Chan, Golub and LeVeque (1983).
   */
  void join(double[] means, double[] variances) {
    for (int c = 0; size > 1 && c < channels; c += size) {
      double centre = mean(means, c);
      double spread = 0;
      for (int i = c; i < c + size; i++) {
        double apart = means[i] - centre;
        spread += variances[i] + apart * apart;
      }
      Arrays.fill(means, c, c + size, centre);
      Arrays.fill(variances, c, c + size, spread / size);
    }
  }

  /** About the first, so that equal values have themselves as mean. */
  private double mean(double[] values, int from) {
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      sum += values[i] - values[from];
    }
    return values[from] + sum / size;
  }
}
