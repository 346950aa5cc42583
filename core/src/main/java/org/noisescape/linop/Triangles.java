package org.noisescape.linop;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The two triangles of a square matrix, row by row in memory, tile by tile for the cache. */
final class Triangles {
  private static final ValueLayout.OfDouble REAL = ValueLayout.JAVA_DOUBLE;
  private static final int TILE = 64;

  private Triangles() {}

  /** The lower triangle becomes the upper one too. */
  static void mirror(MemorySegment elements, int n) {
    for (int i0 = 0; i0 < n; i0 += TILE) {
      for (int j0 = 0; j0 <= i0; j0 += TILE) {
        for (int j = j0; j < Math.min(n, j0 + TILE); j++) {
          for (int i = Math.max(i0, j + 1); i < Math.min(n, i0 + TILE); i++) {
            elements.setAtIndex(REAL, index(n, j, i), elements.getAtIndex(REAL, index(n, i, j)));
          }
        }
      }
    }
  }

  /** Both triangles become their mean; returns the largest |a_ij − a_ji|, NaN where one is NaN. */
  static double average(MemorySegment elements, int n) {
    double largest = 0;
    for (int i0 = 0; i0 < n; i0 += TILE) {
      for (int j0 = 0; j0 <= i0; j0 += TILE) {
        for (int i = i0; i < Math.min(n, i0 + TILE); i++) {
          for (int j = j0; j < Math.min(i, j0 + TILE); j++) {
            double lower = elements.getAtIndex(REAL, index(n, i, j));
            double upper = elements.getAtIndex(REAL, index(n, j, i));
            largest = Math.max(largest, Math.abs(lower - upper));
            elements.setAtIndex(REAL, index(n, i, j), lower / 2 + upper / 2);
            elements.setAtIndex(REAL, index(n, j, i), lower / 2 + upper / 2);
          }
        }
      }
    }
    return largest;
  }

  private static long index(int n, int i, int j) {
    return (long) i * n + j;
  }
}
