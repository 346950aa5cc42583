package org.noisescape.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What numbers a computation is done in: the type of its tensors, and how products may round. */
public enum Precision {
  /** IEEE single precision throughout; products round at 2⁻²⁴. */
  FLOAT32("float32", DType.FLOAT32),
  /**
   * Single precision, where matrix products and convolutions may round their factors to 10 bits of
   * mantissa (relative error 2⁻¹¹), as tensor cores do.
   *
   * <p>A permission: pointwise work stays float32, sums stay float32 or float64, and what is
   * computed in float64 is not touched.
   */
  TF32("tf32", DType.FLOAT32),
  /** IEEE double precision. */
  FLOAT64("float64", DType.FLOAT64);

  private final String label;
  private final DType dtype;

  Precision(String label, DType dtype) {
    this.label = label;
    this.dtype = dtype;
  }

  /** Name as users write it, for example {@code tf32}. */
  public String label() {
    return label;
  }

  /** Element type of the tensors. */
  public DType dtype() {
    return dtype;
  }

  /**
   * The precision of a label.
   *
   * @throws IllegalArgumentException naming the value and the choices where there is none
   */
  public static Precision parse(String label) {
    for (Precision precision : values()) {
      if (precision.label.equals(label)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "unknown precision '%s': use one of %s"
            .formatted(
                label,
                Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "))));
  }
}
