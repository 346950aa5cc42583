package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/**
 * Some channels of a tensor (R, N, H·W·C), and a tensor of these alone.
 *
 * @param joined (R, N·H·W, C)
 * @param part (R, N·H·W, C_i)
 * @param from the first of the channels in C
 */
record ChannelColumns(Tensor joined, Tensor part, int from) {
  /**
   * Views of both; null where there is no part.
   *
   * @param width C
   * @param count C_i
   */
  static ChannelColumns of(Tensor joined, int width, Tensor part, int count, int from) {
    return joined == null || part == null
        ? null
        : new ChannelColumns(rows(joined, width), rows(part, count), from);
  }

  private static Tensor rows(Tensor tensor, int channels) {
    return tensor.reshape(tensor.dim(0), Math.toIntExact(tensor.rowSize() / channels), channels);
  }

  /** Puts the part into its channels. */
  void join() {
    joined
        .engine()
        .indexing()
        .copyColumns(part, 0, joined, from, part.dim(2), Accumulation.OVERWRITE);
  }

  /** Takes the part out of its channels, or adds them to it. */
  void take(Accumulation accumulation) {
    joined.engine().indexing().copyColumns(joined, from, part, 0, part.dim(2), accumulation);
  }
}
