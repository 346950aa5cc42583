package org.noisescape.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;

/**
 * The lines of a {@code metrics.jsonl} as they are found, whoever wrote them.
 *
 * @param file where they are
 * @param lines those that are measurements, in their order
 * @param garbled numbers, from 1, of lines that are none; a last line cut short, which is what a
 *     run that was killed leaves, is not among them
 */
public record MetricsLines(Path file, List<Line> lines, List<Integer> garbled) {
  /** Longest file that is read. */
  private static final int LONGEST = 1 << 30;

  /** Largest number of a replica, and the largest step, that are believed. */
  private static final int MOST_REPLICAS = 100_000_000;

  private static final long LAST_STEP = 1L << 53;

  /** Lists and objects that may lie within each other in a measurement. */
  private static final int DEEPEST = 4;

  /** Copies the lists. */
  public MetricsLines {
    lines = List.copyOf(lines);
    garbled = List.copyOf(garbled);
  }

  /**
   * A measurement.
   *
   * @param step steps done
   * @param replica 0 where the run has one only
   * @param node the whole line
   * @param text the same as it stands
   */
  public record Line(long step, int replica, JsonNode node, String text) {
    /** Whether another one is of the same step and replica, or before. */
    boolean after(Line other) {
      return step > other.step || (step == other.step && replica > other.replica);
    }
  }

  /** Reads a file; nothing where there is none. */
  public static MetricsLines read(Path file) {
    List<Line> lines = new ArrayList<>();
    List<Integer> garbled = new ArrayList<>();
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new MetricsLines(file, lines, garbled);
    }
    byte[] bytes = InputFile.bytes(file, LONGEST);
    int begin = 0;
    int number = 1;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        Optional<Line> line = line(bytes, begin, i);
        line.ifPresent(lines::add);
        if (line.isEmpty()) {
          garbled.add(number);
        }
        begin = i + 1;
        number++;
      }
    }
    // a line that lacks nothing but its end is whole
    line(bytes, begin, bytes.length).ifPresent(lines::add);
    return new MetricsLines(file, lines, garbled);
  }

  /**
   * The same, of which every line must be a measurement.
   *
   * @throws WrongFile naming the first line that is none
   */
  public MetricsLines requireWhole() {
    if (!garbled.isEmpty()) {
      throw new WrongFile(
          file, "line %d is no line of measurements; take it out".formatted(garbled.getFirst()));
    }
    return this;
  }

  private static Optional<Line> line(byte[] bytes, int from, int to) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, to - from))
              .toString();
      JsonNode node = JsonFile.MAPPER.readTree(text);
      return isMeasurement(node)
          ? Optional.of(
              new Line(
                  node.path("step").longValue(),
                  node.path("replica").intValue(),
                  node,
                  text.strip()))
          : Optional.empty();
    } catch (CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean isMeasurement(JsonNode node) {
    boolean fine =
        node != null
            && node.isObject()
            && whole(node.path("step"), LAST_STEP)
            && (!node.has("replica") || whole(node.path("replica"), MOST_REPLICAS));
    if (fine) {
      for (JsonNode value : node) {
        fine &= isOfNumbers(value, 0);
      }
    }
    return fine;
  }

  /** A number or null, or lists and objects of such: a histogram has edges and counts. */
  private static boolean isOfNumbers(JsonNode value, int depth) {
    if (!value.isContainerNode()) {
      return value.isNull() || (value.isNumber() && Double.isFinite(value.doubleValue()));
    }
    boolean fine = depth < DEEPEST;
    for (JsonNode inner : value) {
      fine = fine && isOfNumbers(inner, depth + 1);
    }
    return fine;
  }

  private static boolean whole(JsonNode node, long most) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= 0
        && node.longValue() <= most;
  }
}
