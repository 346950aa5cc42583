package org.noisescape.random;

/**
 * A keyed permutation of {0, …, n−1}, computed element by element without storing it.
 *
 * <p>Balanced Feistel network of {@value #ROUNDS} rounds on the smallest even number of bits, at
 * least 8, that holds n, with cycle walking for values outside the range (Black and Rogaway 2002).
 * The round keys are Philox words of (key, step); the round function is the Murmur3 finaliser.
 */
public final class Permutation {
  /** Feistel rounds; four suffice for pseudo-randomness (Luby and Rackoff 1988). */
  public static final int ROUNDS = 6;

  /** First multiplier of the round function. */
  public static final int FIRST_MULTIPLIER = 0x85EBCA6B;

  /** Second multiplier of the round function. */
  public static final int SECOND_MULTIPLIER = 0xC2B2AE35;

  private final int size;
  private final int halfBits;
  private final int halfMask;
  private final int[] roundKeys = new int[2 * ROUNDS];
  private final int[] words = new int[4];

  /**
   * Permutations of n elements.
   *
   * @param size n ≥ 1
   */
  public Permutation(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a permutation needs at least one element, got " + size);
    }
    this.size = size;
    int bits = Math.max(8, 32 - Integer.numberOfLeadingZeros(size - 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1 << halfBits) - 1;
  }

  /** Chooses the permutation of this key and step (for example the epoch). */
  public void select(RandomKey key, long step) {
    select(key.value(), step);
  }

  /** Chooses the permutation of a key given by its value. */
  public void select(long key, long step) {
    for (int block = 0; block < ROUNDS / 2; block++) {
      Philox.words(key, block, step, words);
      System.arraycopy(words, 0, roundKeys, 4 * block, 4);
    }
  }

  /** Bits of each half of a value. */
  public int halfBits() {
    return halfBits;
  }

  /**
   * The selected permutation's round keys.
   *
   * @param target receives, of each round, what is xored with the right half and what is added then
   */
  public void copyKeys(int[] target) {
    System.arraycopy(roundKeys, 0, target, 0, roundKeys.length);
  }

  /** Image of index under the selected permutation. */
  public int apply(int index) {
    int value = index;
    do {
      value = encrypt(value);
    } while (value >= size || value < 0);
    return value;
  }

  private int encrypt(int value) {
    int left = value >>> halfBits;
    int right = value & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      int mixed = mix(right ^ roundKeys[2 * round], roundKeys[2 * round + 1]);
      int next = left ^ (mixed & halfMask);
      left = right;
      right = next;
    }
    return (left << halfBits) | right;
  }

  /** Murmur3 finaliser (Appleby 2011) between two key additions. */
  private static int mix(int value, int key) {
    int h = value + key;
    h ^= h >>> 16;
    h *= FIRST_MULTIPLIER;
    h ^= h >>> 13;
    h *= SECOND_MULTIPLIER;
    h ^= h >>> 16;
    return h;
  }
}
