package org.noisescape.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.noisescape.train.Measurement;
import org.noisescape.train.WholeFile;

/**
 * {@code metrics.jsonl}: a line a measurement, only ever appended to, each line whole or not there.
 *
 * <p>Fields: step, epoch, replica (where R > 1), then the quantities measured; a quantity that is
 * no finite number is null.
 */
final class MetricsLog implements AutoCloseable {
  private static final String STEP = "step";

  private final Path file;
  private final FileChannel channel;
  private final boolean replicated;

  /**
   * Opens the file at its end.
   *
   * @param replicas R, which decides whether lines name their replica
   */
  MetricsLog(Path file, int replicas) throws IOException {
    this.file = file;
    this.replicated = replicas > 1;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** Appends lines, one a measurement, in one write. */
  void append(List<Measurement> measurements) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Measurement measurement : measurements) {
      text.append(line(measurement)).append('\n');
    }
    long before = channel.size();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw cutBack(before, e);
    }
  }

  /** Makes everything appended so far durable. */
  void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Removes what the failed write left of its lines. */
  private IOException cutBack(long length, IOException failure) {
    IOException named =
        new IOException("cannot write " + file + ": " + WholeFile.reason(failure), failure);
    try {
      channel.truncate(length);
    } catch (IOException e) {
      named.addSuppressed(e);
    }
    return named;
  }

  private String line(Measurement measurement) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put(STEP, measurement.step());
    node.put("epoch", measurement.epoch());
    if (replicated) {
      node.put("replica", measurement.replica());
    }
    measurement
        .values()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                node.put(name, value);
              } else {
                node.putNull(name);
              }
            });
    return node.toString();
  }

  /**
   * Removes the lines after a step, and a last line cut short; the file is replaced in one step.
   *
   * @param step last step to keep; −1 for none
   */
  static void truncateAfter(Path file, long step) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String kept =
        rows(file).stream()
            .filter(row -> row.path(STEP).asLong() <= step)
            .map(row -> row + "\n")
            .collect(Collectors.joining());
    WholeFile.write(file, kept);
  }

  /** The lines up to the first that is not whole. */
  static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return rows;
    }
    String text = Files.readString(file);
    int begin = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      try {
        rows.add(Json.MAPPER.readTree(text.substring(begin, end)));
      } catch (JsonProcessingException e) {
        return rows;
      }
      begin = end + 1;
    }
    return rows;
  }

  /** The lines of the last step. */
  static List<JsonNode> last(Path file) throws IOException {
    List<JsonNode> rows = rows(file);
    long step = rows.isEmpty() ? -1 : rows.getLast().path(STEP).asLong();
    return rows.stream().filter(row -> row.path(STEP).asLong() == step).toList();
  }

  /** Writes the same as a table; cells of quantities that were not measured are empty. */
  static void exportCsv(Path file, Path csv) throws IOException {
    List<JsonNode> rows = rows(file);
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (JsonNode row : rows) {
      text.append(
              columns.stream()
                  .map(column -> row.hasNonNull(column) ? row.get(column).asText() : "")
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    WholeFile.write(csv, text.toString());
  }
}
