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

  /** Distance ε of 1 from the next larger number: 2⁻²³ or 2⁻⁵². */
  public double epsilon() {
    if (!isFloating()) {
      throw new IllegalStateException(label + " has no rounding");
    }
    return this == FLOAT32 ? 0x1p-23 : 0x1p-52;
  }

  /** Whether elements are floating-point numbers. */
  public boolean isFloating() {
    return this != INT32;
  }
}
