package org.noisescape.linop;

/** Takes the rows of a matrix one by one, for example into storage outside the heap. */
@FunctionalInterface
public interface RowSink {
  /**
   * Row by row from 0 on.
   *
   * @param row index
   * @param values P entries; used again for the next row
   */
  void accept(int row, double[] values);
}
