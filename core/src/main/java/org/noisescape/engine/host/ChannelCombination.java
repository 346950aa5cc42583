package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;

/**
 * out ← act(k_0 + k_1 x + k_2 ẋ + k_3 ȳ + k_4 ȳ̇) with coefficients of each channel; arrays that
 * are not there count as zero.
 *
 * <p>Block of rows by block of rows, so that what an activation takes up again lies in a cache.
 */
final class ChannelCombination implements Workers.Task {
  /** Elements of a block. */
  private static final int BLOCK_ELEMENTS = 1 << 12;

  /** Rows from which a vector of channels takes a loop of its own. */
  private static final int MANY = 4;

  private final int channels;
  private final int blockRows;
  private final CombinedTerms terms;
  private Activation activation;
  private long out;

  ChannelCombination(boolean wide, int channels) {
    this.channels = channels;
    this.blockRows = Math.max(1, BLOCK_ELEMENTS / channels);
    this.terms = new CombinedTerms(wide, channels);
  }

  /** The coefficients of a term, to be filled. */
  double[] of(int term) {
    return terms.of(term);
  }

  /** Addresses of one replica; 0 for what is not there. */
  void arrays(Activation act, long x, long xDot, long yBar, long yBarDot, long result) {
    activation = act;
    out = result;
    terms.arrays(x, xDot, yBar, yBarDot, result);
  }

  @Override
  public void run(long from, long to) {
    boolean relu = activation == Activation.RELU;
    boolean later = !relu && activation != Activation.IDENTITY;
    double floor = relu ? 0 : Double.NEGATIVE_INFINITY;
    for (long first = from; first < to; first += blockRows) {
      long last = Math.min(to, first + blockRows);
      if (last - first < MANY) {
        RowCombination.run(terms, floor, first, last);
      } else {
        ColumnCombination.run(terms, floor, first, last);
      }
      if (later && terms.wide) {
        Float64Kernels.activation(activation, out, out, first * channels, last * channels);
      } else if (later) {
        Float32Kernels.activation(activation, out, out, first * channels, last * channels);
      }
    }
  }
}
