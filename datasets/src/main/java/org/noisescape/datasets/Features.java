package org.noisescape.datasets;

/**
 * Rows of input features, converted to float32 when copied.
 *
 * <p>Shapes: ({@link #rows()}, {@link #length()}). Safe for concurrent readers.
 */
public interface Features {
  /** Number of rows (samples). */
  int rows();

  /** Features a row. */
  int length();

  /**
   * Writes rows first, …, first + count − 1 one after the other from {@code destination[offset]}.
   *
   * @throws IndexOutOfBoundsException where the rows or the destination do not suffice
   */
  void copyRows(int first, int count, float[] destination, int offset);
}
