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
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, L.vectorBitSize() / 2)));
  private static final int LANES = L.length();
  private static final long LOW = 0xFFFFFFFFL;
  private static final float TWO_TO_MINUS_32 = 0x1p-32f;
  private static final LongVector IOTA = LongVector.broadcast(L, 0).addIndex(1);

  /** Scratch of one thread: four rows of lanes. */
  private static final ThreadLocal<float[]> ROWS =
      ThreadLocal.withInitial(() -> new float[4 * LANES]);

  private NormalKernel() {}

  static void single(float sigma, long key, long step, long x, long w, long from, long to) {
    float[] rows = ROWS.get();
    for (long i = from; i < to; i += 4L * LANES) {
      blocks(key, step, i / 4, rows);
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
  private static void blocks(long key, long step, long first, float[] rows) {
    LongVector c0 = IOTA.add(first);
    LongVector c1 = c0.lanewise(VectorOperators.LSHR, 32);
    c0 = c0.and(LOW);
    LongVector c2 = LongVector.broadcast(L, step & LOW);
    LongVector c3 = LongVector.broadcast(L, step >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      LongVector p0 = c0.mul(Philox.M0 & LOW);
      LongVector p1 = c2.mul(Philox.M1 & LOW);
      LongVector n0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
      LongVector n2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
      c1 = p1.and(LOW);
      c3 = p0.and(LOW);
      c0 = n0.lanewise(VectorOperators.XOR, k0 & LOW);
      c2 = n2.lanewise(VectorOperators.XOR, k1 & LOW);
      k0 += Philox.W0;
      k1 += Philox.W1;
    }
    unit(c0).intoArray(rows, 0);
    unit(c2).intoArray(rows, LANES);
    unit(c1).intoArray(rows, 2 * LANES);
    unit(c3).intoArray(rows, 3 * LANES);
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
