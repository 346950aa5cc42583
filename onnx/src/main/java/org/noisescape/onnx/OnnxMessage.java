package org.noisescape.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** A message that is put together field by field, without copies of long ones. */
final class OnnxMessage {
  private final List<ByteBuffer> parts = new ArrayList<>();
  private long size;

  /** What writes one field. */
  private interface Field {
    void write(CodedOutputStream out) throws IOException;
  }

  /** Bytes of all fields. */
  long size() {
    return size;
  }

  private OnnxMessage field(int bytes, Field field) {
    byte[] encoded = new byte[bytes];
    CodedOutputStream out = CodedOutputStream.newInstance(encoded);
    try {
      field.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array is not long enough", e);
    }
    add(ByteBuffer.wrap(encoded));
    return this;
  }

  private void add(ByteBuffer bytes) {
    parts.add(bytes);
    size += bytes.remaining();
  }

  /** A word. */
  OnnxMessage word(int number, String value) {
    return field(
        CodedOutputStream.computeStringSize(number, value), out -> out.writeString(number, value));
  }

  /** A whole number. */
  OnnxMessage whole(int number, long value) {
    return field(
        CodedOutputStream.computeInt64Size(number, value), out -> out.writeInt64(number, value));
  }

  /** Whole numbers, one field each. */
  OnnxMessage wholes(int number, long... values) {
    for (long value : values) {
      whole(number, value);
    }
    return this;
  }

  /** A number. */
  OnnxMessage number(int number, float value) {
    return field(
        CodedOutputStream.computeFloatSize(number, value), out -> out.writeFloat(number, value));
  }

  /** Bytes, which are not copied. */
  OnnxMessage bytes(int number, ByteBuffer value) {
    head(number, value.remaining());
    add(value);
    return this;
  }

  /** A message within this one. */
  OnnxMessage message(int number, OnnxMessage value) {
    head(number, value.size);
    parts.addAll(value.parts);
    size += value.size;
    return this;
  }

  private void head(int number, long length) {
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the parameters have %d bytes, and files of ONNX end at 2147483647".formatted(length));
    }
    int bytes =
        CodedOutputStream.computeTagSize(number)
            + CodedOutputStream.computeUInt32SizeNoTag((int) length);
    field(
        bytes,
        out -> {
          out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag((int) length);
        });
  }

  /** Writes all fields. */
  void writeTo(WritableByteChannel channel) throws IOException {
    for (ByteBuffer part : parts) {
      ByteBuffer bytes = part.duplicate();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
