package org.noisescape.engine.host;

import org.noisescape.random.Philox;

/** Other labels for some samples of one replica. */
final class LabelFlips implements Workers.Task {
  private static final ThreadLocal<int[]> WORDS = ThreadLocal.withInitial(() -> new int[4]);

  long key;
  long step;
  long targets;
  double below;
  int classes;
  boolean wide;

  @Override
  public void run(long from, long to) {
    int[] drawn = WORDS.get();
    for (long n = from; n < to; n++) {
      Philox.words(key, n / 2, step, drawn);
      int first = (int) (n % 2) * 2;
      if ((drawn[first] & 0xFFFFFFFFL) < below) {
        flip(n * classes, drawn[first + 1] & 0xFFFFFFFFL);
      }
    }
  }

  private void flip(long row, long word) {
    if (classes == 1) {
      set(row, -get(row));
      return;
    }
    int label = 0;
    for (int k = 1; k < classes; k++) {
      if (get(row + k) > get(row + label)) {
        label = k;
      }
    }
    long other = row + (label + 1 + ((classes - 1) * word >>> 32)) % classes;
    double kept = get(row + label);
    set(row + label, get(other));
    set(other, kept);
  }

  private double get(long i) {
    return wide ? Float64Kernels.get(targets, i) : Native.ALL.get(Native.FLOAT, targets + 4 * i);
  }

  private void set(long i, double value) {
    if (wide) {
      Float64Kernels.set(targets, i, value);
    } else {
      Native.ALL.set(Native.FLOAT, targets + 4 * i, (float) value);
    }
  }
}
