package org.noisescape.random;

/**
 * The Philox4x32-10 counter-based generator: a keyed bijection of 128-bit counters.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3",
 * section 3.3; round and Weyl constants from there.
 */
public final class Philox {
  /** Multiplier of words 0 → (1, 0). */
  public static final int M0 = 0xD2511F53;

  /** Multiplier of words 2 → (3, 2). */
  public static final int M1 = 0xCD9E8D57;

  /** Weyl increment of key word 0 (golden ratio). */
  public static final int W0 = 0x9E3779B9;

  /** Weyl increment of key word 1 (√3 − 1). */
  public static final int W1 = 0xBB67AE85;

  /** Rounds of the full-strength variant. */
  public static final int ROUNDS = 10;

  private Philox() {}

  /**
   * Encrypts one counter.
   *
   * @param key 64-bit key; word 0 in the low half
   * @param low counter words 0 (low half) and 1
   * @param high counter words 2 (low half) and 3
   * @param out receives the four 32-bit words
   */
  public static void words(long key, long low, long high, int[] out) {
    int c0 = (int) low;
    int c1 = (int) (low >>> 32);
    int c2 = (int) high;
    int c3 = (int) (high >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /**
   * Uniform double in (0, 1) from two words: (53 high bits + ½)·2⁻⁵³, at most 1 − 2⁻⁵³.
   *
   * @param high the word that gives the leading bits
   * @param low the word that gives the trailing bits
   */
  public static double uniform(int high, int low) {
    long bits = ((high & 0xFFFFFFFFL) << 21) ^ ((low & 0xFFFFFFFFL) >>> 11);
    // the ½ is rounded away in the upper half, where the largest value would become 1
    return Math.min((bits + 0.5) * 0x1p-53, 1 - 0x1p-53);
  }
}
