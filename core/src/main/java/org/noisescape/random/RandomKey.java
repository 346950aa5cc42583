package org.noisescape.random;

/**
 * The 64-bit Philox key of one (seed, purpose, replica).
 *
 * <p>key = first two words of Philox(key = seed, counter = (purpose, replica)); the step and the
 * element index are the counter of the draws made with it, so that no two draws of a run share a
 * counter and a key.
 *
 * @param value the key
 */
public record RandomKey(long value) {
  /** Key of (seed, purpose, replica). */
  public static RandomKey of(long seed, Purpose purpose, int replica) {
    if (replica < 0) {
      throw new IllegalArgumentException("replica must be >= 0, got " + replica);
    }
    int[] words = new int[4];
    Philox.words(seed, purpose.number(), replica, words);
    return new RandomKey((words[0] & 0xFFFFFFFFL) | ((long) words[1] << 32));
  }

  /** Keys of replicas first, first + 1, …, first + count − 1. */
  public static RandomKey[] replicas(long seed, Purpose purpose, int first, int count) {
    RandomKey[] keys = new RandomKey[count];
    for (int r = 0; r < count; r++) {
      keys[r] = of(seed, purpose, first + r);
    }
    return keys;
  }

  /** Keys of replicas first, …, first + count − 1 as pairs of words, low word first. */
  public static int[] words(long seed, Purpose purpose, int first, int count) {
    int[] words = new int[2 * count];
    RandomKey[] keys = replicas(seed, purpose, first, count);
    for (int r = 0; r < count; r++) {
      words[2 * r] = (int) keys[r].value();
      words[2 * r + 1] = (int) (keys[r].value() >>> 32);
    }
    return words;
  }

  /** Fills out with the four words of block `block` at step `step`. */
  public void words(long step, long block, int[] out) {
    Philox.words(value, block, step, out);
  }

  /** Sequential view of the draws at one step, for host-side code outside training steps. */
  public RandomStream stream(long step) {
    return new RandomStream(this, step);
  }
}
