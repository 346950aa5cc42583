package org.noisescape.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A named tensor of a safetensors file.
 *
 * @param name unique within the file
 * @param type element type
 * @param shape lengths of the axes; none for a single number
 * @param bytes the elements, row-major, little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StoredTensor(String name, ElementType type, long[] shape, ByteBuffer bytes) {
  /** Element types, by the names of the format. */
  public enum ElementType {
    /** IEEE half precision, read only. */
    F16(2),
    /** The upper half of single precision, read only. */
    BF16(2),
    /** IEEE single precision. */
    F32(4),
    /** IEEE double precision. */
    F64(8),
    /** 32-bit signed integers. */
    I32(4),
    /** 64-bit signed integers. */
    I64(8);

    private final int bytes;

    ElementType(int bytes) {
      this.bytes = bytes;
    }

    /** Whether elements are fractions. */
    public boolean isFloating() {
      return this != I32 && this != I64;
    }

    /** Size of one element in bytes. */
    public int bytes() {
      return bytes;
    }
  }

  /** Checks that shape and bytes fit. */
  public StoredTensor {
    long size = elements(shape);
    if (size * type.bytes() != bytes.remaining()) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s and type %s needs %d bytes, got %d"
              .formatted(
                  name, Arrays.toString(shape), type, size * type.bytes(), bytes.remaining()));
    }
    bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A tensor of F64 values, or of the same values rounded to F32. */
  public static StoredTensor of(String name, ElementType type, long[] shape, double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type) {
        case F32 -> bytes.putFloat((float) value);
        case F64 -> bytes.putDouble(value);
        case F16, BF16, I32, I64 ->
            throw new IllegalArgumentException("tensor '" + name + "': values need F32 or F64");
      }
    }
    return new StoredTensor(name, type, shape, bytes.flip());
  }

  /** The elements of a floating tensor. */
  public double[] toDoubles() {
    double[] values = new double[bytes.remaining() / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case F16 -> Float.float16ToFloat(bytes.getShort(bytes.position() + 2 * i));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(bytes.position() + 2 * i) << 16);
            case F32 -> bytes.getFloat(bytes.position() + 4 * i);
            case F64 -> bytes.getDouble(bytes.position() + 8 * i);
            case I32, I64 ->
                throw new IllegalArgumentException(
                    "tensor '" + name + "': expected a floating type, got " + type);
          };
    }
    return values;
  }

  /** Product of the axes; overflow and negative axes are errors. */
  static long elements(long... shape) {
    long size = 1;
    for (long axis : shape) {
      if (axis < 0) {
        throw new ArithmeticException("negative axis in " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }
}
