package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WriteFailure;
import org.noisescape.runs.MetricsLines.Line;
import org.noisescape.train.Measurement;

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
  private long lines;
  private MetricsDigest digest = new MetricsDigest();

  /**
   * Opens the file at its end.
   *
   * @param replicas R, which decides whether lines name their replica
   */
  MetricsLog(Path file, int replicas) throws IOException {
    this(file, WholeFile.append(file), replicas);
    List<Line> there = MetricsLines.read(file).lines();
    lines = there.size();
    digest = MetricsDigest.of(there);
  }

  /** Writes to a channel that is open. */
  MetricsLog(Path file, FileChannel channel, int replicas) {
    this.file = file;
    this.replicated = replicas > 1;
    this.channel = channel;
  }

  /** Appends lines, one a measurement, in one write. */
  void append(List<Measurement> measurements) throws IOException {
    List<ObjectNode> added = measurements.stream().map(this::line).toList();
    StringBuilder text = new StringBuilder();
    added.forEach(line -> text.append(line).append('\n'));
    long before = channel.size();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      lines += added.size();
      added.forEach(digest::add);
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
    IOException named = new WriteFailure(file, failure);
    try {
      channel.truncate(length);
    } catch (IOException e) {
      named.addSuppressed(e);
    }
    return named;
  }

  private ObjectNode line(Measurement measurement) {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
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
    return node;
  }

  /** Lines in the file by now. */
  long lines() {
    return lines;
  }

  /** Digest of the lines in the file by now, without the times of steps. */
  String digest() {
    return digest.text();
  }

  /** The lines of a file, all of which must be measurements. */
  static List<JsonNode> rows(Path file) {
    return MetricsLines.read(file).requireWhole().lines().stream().map(Line::node).toList();
  }

  /** The lines of the last step. */
  static List<JsonNode> last(Path file) {
    List<Line> all = MetricsLines.read(file).requireWhole().lines();
    return all.stream()
        .filter(line -> line.step() == all.getLast().step())
        .map(Line::node)
        .toList();
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
