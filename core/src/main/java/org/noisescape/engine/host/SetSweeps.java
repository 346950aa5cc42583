package org.noisescape.engine.host;

import java.util.Arrays;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * The sweeps over one set of rows: sums of its channels, block by block, and a combination of its
 * arrays with coefficients a channel.
 */
abstract class SetSweeps {
  final int rows;
  final int channels;
  final ChannelGroups groups;
  NormalizationOperands of;
  long mean;
  long variance;
  private final double epsilon;
  private final boolean wide;
  private final Workers workers;
  private final ChannelSums sums;
  private final ChannelCombination combination;
  private final Tensor blockSums;
  private final Tensor coefficients;
  private final double[] inverse;
  private int replica;
  private long skip;

  /**
   * Reserves scratch memory.
   *
   * @param workers who share a set's rows, or null where the calling thread has them all
   */
  SetSweeps(
      boolean wide,
      int rows,
      int channels,
      int groups,
      double epsilon,
      HostArena arena,
      Workers workers) {
    this.rows = rows;
    this.channels = channels;
    this.groups = new ChannelGroups(channels, groups);
    this.epsilon = epsilon;
    this.wide = wide;
    this.workers = workers;
    this.sums = new ChannelSums(wide, rows, channels);
    this.combination = new ChannelCombination(wide, channels);
    this.blockSums = arena.reserve(DType.FLOAT64, sums.blocks() + 1, ChannelSums.KINDS * channels);
    this.coefficients = arena.reserve(DType.FLOAT64, ChannelCombination.TERMS, channels);
    this.inverse = new double[channels];
  }

  ChannelSums sums() {
    return sums;
  }

  /**
   * Row n of a target (N, 2 C) ← the gradient of one sample by itself, with the moments of a set.
   *
   * @param one sums over a sample's rows
   * @param first the sample's number within the set
   */
  final void samples(
      NormalizationOperands operands,
      int r,
      int b,
      ChannelSums one,
      int first,
      long target,
      int n) {
    enter(operands, r, b);
    deviations();
    long after = (long) first * one.rows() * channels * (wide ? 8 : 4);
    one.arrays(array(of.x) + after, mean, 0, array(of.yBar) + after, 0);
    one.run(Native.address(blockSums));
    long total = one.total(Native.address(blockSums));
    for (int c = 0; c < channels; c++) {
      long at = 2L * n * channels + c;
      double ofGamma = inverseDeviation(c) * at(total, ChannelSums.BAR_D, c);
      DoubleLanes.set(wide, target, at, ofGamma);
      DoubleLanes.set(wide, target, at + channels, at(total, ChannelSums.BAR, c));
    }
  }

  /** Goes to set b of replica r. */
  final void enter(NormalizationOperands operands, int r, int b) {
    of = operands;
    replica = r;
    skip = (long) b * rows * channels * (wide ? 8 : 4);
    mean = Native.address(of.mean) + r * Native.rowBytes(of.mean) + 8L * b * channels;
    variance = Native.address(of.variance) + r * Native.rowBytes(of.variance) + 8L * b * channels;
  }

  /** Sums of the set's rows, those of arrays that are there; the address of the totals. */
  final long sum(Tensor x, Tensor xDot, Tensor yBar, Tensor yBarDot) {
    sums.arrays(array(x), mean, array(xDot), array(yBar), array(yBarDot));
    long target = Native.address(blockSums);
    if (workers == null) {
      sums.run(target);
      return sums.total(target);
    }
    sums.into(target);
    workers.run(sums, sums.blocks(), 1, (long) rows * channels);
    return sums.total(target);
  }

  /** The operands' out ← act of the combination of the arrays that are there. */
  final void combine(Activation activation, long x, long xDot, long yBar, long yBarDot) {
    long factors = Native.address(coefficients);
    combination.arrays(activation, factors, x, xDot, yBar, yBarDot, array(of.out));
    if (workers == null) {
      combination.run(0, rows);
    } else {
      workers.run(combination, rows, 1, (long) rows * channels);
    }
  }

  /** The coefficient of d is one of x and of the constant. */
  final void coefficients(
      int c, double constant, double d, double xDot, double yBar, double yBarDot) {
    long at = Native.address(coefficients);
    Float64Kernels.set(at, c, constant - d * Float64Kernels.get(mean, c));
    Float64Kernels.set(at, channels + c, d);
    Float64Kernels.set(at, 2L * channels + c, xDot);
    Float64Kernels.set(at, 3L * channels + c, yBar);
    Float64Kernels.set(at, 4L * channels + c, yBarDot);
  }

  final double at(long total, int kind, int c) {
    return Float64Kernels.get(total, (long) kind * channels + c);
  }

  /** Finds s = (v + ε)^(−1/2) of the set's groups. */
  final void deviations() {
    int size = groups.size();
    for (int c = 0; c < channels; c += size) {
      Arrays.fill(inverse, c, c + size, 1 / Math.sqrt(Float64Kernels.get(variance, c) + epsilon));
    }
  }

  /** s of a channel, once they are found. */
  final double inverseDeviation(int c) {
    return inverse[c];
  }

  final double element(Tensor tensor, int c) {
    return element(parameters(tensor), c);
  }

  /** The replica's numbers of the channels, for {@link #element(long, int)}. */
  final long parameters(Tensor tensor) {
    return Native.address(tensor) + replica * Native.rowBytes(tensor);
  }

  final double element(long parameters, int c) {
    return DoubleLanes.get(wide, parameters, c);
  }

  /** The set's rows of an array; 0 for none. */
  final long array(Tensor tensor) {
    return tensor == null ? 0 : Native.address(tensor) + replica * Native.rowBytes(tensor) + skip;
  }

  /** Element c of the set's first row. */
  final double first(Tensor tensor, int c) {
    return DoubleLanes.get(wide, array(tensor), c);
  }
}
