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

  /** The type that users call {@code float32} or {@code float64}. */
  public static DType parse(String label) {
    for (DType type : values()) {
      if (type.isFloating() && type.label.equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown precision '" + label + "': use float32 or float64");
  }
}
