package org.noisescape.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.noisescape.train.Histogram;

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
  private static final int VALUE_HISTOGRAM = 5;
  private static final int VALUE_TENSOR = 8;
  private static final int VALUE_METADATA = 9;
  private static final int METADATA_PLUGIN = 1;
  private static final int PLUGIN_NAME = 1;
  private static final int PLUGIN_CONTENT = 2;
  private static final int HISTOGRAM_MIN = 1;
  private static final int HISTOGRAM_MAX = 2;
  private static final int HISTOGRAM_COUNT = 3;
  private static final int HISTOGRAM_SUM = 4;
  private static final int HISTOGRAM_SQUARES = 5;
  private static final int HISTOGRAM_LIMITS = 6;
  private static final int HISTOGRAM_COUNTS = 7;
  private static final int TENSOR_TYPE = 1;
  private static final int TENSOR_SHAPE = 2;
  private static final int TENSOR_FLOAT = 5;
  private static final int SHAPE_DIMENSION = 2;
  private static final int DIMENSION_SIZE = 1;
  private static final int FLOAT = 1;

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
   * A record of scalars and histograms.
   *
   * @param wallTime seconds since 1970
   * @param scalars by tag; the format holds numbers in float32
   */
  static byte[] scalars(double wallTime, Scalars scalars) {
    Message summary = new Message();
    scalars
        .histograms()
        .forEach(
            (tag, histogram) ->
                summary.message(
                    SUMMARY_VALUE,
                    new Message()
                        .text(VALUE_TAG, tag)
                        .message(VALUE_HISTOGRAM, histogram(histogram))));
    scalars
        .values()
        .forEach(
            (tag, value) ->
                summary.message(
                    SUMMARY_VALUE,
                    new Message()
                        .text(VALUE_TAG, tag)
                        .float32(VALUE_SIMPLE_VALUE, value.floatValue())));
    return framed(
        new Message()
            .float64(WALL_TIME, wallTime)
            .int64(STEP, scalars.step())
            .message(SUMMARY, summary));
  }

  /**
   * A histogram, of which the numbers themselves are not known any more: least, largest and sums
   * are those of numbers in the middle of their bins.
   */
  private static Message histogram(Histogram histogram) {
    double[] edges = histogram.edges().getFirst();
    long[] counts = histogram.counts();
    double[] limits = Arrays.copyOfRange(edges, 1, edges.length);
    double[] numbers = Arrays.stream(counts).asDoubleStream().toArray();
    int first = 0;
    int last = counts.length - 1;
    while (first < last && counts[first] == 0) {
      first++;
    }
    while (last > first && counts[last] == 0) {
      last--;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < counts.length; i++) {
      double middle = 0.5 * (edges[i] + edges[i + 1]);
      sum += counts[i] * middle;
      squares += counts[i] * middle * middle;
    }
    return new Message()
        .float64(HISTOGRAM_MIN, edges[first])
        .float64(HISTOGRAM_MAX, edges[last + 1])
        .float64(HISTOGRAM_COUNT, Arrays.stream(numbers).sum())
        .float64(HISTOGRAM_SUM, sum)
        .float64(HISTOGRAM_SQUARES, squares)
        .float64s(HISTOGRAM_LIMITS, limits)
        .float64s(HISTOGRAM_COUNTS, numbers);
  }

  /**
   * A record of one value of a plugin.
   *
   * @param wallTime seconds since 1970
   * @param tag its name
   * @param plugin whose it is
   * @param content what the plugin reads
   */
  static byte[] plugin(double wallTime, String tag, String plugin, Message content) {
    Message data = new Message().text(PLUGIN_NAME, plugin).message(PLUGIN_CONTENT, content);
    // TensorBoard leaves out a value that has no tensor
    Message shape = new Message().message(SHAPE_DIMENSION, new Message().int64(DIMENSION_SIZE, 1));
    Message tensor =
        new Message()
            .int64(TENSOR_TYPE, FLOAT)
            .message(TENSOR_SHAPE, shape)
            .float32(TENSOR_FLOAT, 0);
    Message value =
        new Message()
            .text(VALUE_TAG, tag)
            .message(VALUE_TENSOR, tensor)
            .message(VALUE_METADATA, new Message().message(METADATA_PLUGIN, data));
    return framed(
        new Message()
            .float64(WALL_TIME, wallTime)
            .message(SUMMARY, new Message().message(SUMMARY_VALUE, value)));
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
