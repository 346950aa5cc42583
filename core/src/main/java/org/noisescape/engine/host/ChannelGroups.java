package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/** Groups of channels that follow each other, all of one size. */
final class ChannelGroups {
  private static final int LANES = DoubleLanes.D.length();

  private final int channels;
  private final int size;
  private final VectorMask<Double> rest;
  private final double[] parts = new double[LANES];

  ChannelGroups(int channels, int groups) {
    this.channels = channels;
    this.size = channels / groups;
    this.rest = DoubleLanes.D.indexInRange(0, size % LANES);
  }

  /** Channels of a group. */
  int size() {
    return size;
  }

  /** Every entry ← the mean over its group. */
  void fold(double[] values) {
    for (int c = 0; size > 1 && c < channels; c += size) {
      fill(values, c, mean(values, c));
    }
  }

  /** Stores a number for each channel of a group; c is the first of them. */
  void store(long address, int c, double value) {
    int i = 0;
    if (size >= LANES) {
      DoubleVector all = DoubleVector.broadcast(DoubleLanes.D, value);
      for (; i + LANES <= size; i += LANES) {
        all.intoMemorySegment(Native.ALL, address + 8L * (c + i), ByteOrder.nativeOrder());
      }
    }
    for (; i < size; i++) {
      Float64Kernels.set(address, c + i, value);
    }
  }

  /** Sets the entries of a group from its first on; of the last group also what pads the array. */
  void fill(double[] values, int first, double value) {
    int end = first + size == channels ? values.length : first + size;
    int c = first;
    if (end - first >= LANES) {
      DoubleVector all = DoubleVector.broadcast(DoubleLanes.D, value);
      for (; c + LANES <= end; c += LANES) {
        all.intoArray(values, c);
      }
    }
    for (; c < end; c++) {
      values[c] = value;
    }
  }

  /**
   * The mean over the group from its first entry on, about that, so that equal values have
   * themselves as mean.
   */
  double mean(double[] values, int from) {
    if (size == 1) {
      return values[from];
    }
    double origin = values[from];
    double sum = 0;
    if (size >= LANES) {
      sum = vectors(values, from, origin);
    } else {
      for (int i = from; i < from + size; i++) {
        sum += values[i] - origin;
      }
    }
    return origin + sum / size;
  }

  /** Σ (v − origin), with two sums, so that additions wait less for each other. */
  private double vectors(double[] values, int from, double origin) {
    DoubleVector shift = DoubleVector.broadcast(DoubleLanes.D, origin);
    DoubleVector even = DoubleVector.zero(DoubleLanes.D);
    DoubleVector odd = DoubleVector.zero(DoubleLanes.D);
    int to = from + size;
    int i = from;
    for (; i + 2 * LANES <= to; i += 2 * LANES) {
      even = even.add(DoubleVector.fromArray(DoubleLanes.D, values, i).sub(shift));
      odd = odd.add(DoubleVector.fromArray(DoubleLanes.D, values, i + LANES).sub(shift));
    }
    for (; i + LANES <= to; i += LANES) {
      even = even.add(DoubleVector.fromArray(DoubleLanes.D, values, i).sub(shift));
    }
    if (i < to) {
      DoubleVector last = DoubleVector.fromArray(DoubleLanes.D, values, i, rest);
      odd = odd.add(last.sub(shift, rest));
    }
    even.add(odd).intoArray(parts, 0);
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) {
        parts[k] += parts[k + half];
      }
    }
    return parts[0];
  }
}
