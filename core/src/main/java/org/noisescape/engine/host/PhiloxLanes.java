package org.noisescape.engine.host;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.random.Philox;

/** Philox blocks by the Vector API, a block a lane. */
final class PhiloxLanes {
  static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;

  /** Blocks at once. */
  static final int COUNT = L.length();

  private static final long LOW = 0xFFFFFFFFL;
  private static final LongVector IOTA = LongVector.broadcast(L, 0).addIndex(1);

  private PhiloxLanes() {}

  /**
   * The words of COUNT blocks from one on.
   *
   * @param rows receives the blocks' words 0, then their words 1, 2 and 3, COUNT each
   */
  static void words(long key, long step, long first, long[] rows) {
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
    c0.intoArray(rows, 0);
    c1.intoArray(rows, COUNT);
    c2.intoArray(rows, 2 * COUNT);
    c3.intoArray(rows, 3 * COUNT);
  }

  /** The blocks' words of one number. */
  static LongVector row(long[] rows, int word) {
    return LongVector.fromArray(L, rows, word * COUNT);
  }
}
