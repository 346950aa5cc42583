package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * A convolution of one sample whose output channels fit in one vector: numbers of the picture times
 * vectors of channels.
 *
 * <p>The picture is an array, whose elements cost less to look up than native memory's. Loops are
 * written out because vectors must not leave registers.
 */
final class NarrowTiles {
  private static final VectorSpecies<Float> S = Float32Kernels.S;
  private static final int LANES = S.length();

  /** Output positions of a row that are worked on at once. */
  static final int POSITIONS = 6;

  /** Entries of a patch in a row that the weight gradient takes together, two such runs at once. */
  static final int RUN = 5;

  private NarrowTiles() {}

  /**
   * y ← max(floor, x ∗ w + b).
   *
   * @param x picture, a channel after another: neighbouring positions are neighbours in it, so that
   *     one check of bounds serves eight
   * @param down elements from one output row to the next
   * @param offsets of a patch's entries in x
   * @param w weights, a vector of channels an entry of the patch
   * @param bias a vector of channels
   * @param y address of the outputs, channels-last
   * @param rows output rows
   * @param columns output columns, at least {@link #POSITIONS}
   * @param channels output channels
   */
  static void forward(
      float[] x,
      int down,
      int[] offsets,
      float[] w,
      float[] bias,
      float floor,
      long y,
      int rows,
      int columns,
      int channels) {
    for (int i = 0; i < rows; i++) {
      for (int from = 0; from < columns; from += POSITIONS) {
        // the last ones of a row are computed twice where its length is no multiple
        int j = Math.min(from, columns - POSITIONS);
        long out = y + 4L * channels * (i * columns + j);
        tile(x, i * down + j, offsets, w, bias, floor, out, channels);
      }
    }
  }

  /**
   * Compiled by itself, and no more positions: with the loops around it, or with eight, the JIT
   * left the last stores a call, and their vectors came to the heap.
   */
  private static void tile(
      float[] x,
      int corner,
      int[] offsets,
      float[] w,
      float[] bias,
      float floor,
      long out,
      int channels) {
    VectorMask<Float> mask = S.indexInRange(0, channels);
    FloatVector lower = FloatVector.broadcast(S, floor);
    FloatVector start = FloatVector.fromArray(S, bias, 0);
    long next = 4L * channels;
    FloatVector a0 = start;
    FloatVector a1 = start;
    FloatVector a2 = start;
    FloatVector a3 = start;
    FloatVector a4 = start;
    FloatVector a5 = start;
    for (int k = 0; k < offsets.length; k++) {
      int at = corner + offsets[k];
      FloatVector weight = FloatVector.fromArray(S, w, k * LANES);
      a0 = weight.fma(FloatVector.broadcast(S, x[at]), a0);
      a1 = weight.fma(FloatVector.broadcast(S, x[at + 1]), a1);
      a2 = weight.fma(FloatVector.broadcast(S, x[at + 2]), a2);
      a3 = weight.fma(FloatVector.broadcast(S, x[at + 3]), a3);
      a4 = weight.fma(FloatVector.broadcast(S, x[at + 4]), a4);
      a5 = weight.fma(FloatVector.broadcast(S, x[at + 5]), a5);
    }
    Float32Kernels.store(a0.max(lower), out, mask);
    Float32Kernels.store(a1.max(lower), out + next, mask);
    Float32Kernels.store(a2.max(lower), out + 2 * next, mask);
    Float32Kernels.store(a3.max(lower), out + 3 * next, mask);
    Float32Kernels.store(a4.max(lower), out + 4 * next, mask);
    Float32Kernels.store(a5.max(lower), out + 5 * next, mask);
  }

  /**
   * Sums over the positions of ȳ times the entries u, …, u + RUN − 1 and v, … of the patch there.
   *
   * @param x picture, with RUN elements behind it
   * @param u where the first run lies in it at the first position
   * @param v where the second one does
   * @param yBar address of ȳ, channels-last
   * @param sums (2 · RUN, lanes), zero beyond the channels
   */
  static void gradient(
      float[] x,
      int u,
      int v,
      int step,
      int down,
      long yBar,
      int rows,
      int columns,
      int channels,
      float[] sums) {
    VectorMask<Float> mask = S.indexInRange(0, channels);
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    FloatVector b2 = FloatVector.zero(S);
    FloatVector b3 = FloatVector.zero(S);
    FloatVector b4 = FloatVector.zero(S);
    long at = yBar;
    for (int i = 0; i < rows; i++) {
      int p = u + i * down;
      int q = v + i * down;
      for (int j = 0; j < columns; j++) {
        FloatVector cotangent = Float32Kernels.load(S, at, mask);
        a0 = cotangent.fma(FloatVector.broadcast(S, x[p]), a0);
        a1 = cotangent.fma(FloatVector.broadcast(S, x[p + 1]), a1);
        a2 = cotangent.fma(FloatVector.broadcast(S, x[p + 2]), a2);
        a3 = cotangent.fma(FloatVector.broadcast(S, x[p + 3]), a3);
        a4 = cotangent.fma(FloatVector.broadcast(S, x[p + 4]), a4);
        b0 = cotangent.fma(FloatVector.broadcast(S, x[q]), b0);
        b1 = cotangent.fma(FloatVector.broadcast(S, x[q + 1]), b1);
        b2 = cotangent.fma(FloatVector.broadcast(S, x[q + 2]), b2);
        b3 = cotangent.fma(FloatVector.broadcast(S, x[q + 3]), b3);
        b4 = cotangent.fma(FloatVector.broadcast(S, x[q + 4]), b4);
        p += step;
        q += step;
        at += 4L * channels;
      }
    }
    a0.intoArray(sums, 0);
    a1.intoArray(sums, LANES);
    a2.intoArray(sums, 2 * LANES);
    a3.intoArray(sums, 3 * LANES);
    a4.intoArray(sums, 4 * LANES);
    b0.intoArray(sums, 5 * LANES);
    b1.intoArray(sums, 6 * LANES);
    b2.intoArray(sums, 7 * LANES);
    b3.intoArray(sums, 8 * LANES);
    b4.intoArray(sums, 9 * LANES);
  }

  /** The sum of ȳ over the positions, by four sums. */
  static void sum(long yBar, int positions, int channels, float[] sums) {
    VectorMask<Float> mask = S.indexInRange(0, channels);
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    long next = 4L * channels;
    int t = 0;
    for (; t + 4 <= positions; t += 4) {
      long at = yBar + t * next;
      a0 = a0.add(Float32Kernels.load(S, at, mask));
      a1 = a1.add(Float32Kernels.load(S, at + next, mask));
      a2 = a2.add(Float32Kernels.load(S, at + 2 * next, mask));
      a3 = a3.add(Float32Kernels.load(S, at + 3 * next, mask));
    }
    for (; t < positions; t++) {
      a0 = a0.add(Float32Kernels.load(S, yBar + t * next, mask));
    }
    a0.add(a1).add(a2.add(a3)).intoArray(sums, 0);
  }

  /**
   * Adds some vectors to others; where squares are asked for, theirs to a vector of sums.
   *
   * @param vectors how many
   */
  static void add(float[] sums, int from, int vectors, float[] target, int to, float[] squares) {
    FloatVector square = FloatVector.fromArray(S, squares, 0);
    for (int k = 0; k < vectors; k++) {
      FloatVector one = FloatVector.fromArray(S, sums, from + k * LANES);
      FloatVector.fromArray(S, target, to + k * LANES).add(one).intoArray(target, to + k * LANES);
      square = one.fma(one, square);
    }
    square.intoArray(squares, 0);
  }
}
