package org.noisescape.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * A constant of a model, whichever of the format's fields its elements were in.
 *
 * @param name unique within the graph, or empty
 * @param type number of the element type in the format
 * @param shape lengths of the axes; none for a single number
 * @param bytes the elements, row-major, little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record OnnxTensor(String name, int type, int[] shape, ByteBuffer bytes) {
  static final int FLOAT = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;
  static final int BFLOAT16 = 16;

  private static final Map<Integer, ElementType> TYPES =
      Map.of(
          FLOAT, ElementType.F32,
          INT32, ElementType.I32,
          INT64, ElementType.I64,
          FLOAT16, ElementType.F16,
          DOUBLE, ElementType.F64,
          BFLOAT16, ElementType.BF16);

  private static final String[] NAMES = {
    "undefined",
    "float",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "int32",
    "int64",
    "string",
    "bool",
    "float16",
    "double",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bfloat16"
  };

  /** Fixes the order of bytes. */
  OnnxTensor {
    bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether its elements are of a type that is read. */
  static boolean isRead(int type) {
    return type == BOOL || TYPES.containsKey(type);
  }

  /** Bytes of one element of a type that is read. */
  static int width(int type) {
    return type == BOOL ? 1 : TYPES.get(type).bytes();
  }

  /** Whether a type is one of whole numbers. */
  static boolean isWhole(long type) {
    return type == INT32 || type == INT64 || type == BOOL;
  }

  /** Numbers in a shape. */
  static OnnxTensor ofFloats(String name, int[] shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new OnnxTensor(name, FLOAT, shape, bytes.flip());
  }

  /** What a type is called. */
  static String typeName(int type) {
    return type >= 0 && type < NAMES.length ? NAMES[type] : "number " + type;
  }

  /** Whether elements are fractions. */
  boolean isFloating() {
    return type != BOOL && TYPES.get(type).isFloating();
  }

  /** Number of elements. */
  int size() {
    return bytes.remaining() / width(type);
  }

  /** Shape without axes of length 1 in front. */
  int[] shapeWithoutLeadingOnes() {
    int first = 0;
    while (first < shape.length && shape[first] == 1) {
      first++;
    }
    return Arrays.copyOfRange(shape, first, shape.length);
  }

  /** One element as a number. */
  double number(int index) {
    int at = bytes.position() + index * width(type);
    return switch (type) {
      case FLOAT -> bytes.getFloat(at);
      case DOUBLE -> bytes.getDouble(at);
      case INT32 -> bytes.getInt(at);
      case INT64 -> bytes.getLong(at);
      case BOOL -> bytes.get(at);
      case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
      default -> Float.intBitsToFloat(bytes.getShort(at) << 16);
    };
  }

  /** All elements of a tensor of whole numbers. */
  long[] longs() {
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      int at = bytes.position() + i * width(type);
      values[i] =
          switch (type) {
            case INT64 -> bytes.getLong(at);
            case INT32 -> bytes.getInt(at);
            default -> bytes.get(at);
          };
    }
    return values;
  }

  /** The elements in another order: element i of the result is element {@code from[i]} of these. */
  OnnxTensor gathered(int[] from, int... newShape) {
    int width = width(type);
    ByteBuffer moved = ByteBuffer.allocate(from.length * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int index : from) {
      int at = bytes.position() + index * width;
      switch (width) {
        case 2 -> moved.putShort(bytes.getShort(at));
        case 4 -> moved.putInt(bytes.getInt(at));
        default -> moved.putLong(bytes.getLong(at));
      }
    }
    return new OnnxTensor(name, type, newShape, moved.flip());
  }

  /** The same elements under another shape of as many. */
  OnnxTensor reshaped(int... newShape) {
    return new OnnxTensor(name, type, newShape, bytes);
  }

  /** A matrix with its axes exchanged. */
  OnnxTensor transposed() {
    int rows = shape[0];
    int columns = shape[1];
    int[] from = new int[rows * columns];
    for (int i = 0; i < from.length; i++) {
      from[i] = i % rows * columns + i / rows;
    }
    return gathered(from, columns, rows);
  }

  /** Fractions times a number, rounded to their type; the same object where it is 1. */
  OnnxTensor times(double factor) {
    if (factor == 1) {
      return this;
    }
    int kept = type == DOUBLE ? DOUBLE : FLOAT;
    ByteBuffer scaled = ByteBuffer.allocate(size() * width(kept)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size(); i++) {
      if (kept == DOUBLE) {
        scaled.putDouble(number(i) * factor);
      } else {
        scaled.putFloat((float) (number(i) * factor));
      }
    }
    return new OnnxTensor(name, kept, shape, scaled.flip());
  }

  /** As a tensor of a file of parameters. */
  StoredTensor stored(String called) {
    long[] sizes = Arrays.stream(shape).asLongStream().toArray();
    return new StoredTensor(called, TYPES.get(type), sizes, bytes.duplicate());
  }
}
