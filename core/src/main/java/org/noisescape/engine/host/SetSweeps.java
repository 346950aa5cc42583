package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/**
 * The sweeps over one set of rows: sums of its channels, block by block, and a combination of its
 * arrays with coefficients a channel.
 *
 * <p>Numbers of channels lie in arrays of whole vectors, float64; loops over channels take arrays
 * alone, so that the compiler makes vectors of them.
 */
abstract class SetSweeps {
  final int rows;
  final int channels;
  final ChannelGroups groups;
  NormalizationOperands of;

  /** μ and s = (v + ε)^(−1/2) of the set. */
  final double[] mean;

  final double[] inverse;

  /** The replica's γ, γ̇, and β or β̇. */
  final double[] gamma;

  final double[] gammaDot;
  final double[] beta;
  private final double epsilon;
  private final boolean wide;
  private final Workers workers;
  private final LaneTail lanes;
  private final ChannelSums sums;
  private final ChannelCombination combination;
  private int replica;
  private long skip;
  private long moments;

  /**
   * Makes scratch arrays.
   *
   * @param workers who share a set's rows, or null where the calling thread has them all
   */
  SetSweeps(boolean wide, int rows, int channels, int groups, double epsilon, Workers workers) {
    this.rows = rows;
    this.channels = channels;
    this.groups = new ChannelGroups(channels, groups);
    this.epsilon = epsilon;
    this.wide = wide;
    this.workers = workers;
    this.lanes = new LaneTail(channels);
    int stride = DoubleLanes.padded(channels);
    this.mean = new double[stride];
    this.inverse = new double[stride];
    this.gamma = new double[stride];
    this.gammaDot = new double[stride];
    this.beta = new double[stride];
    this.sums = new ChannelSums(wide, rows, channels, mean);
    this.combination = new ChannelCombination(wide, channels);
  }

  /** Sums over so many first rows, in one block. */
  final ChannelSums sumsOf(int count) {
    return new ChannelSums(wide, count, channels, mean);
  }

  /** Goes to a replica. */
  final void start(NormalizationOperands operands, int r) {
    of = operands;
    replica = r;
    parameters(of.gamma, gamma);
    parameters(of.gammaDot, gammaDot);
    parameters(of.betaDot, beta);
  }

  private void parameters(Tensor tensor, double[] into) {
    if (tensor != null) {
      long address = Native.address(tensor) + replica * Native.rowBytes(tensor);
      lanes.read(wide, address, into);
    }
  }

  /** Goes to set b. */
  final void enter(int b) {
    skip = (long) b * rows * channels * (wide ? 8 : 4);
    moments = 8L * b * channels;
  }

  /** Finds μ and s of the set's groups. */
  final void readMoments() {
    int size = groups.size();
    for (int c = 0; c < channels; c += size) {
      groups.fill(mean, c, meanOf(c));
      groups.fill(inverse, c, inverseOf(c));
    }
  }

  /** μ of a channel. */
  final double meanOf(int c) {
    return Float64Kernels.get(moment(of.mean), c);
  }

  /** s of a channel. */
  final double inverseOf(int c) {
    return 1 / Math.sqrt(Float64Kernels.get(moment(of.variance), c) + epsilon);
  }

  /** Stores a mean and a variance of the group that begins at a channel. */
  final void store(int c, double average, double variance) {
    groups.store(moment(of.mean), c, average);
    groups.store(moment(of.variance), c, variance);
  }

  private long moment(Tensor tensor) {
    return Native.address(tensor) + replica * Native.rowBytes(tensor) + moments;
  }

  /** Sums of the set's rows, those of arrays that are there. */
  final void sum(Tensor x, Tensor xDot, Tensor yBar, Tensor yBarDot) {
    sums.arrays(array(x), array(xDot), array(yBar), array(yBarDot));
    if (workers == null) {
      sums.run(0, sums.blocks());
    } else {
      workers.run(sums, sums.blocks(), 1, (long) rows * channels);
    }
    sums.total();
  }

  /** The channels' sums of a kind. */
  final double[] sum(int kind) {
    return sums.of(kind);
  }

  /**
   * Sums over the rows of one sample of the set.
   *
   * @param one where they are kept
   * @param first the sample's number within the set
   */
  final void sum(ChannelSums one, int first) {
    long after = (long) first * one.rows() * channels * (wide ? 8 : 4);
    one.arrays(array(of.x) + after, 0, array(of.yBar) + after, 0);
    one.run(0, one.blocks());
    one.total();
  }

  /** The coefficients of a term of {@link ChannelCombination}, to be filled. */
  final double[] factors(int term) {
    return combination.of(term);
  }

  /** The operands' out ← act of the combination of the arrays that are there. */
  final void combine(Activation activation, Tensor x, Tensor xDot, Tensor yBar, Tensor yBarDot) {
    combination.arrays(
        activation, array(x), array(xDot), array(yBar), array(yBarDot), array(of.out));
    if (workers == null) {
      combination.run(0, rows);
    } else {
      workers.run(combination, rows, 1, (long) rows * channels);
    }
  }

  /** Stores numbers of the channels at an address. */
  final void store(double[] values, long address) {
    lanes.write(values, wide, address);
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
