package org.noisescape.engine.host;

/** Masks of dropout: 0 where an element's word is small, else one number. */
final class DropoutMask implements Workers.Task {
  private static final ThreadLocal<long[]> WORDS =
      ThreadLocal.withInitial(() -> new long[4 * PhiloxLanes.COUNT]);

  long key;
  long step;
  long mask;
  boolean wide;

  /** Words below are left out. */
  long below;

  /** What the others are multiplied with. */
  double scale;

  /** Ranges begin at multiples of 4 · COUNT elements. */
  @Override
  public void run(long from, long to) {
    long[] words = WORDS.get();
    int most = 4 * PhiloxLanes.COUNT;
    for (long i = from; i < to; i += most) {
      PhiloxLanes.words(key, step, i / 4, words);
      int count = (int) Math.min(most, to - i);
      for (int e = 0; e < count; e++) {
        double value = words[(e & 3) * PhiloxLanes.COUNT + (e >> 2)] < below ? 0 : scale;
        DoubleLanes.set(wide, mask, i + e, value);
      }
    }
  }
}
