package org.noisescape.tensorboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A second implementation of the format, from its definition and without anything of the writer: a
 * checksum bit by bit, numbers byte by byte, any order of fields, unknown fields skipped.
 */
public final class EventFileReader {
  /** Castagnoli's polynomial, its bits reversed. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private final byte[] bytes;
  private int at;
  private final int end;

  private EventFileReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * An event.
   *
   * @param version of the file, empty where the event has none
   * @param histograms limits and counts by tag
   * @param session settings of the HParams plugin, and {@code status} where one ends
   */
  public record Event(
      double wallTime,
      long step,
      String version,
      Map<String, Float> scalars,
      Map<String, List<List<Double>>> histograms,
      Map<String, Object> session) {
    /** Without histograms and session. */
    Event(double wallTime, long step, String version, Map<String, Float> scalars) {
      this(wallTime, step, version, scalars, Map.of(), Map.of());
    }

    Event(double wallTime, long step, String version) {
      this(
          wallTime,
          step,
          version,
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }
  }

  /** The events of the one event file of a folder. */
  public static List<Event> onlyFileOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      if (all.size() != 1 || !all.getFirst().getFileName().toString().contains("tfevents")) {
        throw new IOException("expected one event file, got " + all);
      }
      return events(Files.readAllBytes(all.getFirst()));
    }
  }

  /** All events of a file; fails at a record cut short and at a wrong checksum. */
  static List<Event> events(byte[] file) throws IOException {
    List<Event> events = new ArrayList<>();
    for (byte[] record : records(file)) {
      events.add(event(new EventFileReader(record, 0, record.length)));
    }
    return events;
  }

  /** The contents of the frames of a file. */
  static List<byte[]> records(byte[] file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    EventFileReader reader = new EventFileReader(file, 0, file.length);
    while (reader.at < reader.end) {
      int begin = reader.at;
      long length = reader.littleEndian(8);
      requireChecksum(file, begin, begin + 8, reader.littleEndian(4));
      int data = reader.at;
      reader.skip(length);
      requireChecksum(file, data, reader.at, reader.littleEndian(4));
      records.add(Arrays.copyOfRange(file, data, data + Math.toIntExact(length)));
    }
    return records;
  }

  /** CRC-32C of bytes. */
  static int checksum(byte[] bytes, int from, int to) {
    int remainder = ~0;
    for (int i = from; i < to; i++) {
      remainder ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        remainder = (remainder & 1) != 0 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
      }
    }
    return ~remainder;
  }

  private static void requireChecksum(byte[] bytes, int from, int to, long stored)
      throws IOException {
    long plain = checksum(bytes, from, to) & 0xffffffffL;
    long masked = ((plain >> 15 | plain << 17) + 0xa282ead8L) & 0xffffffffL;
    if (masked != stored) {
      throw new IOException(
          "checksum of bytes %d to %d: %08x, stored %08x".formatted(from, to, masked, stored));
    }
  }

  private static Event event(EventFileReader reader) throws IOException {
    double wallTime = 0;
    long step = 0;
    String version = "";
    List<EventFileReader> summaries = new ArrayList<>();
    while (reader.at < reader.end) {
      long tag = reader.varint();
      if (tag == (1 << 3 | 1)) {
        wallTime = Double.longBitsToDouble(reader.littleEndian(8));
      } else if (tag == (2 << 3)) {
        step = reader.varint();
      } else if (tag == (3 << 3 | 2)) {
        version = reader.inner().text();
      } else if (tag == (5 << 3 | 2)) {
        summaries.add(reader.inner());
      } else {
        reader.skipField(tag);
      }
    }
    Event event = new Event(wallTime, step, version);
    for (EventFileReader summary : summaries) {
      summary(summary, event);
    }
    return event;
  }

  private static void summary(EventFileReader reader, Event event) throws IOException {
    while (reader.at < reader.end) {
      long tag = reader.varint();
      if (tag != (1 << 3 | 2)) {
        reader.skipField(tag);
        continue;
      }
      EventFileReader value = reader.inner();
      String name = "";
      Float number = null;
      while (value.at < value.end) {
        long field = value.varint();
        if (field == (1 << 3 | 2)) {
          name = value.inner().text();
        } else if (field == (2 << 3 | 5)) {
          number = Float.intBitsToFloat((int) value.littleEndian(4));
        } else if (field == (5 << 3 | 2)) {
          event.histograms().put(name, histogram(value.inner()));
        } else if (field == (9 << 3 | 2)) {
          plugin(value.inner(), event.session());
        } else {
          value.skipField(field);
        }
      }
      if (number != null && event.scalars().put(name, number) != null) {
        throw new IOException("two values of " + name + " in one event");
      }
    }
  }

  /** HistogramProto: limits and counts, as packed lists. */
  private static List<List<Double>> histogram(EventFileReader reader) throws IOException {
    Map<Long, List<Double>> lists = new LinkedHashMap<>();
    while (reader.at < reader.end) {
      long tag = reader.varint();
      if (tag == (6 << 3 | 2) || tag == (7 << 3 | 2)) {
        EventFileReader packed = reader.inner();
        List<Double> numbers = lists.computeIfAbsent(tag >> 3, field -> new ArrayList<>());
        while (packed.at < packed.end) {
          numbers.add(Double.longBitsToDouble(packed.littleEndian(8)));
        }
      } else {
        reader.skipField(tag);
      }
    }
    return List.copyOf(lists.values());
  }

  /** SummaryMetadata of the plugin hparams; its settings, and the status of an end. */
  private static void plugin(EventFileReader metadata, Map<String, Object> session)
      throws IOException {
    EventFileReader data = metadata.field(1);
    if (!data.field(1).text().equals("hparams")) {
      return;
    }
    EventFileReader content = data.field(2);
    long kind = content.varint();
    EventFileReader info = content.inner();
    if (kind == (4 << 3 | 2)) {
      while (info.at < info.end) {
        long tag = info.varint();
        if (tag == (1 << 3)) {
          session.put("status", info.varint());
        } else {
          info.skipField(tag);
        }
      }
      return;
    }
    while (info.at < info.end) {
      long tag = info.varint();
      if (tag == (1 << 3 | 2)) {
        EventFileReader entry = info.inner();
        session.put(entry.field(1).text(), value(entry.field(2)));
      } else {
        info.skipField(tag);
      }
    }
  }

  /** A google.protobuf.Value. */
  private static Object value(EventFileReader value) throws IOException {
    long tag = value.varint();
    return switch ((int) (tag >> 3)) {
      case 2 -> Double.longBitsToDouble(value.littleEndian(8));
      case 3 -> value.inner().text();
      case 4 -> value.varint() == 1;
      default -> throw new IOException("no such value: tag " + tag);
    };
  }

  /** The first message of a number, wherever it stands. */
  private EventFileReader field(int number) throws IOException {
    EventFileReader copy = new EventFileReader(bytes, at, end);
    while (copy.at < copy.end) {
      long tag = copy.varint();
      if (tag == (number << 3 | 2)) {
        return copy.inner();
      }
      copy.skipField(tag);
    }
    throw new IOException("no field " + number);
  }

  private EventFileReader inner() throws IOException {
    long length = varint();
    int from = at;
    skip(length);
    return new EventFileReader(bytes, from, at);
  }

  private String text() {
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }

  private void skipField(long tag) throws IOException {
    switch ((int) (tag & 7)) {
      case 0 -> varint();
      case 1 -> skip(8);
      case 2 -> inner();
      case 5 -> skip(4);
      default -> throw new IOException("no such wire type: tag " + tag);
    }
  }

  private void skip(long count) throws IOException {
    if (count < 0 || count > end - at) {
      throw new IOException("cut short: %d bytes wanted, %d there".formatted(count, end - at));
    }
    at += (int) count;
  }

  private long littleEndian(int count) throws IOException {
    int from = at;
    skip(count);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (bytes[from + i] & 0xff);
    }
    return value;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int from = at;
      skip(1);
      value |= (long) (bytes[from] & 0x7f) << shift;
      if (bytes[from] >= 0) {
        return value;
      }
    }
    throw new IOException("a varint of more than ten bytes");
  }
}
