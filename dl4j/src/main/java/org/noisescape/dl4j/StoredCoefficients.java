package org.noisescape.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters of a file of DL4J, as {@code Nd4j.write} writes a vector: a buffer with its shape,
 * then one with its elements, each with a way of keeping it, a length and a type before it, all
 * big-endian.
 *
 * <p>ND4J's own reader takes memory as large as the file says and believes its shape; here no more
 * is taken than there are bytes. Source: {@code BaseDataBuffer.write} of ND4J 1.0.0-M2.1.
 */
final class StoredCoefficients {
  /** Ways of keeping a buffer whose lengths are of 32 bits, of releases before 1.0.0-beta. */
  private static final Set<String> SHORT_LENGTHS = Set.of("DIRECT", "HEAP", "JAVACPP");

  private static final Set<String> LONG_LENGTHS = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

  private static final Map<String, Integer> WIDTHS =
      Map.of("LONG", 8, "INT", 4, "DOUBLE", 8, "FLOAT", 4, "HALF", 2);

  private StoredCoefficients() {}

  /** A length and a type. */
  private record Header(int length, String type) {}

  /**
   * The vector, (1, P); halves become floats.
   *
   * @throws IOException where the bytes are none, with what is wrong
   */
  static INDArray read(byte... bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Header shape = header(in);
    in.skipNBytes((long) shape.length() * WIDTHS.get(shape.type()));
    Header elements = header(in);
    int length = elements.length();
    INDArray vector =
        switch (elements.type()) {
          case "FLOAT" -> Nd4j.createFromArray(floats(in, length));
          case "DOUBLE" -> Nd4j.createFromArray(doubles(in, length));
          case "HALF" -> Nd4j.createFromArray(halves(in, length));
          default -> throw new IOException("parameters of type " + elements.type());
        };
    return vector.reshape('c', 1, length);
  }

  private static Header header(DataInputStream in) throws IOException {
    String kept = in.readUTF();
    if (!SHORT_LENGTHS.contains(kept) && !LONG_LENGTHS.contains(kept)) {
      throw new IOException("a buffer of an unknown kind");
    }
    long length = SHORT_LENGTHS.contains(kept) ? in.readInt() : in.readLong();
    String type = in.readUTF();
    Integer width = WIDTHS.get(type);
    if (width == null) {
      throw new IOException("a buffer of an unknown type");
    }
    if (length < 0 || length > in.available() / width) {
      throw new IOException(
          "a buffer claims %d elements, %d bytes are left".formatted(length, in.available()));
    }
    return new Header((int) length, type);
  }

  private static float[] floats(DataInputStream in, int length) throws IOException {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static double[] doubles(DataInputStream in, int length) throws IOException {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  private static float[] halves(DataInputStream in, int length) throws IOException {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.float16ToFloat(in.readShort());
    }
    return values;
  }
}
