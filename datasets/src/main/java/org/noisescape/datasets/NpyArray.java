package org.noisescape.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.noisescape.files.NpyHeader;
import org.noisescape.files.NpyType;
import org.noisescape.tensor.JavaHeap;

/**
 * An array of NumPy in memory, the last index fastest whatever the order in the file was.
 *
 * @param name of the array
 * @param type of the elements
 * @param shape lengths of the axes
 * @param bytes the elements, in their own order of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record NpyArray(String name, NpyType type, int[] shape, ByteBuffer bytes) {

  /** The array of a header and the elements that follow it. */
  static NpyArray of(String name, NpyHeader header, byte[] elements) {
    int[] shape = Arrays.stream(header.shape()).mapToInt(Math::toIntExact).toArray();
    boolean turned = header.fortran() && shape.length > 1;
    byte[] ordered = turned ? ordered(name, header.type().bytes(), shape, elements) : elements;
    return new NpyArray(name, header.type(), shape, ByteBuffer.wrap(ordered).order(header.order()));
  }

  /** Elements with the first index fastest, put in the order with the last one fastest. */
  private static byte[] ordered(String name, int width, int[] shape, byte[] elements) {
    JavaHeap.require(elements.length, "array '" + name + "'", "save it with order='C'");
    byte[] ordered = new byte[elements.length];
    int[] index = new int[shape.length];
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    int from = 0;
    for (int to = 0; to < elements.length; to += width) {
      System.arraycopy(elements, from * width, ordered, to, width);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return ordered;
  }

  /** The number of elements. */
  int size() {
    return bytes.capacity() / type.bytes();
  }

  /** Length of the first axis, 1 of a single number. */
  int rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** Element i as a number. */
  double number(int i) {
    return type.number(bytes, i * type.bytes());
  }

  /** Element i of an array of integers or truth values. */
  long whole(int i) {
    return type.whole(bytes, i * type.bytes());
  }

  /** As NumPy shows it: {@code x_train (60000, 28, 28) u1}. */
  String described() {
    String axes = Arrays.toString(shape);
    String comma = shape.length == 1 ? "," : "";
    return "%s (%s%s) %s".formatted(name, axes.substring(1, axes.length() - 1), comma, type.code());
  }
}
