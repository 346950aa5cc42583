package org.noisescape.tensor;

/** Element types. */
public enum DType {
  /** IEEE single precision. */
  FLOAT32(4, "float32"),
  /** IEEE double precision. */
  FLOAT64(8, "float64"),
  /** 32-bit integers: sample indices, positions of maxima, random keys. */
  INT32(4, "int32");

  private final int bytes;
  private final String label;

  DType(int bytes, String label) {
    this.bytes = bytes;
    this.label = label;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Name as users write it, for example {@code float32}. */
  public String label() {
    return label;
  }

  /** Whether elements are floating-point numbers. */
  public boolean isFloating() {
    return this != INT32;
  }
}
