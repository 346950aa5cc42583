package org.noisescape.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;

/**
 * Reads a TensorProto: elements as raw bytes, in a field of their type, or in a file beside the
 * model.
 *
 * <p>Source: the IR specification of ONNX, message TensorProto.
 */
final class OnnxTensorReader {
  private static final int MOST_AXES = 16;

  /** Whole numbers are shapes and axes; longer lists are nothing that is read. */
  private static final int MOST_WHOLES = 1 << 16;

  private static final int EXTERNAL = 1;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Path file;
  private String name = "";
  private int type;
  private long[] dims = {};
  private ByteBuffer bytes;
  private boolean external;
  private final Map<String, String> place = new HashMap<>();

  OnnxTensorReader(Path file) {
    this.file = file;
  }

  /** Reads up to the limit of the message. */
  OnnxTensor read(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      field(tag, in);
    }
    if (!OnnxTensor.isRead(type)) {
      throw wrong("elements of type %s are not read".formatted(OnnxTensor.typeName(type)));
    }
    int[] shape = new int[dims.length];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      if (dims[i] < 0 || (size != 0 && dims[i] > Integer.MAX_VALUE / size)) {
        throw wrong("shape %s is too large or negative".formatted(Arrays.toString(dims)));
      }
      size *= dims[i];
      shape[i] = (int) dims[i];
    }
    long wanted = size * OnnxTensor.width(type);
    if (external) {
      bytes = beside(wanted);
    }
    long there = bytes == null ? 0 : bytes.remaining();
    if (there != wanted) {
      throw wrong(
          "shape %s of %s needs %d bytes, the file has %d"
              .formatted(Arrays.toString(dims), OnnxTensor.typeName(type), wanted, there));
    }
    return new OnnxTensor(name, type, shape, bytes == null ? ByteBuffer.allocate(0) : bytes);
  }

  private void field(int tag, CodedInputStream in) throws IOException {
    switch (WireFormat.getTagFieldNumber(tag)) {
      case 1 -> dims = appended(dims, tag, in, MOST_AXES);
      case 2 -> type = in.readInt32();
      case 4, 10 -> bytes = joined(fixed(tag, in));
      case 5 -> bytes = joined(ints(appended(new long[0], tag, in, MOST_WHOLES)));
      case 7 -> bytes = joined(longs(appended(new long[0], tag, in, MOST_WHOLES)));
      case 8 -> name = in.readStringRequireUtf8();
      case 9 -> bytes = in.readByteBuffer();
      case 13 -> entry(in);
      case 14 -> external = in.readEnum() == EXTERNAL;
      default -> in.skipField(tag);
    }
  }

  /** Elements of 4 or 8 bytes, one or packed; on the wire they are as in raw bytes. */
  private static ByteBuffer fixed(int tag, CodedInputStream in) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_FIXED32 -> one.putInt(in.readRawLittleEndian32()).flip();
      case WireFormat.WIRETYPE_FIXED64 -> one.putLong(in.readRawLittleEndian64()).flip();
      default -> in.readByteBuffer();
    };
  }

  /** Elements that came in several parts. */
  private ByteBuffer joined(ByteBuffer more) {
    if (bytes == null) {
      return more;
    }
    if (bytes.remaining() > MOST_WHOLES) {
      throw wrong("its elements come in parts: write them as raw_data");
    }
    return ByteBuffer.allocate(bytes.remaining() + more.remaining()).put(bytes).put(more).flip();
  }

  /** Numbers of 32 bits, or halves of fractions, of which the lower 16 count. */
  private ByteBuffer ints(long... values) {
    boolean halves = type == OnnxTensor.FLOAT16 || type == OnnxTensor.BFLOAT16;
    ByteBuffer all =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      if (type == OnnxTensor.BOOL) {
        all.put((byte) value);
      } else if (halves) {
        all.putShort((short) value);
      } else {
        all.putInt((int) value);
      }
    }
    return all.flip();
  }

  private static ByteBuffer longs(long... values) {
    ByteBuffer all = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(all::putLong);
    return all.flip();
  }

  /** A repeated whole number, one or packed, behind those read before. */
  static long[] appended(long[] before, int tag, CodedInputStream in, int most) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      require(before.length < most, most);
      long[] longer = Arrays.copyOf(before, before.length + 1);
      longer[before.length] = in.readInt64();
      return longer;
    }
    int limit = in.pushLimit(in.readRawVarint32());
    long[] longer = Arrays.copyOf(before, Math.min(most, before.length + 8));
    int count = before.length;
    while (in.getBytesUntilLimit() > 0) {
      require(count < most, most);
      if (count == longer.length) {
        longer = Arrays.copyOf(longer, Math.min(most, 2 * count));
      }
      longer[count++] = in.readInt64();
    }
    in.popLimit(limit);
    return Arrays.copyOf(longer, count);
  }

  private static void require(boolean holds, int most) {
    if (!holds) {
      throw new IllegalArgumentException(
          "a list of whole numbers has more than %d entries".formatted(most));
    }
  }

  private void entry(CodedInputStream in) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    String key = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> key = in.readStringRequireUtf8();
        case 2 -> value = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    in.popLimit(limit);
    place.put(key, value);
  }

  /** Elements in a file beside the model's. */
  private ByteBuffer beside(long wanted) {
    String location = place.getOrDefault("location", "");
    if (location.isEmpty()) {
      throw wrong("its elements lie in another file, which is not named");
    }
    Path folder = file.toAbsolutePath().getParent();
    Path data = InputFile.within(folder, location);
    long offset = whole("offset", 0);
    long length = whole("length", wanted);
    try (FileChannel channel = InputFile.open(data)) {
      if (length != wanted || wanted > MOST_BYTES || offset > channel.size() - wanted) {
        throw wrong(
            "shape %s of %s needs %d bytes; claimed are %d at %d of %s, which has %d"
                .formatted(
                    Arrays.toString(dims),
                    OnnxTensor.typeName(type),
                    wanted,
                    length,
                    offset,
                    location,
                    channel.size()));
      }
      ByteBuffer read = ByteBuffer.allocate(Math.toIntExact(wanted));
      while (read.hasRemaining()) {
        if (channel.read(read, offset + read.position()) < 0) {
          throw new WrongFile(data, "became shorter while it was read");
        }
      }
      return read.flip();
    } catch (IOException e) {
      throw InputFile.unreadable(data, e);
    }
  }

  private long whole(String key, long preset) {
    String text = place.getOrDefault(key, Long.toString(preset));
    if (!text.matches("\\d{1,18}")) {
      throw wrong("%s of its elements must be a whole number, got '%s'".formatted(key, text));
    }
    return Long.parseLong(text);
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("tensor '%s': %s".formatted(name, why));
  }
}
