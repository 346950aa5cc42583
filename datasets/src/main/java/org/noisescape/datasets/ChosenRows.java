package org.noisescape.datasets;

import java.util.Objects;

/**
 * Some rows of other features, sharing their memory.
 *
 * @param all the features
 * @param chosen their rows, in the order they have here
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ChosenRows(Features all, int[] chosen) implements Features {
  @Override
  public int rows() {
    return chosen.length;
  }

  @Override
  public int length() {
    return all.length();
  }

  @Override
  public void copyRows(int first, int count, float[] destination, int offset) {
    Objects.checkFromIndexSize(first, count, chosen.length);
    for (int i = 0; i < count; i++) {
      all.copyRows(chosen[first + i], 1, destination, offset + i * length());
    }
  }
}
