package org.noisescape.datasets;

import java.util.Objects;

/** The first rows of other features, sharing their memory. */
record FirstRows(Features all, int rows) implements Features {
  FirstRows {
    Objects.checkFromIndexSize(0, rows, all.rows());
  }

  @Override
  public int length() {
    return all.length();
  }

  @Override
  public void copyRows(int first, int count, float[] destination, int offset) {
    Objects.checkFromIndexSize(first, count, rows);
    all.copyRows(first, count, destination, offset);
  }
}
