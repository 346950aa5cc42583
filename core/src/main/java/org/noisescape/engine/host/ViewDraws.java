package org.noisescape.engine.host;

import org.noisescape.random.Philox;
import org.noisescape.tensor.ViewGeometry;

/** Which view of its picture each sample of one replica shows. */
final class ViewDraws implements Workers.Task {
  private static final ThreadLocal<int[]> WORDS = ThreadLocal.withInitial(() -> new int[4]);

  private final long[] bounds = new long[ViewGeometry.NUMBERS];
  long key;
  long epoch;
  long samples;
  long views;

  void bounds(ViewGeometry geometry) {
    for (int v = 0; v < bounds.length; v++) {
      bounds[v] = geometry.bound(v);
    }
  }

  @Override
  public void run(long from, long to) {
    int[] words = WORDS.get();
    for (long b = from; b < to; b++) {
      long sample = Native.ALL.get(Native.INT, samples + 4 * b) & 0xFFFFFFFFL;
      long at = views + 4 * b * bounds.length;
      for (int v = 0; v < bounds.length; v++) {
        if (v % 4 == 0) {
          Philox.words(key, sample | (long) (v / 4) << 32, epoch, words);
        }
        long value = bounds[v] * (words[v % 4] & 0xFFFFFFFFL) >>> 32;
        Native.ALL.set(Native.INT, at + 4L * v, (int) value);
      }
    }
  }
}
