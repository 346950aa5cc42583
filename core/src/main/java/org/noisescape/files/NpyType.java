package org.noisescape.files;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of elements of a NumPy array, by the letter and bytes of NumPy's {@code dtype.str}. */
public enum NpyType {
  /** Truth values, one byte each. */
  B1,
  /** Unsigned bytes. */
  U1,
  /** Signed bytes. */
  I1,
  /** Unsigned integers of 16 bits. */
  U2,
  /** Signed integers of 16 bits. */
  I2,
  /** Unsigned integers of 32 bits. */
  U4,
  /** Signed integers of 32 bits. */
  I4,
  /** Unsigned integers of 64 bits. */
  U8,
  /** Signed integers of 64 bits. */
  I8,
  /** IEEE half precision. */
  F2,
  /** IEEE single precision. */
  F4,
  /** IEEE double precision. */
  F8;

  private static final double TWO_TO_64 = 0x1p64;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The kind of a code such as {@code f4}. */
  static Optional<NpyType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return code.charAt(1) - '0';
  }

  /** Whether elements are fractions. */
  public boolean isFloating() {
    return code.charAt(0) == 'f';
  }

  /** The letter and the bytes: {@code f4}. */
  public String code() {
    return code;
  }

  /**
   * One element as a number, rounded where it is an integer beyond 2⁵³.
   *
   * @param at its first byte; the buffer's order is that of the array
   */
  public double number(ByteBuffer bytes, int at) {
    return switch (this) {
      case F2 -> Float.float16ToFloat(bytes.getShort(at));
      case F4 -> bytes.getFloat(at);
      case F8 -> bytes.getDouble(at);
      case U8 -> {
        long bits = bytes.getLong(at);
        yield bits >= 0 ? bits : bits + TWO_TO_64;
      }
      case B1, U1, I1, U2, I2, U4, I4, I8 -> whole(bytes, at);
    };
  }

  /**
   * One element of an array of integers or truth values; those above 2⁶³ of {@link #U8} come out
   * negative.
   *
   * @param at its first byte; the buffer's order is that of the array
   */
  public long whole(ByteBuffer bytes, int at) {
    return switch (this) {
      case B1 -> bytes.get(at) == 0 ? 0 : 1;
      case U1 -> Byte.toUnsignedLong(bytes.get(at));
      case I1 -> bytes.get(at);
      case U2 -> Short.toUnsignedLong(bytes.getShort(at));
      case I2 -> bytes.getShort(at);
      case U4 -> Integer.toUnsignedLong(bytes.getInt(at));
      case I4 -> bytes.getInt(at);
      case U8, I8 -> bytes.getLong(at);
      case F2, F4, F8 -> throw new IllegalStateException(code + " holds fractions");
    };
  }
}
