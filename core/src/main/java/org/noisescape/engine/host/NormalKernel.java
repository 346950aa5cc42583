package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.random.Philox;

/**
 * x_i ← x_i + σ (|w_i|) ξ_i with ξ from Philox blocks and the Box–Muller transform.
 *
 * <p>Ranges start at multiples of 4096 elements, so that an element is computed in the same lane on
 * any number of threads.
 */
final class NormalKernel {
  private static final VectorSpecies<Float> F =
      VectorSpecies.of(
          float.class, VectorShape.forBitSize(Math.max(64, PhiloxLanes.L.vectorBitSize() / 2)));
  private static final int LANES = PhiloxLanes.COUNT;
  private static final long LOW = 0xFFFFFFFFL;
  private static final float TWO_TO_MINUS_32 = 0x1p-32f;

  /** Scratch of one thread: four rows of lanes. */
  private static final ThreadLocal<float[]> ROWS =
      ThreadLocal.withInitial(() -> new float[4 * LANES]);

  private static final ThreadLocal<long[]> WORDS =
      ThreadLocal.withInitial(() -> new long[4 * LANES]);

  private NormalKernel() {}

  static void single(float sigma, long key, long step, long x, long w, long from, long to) {
    float[] rows = ROWS.get();
    long[] words = WORDS.get();
    for (long i = from; i < to; i += 4L * LANES) {
      blocks(key, step, i / 4, words, rows);
      int count = (int) Math.min(4L * LANES, to - i);
      for (int e = 0; e < count; e++) {
        float xi = sigma * rows[((e & 1) * 2 + (e >> 1 & 1)) * LANES + (e >> 2)];
        long at = 4 * (i + e);
        float scaled = w == 0 ? xi : xi * Math.abs(Native.ALL.get(Native.FLOAT, w + at));
        Native.ALL.set(Native.FLOAT, x + at, Native.ALL.get(Native.FLOAT, x + at) + scaled);
      }
    }
  }

  /**
   * Normals of LANES blocks from one on, in rows of one number a block: the cosines of words 0 and
   * 2, then the sines.
   */
  private static void blocks(long key, long step, long first, long[] words, float[] rows) {
    PhiloxLanes.words(key, step, first, words);
    unit(PhiloxLanes.row(words, 0)).intoArray(rows, 0);
    unit(PhiloxLanes.row(words, 2)).intoArray(rows, LANES);
    unit(PhiloxLanes.row(words, 1)).intoArray(rows, 2 * LANES);
    unit(PhiloxLanes.row(words, 3)).intoArray(rows, 3 * LANES);
    Float32Math.normals(rows);
  }

  /** (word + ½)·2⁻³². */
  private static FloatVector unit(LongVector words) {
    FloatVector values = (FloatVector) words.convertShape(VectorOperators.L2F, F, 0);
    return values.add(0.5f).mul(TWO_TO_MINUS_32).min(1f);
  }

  static void wide(double sigma, long key, long step, long x, long w, long from, long to) {
    int[] words = new int[4];
    double[] normal = new double[4];
    for (long i = from; i < to; i += 4) {
      Philox.words(key, i / 4, step, words);
      pair(words[0], words[1], normal, 0);
      pair(words[2], words[3], normal, 2);
      for (int e = 0; e < 4 && i + e < to; e++) {
        double xi = sigma * normal[e];
        double scaled = w == 0 ? xi : xi * Math.abs(Float64Kernels.get(w, i + e));
        Float64Kernels.set(x, i + e, Float64Kernels.get(x, i + e) + scaled);
      }
    }
  }

  private static void pair(int first, int second, double[] normal, int at) {
    double radius = Math.sqrt(-2 * Math.log(unit(first)));
    double angle = 2 * Math.PI * unit(second);
    normal[at] = radius * Math.cos(angle);
    normal[at + 1] = radius * Math.sin(angle);
  }

  private static double unit(int word) {
    return ((word & LOW) + 0.5) * 0x1p-32;
  }
}
