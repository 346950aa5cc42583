package org.noisescape.engine.host;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.random.Permutation;

/** Images under a {@link Permutation} by the Vector API, an index a lane. */
final class PermutationLanes {
  private static final VectorSpecies<Integer> S = IntVector.SPECIES_PREFERRED;
  private static final IntVector IOTA = IntVector.zero(S).addIndex(1);

  private final int size;
  private final int bits;
  private final int mask;
  private final int[] left = new int[S.length()];
  private final int[] right = new int[S.length()];
  private final Permutation permutation;
  private final int[] keys = new int[2 * Permutation.ROUNDS];
  private long key;
  private long step = -1;

  PermutationLanes(int size) {
    this.size = size;
    this.permutation = new Permutation(size);
    this.bits = permutation.halfBits();
    this.mask = (1 << bits) - 1;
  }

  /** Chooses the permutation of this key and step ≥ 0. */
  void select(long newKey, long newStep) {
    if (newKey != key || newStep != step) {
      permutation.select(newKey, newStep);
      permutation.copyKeys(keys);
      key = newKey;
      step = newStep;
    }
  }

  /**
   * Images of successive indices.
   *
   * @param first the first of them
   * @param images receives the images; its length says how many
   */
  void apply(int first, int[] images) {
    for (int b = 0; b < images.length; b += S.length()) {
      VectorMask<Integer> wanted = S.indexInRange(b, images.length);
      // no image yet: larger than any
      IntVector.broadcast(S, -1).intoArray(images, b, wanted);
      begin(first + b);
      encrypt(images, b);
      while (walks(images, b)) {
        encrypt(images, b);
      }
    }
  }

  private void begin(int index) {
    IntVector values = IOTA.add(index);
    values.lanewise(VectorOperators.LSHR, bits).intoArray(left, 0);
    values.and(mask).intoArray(right, 0);
  }

  /** Whether values are outside still, which are begun with again then. */
  private boolean walks(int[] images, int b) {
    VectorMask<Integer> wanted = S.indexInRange(b, images.length);
    IntVector values = IntVector.fromArray(S, images, b, wanted);
    values.lanewise(VectorOperators.LSHR, bits).intoArray(left, 0);
    values.and(mask).intoArray(right, 0);
    return values.compare(VectorOperators.UGE, size, wanted).anyTrue();
  }

  /** Writes over what is outside. */
  private void encrypt(int[] images, int b) {
    for (int k = 0; k < Permutation.ROUNDS; k++) {
      round(keys[2 * k], keys[2 * k + 1]);
    }
    VectorMask<Integer> wanted = S.indexInRange(b, images.length);
    VectorMask<Integer> outside =
        IntVector.fromArray(S, images, b, wanted).compare(VectorOperators.UGE, size, wanted);
    IntVector high = IntVector.fromArray(S, left, 0).lanewise(VectorOperators.LSHL, bits);
    high.or(IntVector.fromArray(S, right, 0)).intoArray(images, b, outside);
  }

  /** One round; its halves stay in arrays, which keeps vectors off the heap. */
  private void round(int xored, int added) {
    IntVector old = IntVector.fromArray(S, right, 0);
    IntVector h = old.lanewise(VectorOperators.XOR, xored).add(added);
    h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
    h = h.mul(Permutation.FIRST_MULTIPLIER);
    h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 13));
    h = h.mul(Permutation.SECOND_MULTIPLIER);
    h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16)).and(mask);
    IntVector.fromArray(S, left, 0).lanewise(VectorOperators.XOR, h).intoArray(right, 0);
    old.intoArray(left, 0);
  }
}
