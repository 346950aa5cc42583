package org.noisescape.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A protocol-buffer message, built field by field.
 *
 * <p>Each field is a tag (number · 8 + wire type) and its contents; only the four kinds of field
 * that events have are here. Source: Protocol Buffers, Encoding.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  /** Bits of a number that go into one byte. */
  private static final int GROUP = 7;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Message float64(int field, double value) {
    tag(field, FIXED64);
    return raw(buffer(Double.BYTES).putDouble(value));
  }

  Message float32(int field, float value) {
    tag(field, FIXED32);
    return raw(buffer(Float.BYTES).putFloat(value));
  }

  /** A packed list. */
  Message float64s(int field, double... values) {
    ByteBuffer packed = buffer(Double.BYTES * values.length);
    for (double value : values) {
      packed.putDouble(value);
    }
    return delimited(field, packed.array());
  }

  Message int64(int field, long value) {
    tag(field, VARINT);
    return varint(value);
  }

  Message text(int field, String value) {
    return delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    return delimited(field, value.toBytes());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private Message delimited(int field, byte[] contents) {
    tag(field, LENGTH_DELIMITED);
    varint(contents.length);
    bytes.writeBytes(contents);
    return this;
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  /** Groups of seven bits, the low ones first, with the eighth set where more follow. */
  private Message varint(long value) {
    long left = value;
    while ((left >>> GROUP) != 0) {
      bytes.write((int) (left & 0x7f) | 0x80);
      left >>>= GROUP;
    }
    bytes.write((int) left);
    return this;
  }

  private Message raw(ByteBuffer buffer) {
    bytes.writeBytes(buffer.array());
    return this;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
