package org.noisescape.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Records of an event file: TensorFlow's messages {@code Event} in TFRecord frames.
 *
 * <p>A frame is the length (uint64), its masked CRC-32C, the message, and the masked CRC-32C of the
 * message, all little-endian; a mask is a rotation by 15 bits to the right plus a constant, so that
 * the checksum of data that hold their checksum is not degenerate. Source: TensorFlow, {@code
 * event.proto}, {@code summary.proto} and {@code record_writer.cc}.
 */
final class EventRecord {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xa282ead8;

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;

  private EventRecord() {}

  /**
   * The first record of a file.
   *
   * @param wallTime seconds since 1970
   */
  static byte[] version(double wallTime) {
    return framed(new Message().float64(WALL_TIME, wallTime).text(FILE_VERSION, VERSION));
  }

  /**
   * A record of scalars.
   *
   * @param wallTime seconds since 1970
   * @param step steps done
   * @param values by tag; the format holds them in float32
   */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    Message summary = new Message();
    values.forEach(
        (tag, value) ->
            summary.message(
                SUMMARY_VALUE,
                new Message()
                    .text(VALUE_TAG, tag)
                    .float32(VALUE_SIMPLE_VALUE, value.floatValue())));
    return framed(
        new Message().float64(WALL_TIME, wallTime).int64(STEP, step).message(SUMMARY, summary));
  }

  private static byte[] framed(Message message) {
    byte[] data = message.toBytes();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedChecksum(record.array(), 0, Long.BYTES));
    record.put(data);
    record.putInt(maskedChecksum(data, 0, data.length));
    return record.array();
  }

  private static int maskedChecksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
  }
}
