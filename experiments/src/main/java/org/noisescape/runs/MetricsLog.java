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
 * <p>Fields: step, epoch, replica, seed, the seconds at work on the run by then, over all sittings
 * and with measurements and checkpoints, then the quantities measured, and histograms; a quantity
 * that is no finite number is null.
 */
final class MetricsLog implements AutoCloseable {
  static final String WALL_TIME = "wall_time_s";
  static final String SEED = "seed";

  private static final String STEP = "step";
  private static final double NANOS = 1e-9;

  private final Path file;
  private final FileChannel channel;
  private final long seed;
  private final long opened = System.nanoTime();
  private double secondsBefore;
  private long lines;
  private MetricsDigest digest = new MetricsDigest();

  /**
   * Opens the file at its end.
   *
   * @param seed of the run
   */
  MetricsLog(Path file, long seed) throws IOException {
    this(file, WholeFile.append(file), seed);
    List<Line> there = MetricsLines.read(file).lines();
    lines = there.size();
    secondsBefore =
        there.stream().mapToDouble(line -> line.node().path(WALL_TIME).asDouble()).max().orElse(0);
    digest = MetricsDigest.of(there);
  }

  /** Writes to a channel that is open. */
  MetricsLog(Path file, FileChannel channel, long seed) {
    this.file = file;
    this.seed = seed;
    this.channel = channel;
  }

  /** Appends lines, one a measurement, in one write. */
  void append(List<Measurement> measurements) throws IOException {
    double seconds = secondsBefore + NANOS * (System.nanoTime() - opened);
    List<ObjectNode> added = measurements.stream().map(each -> line(each, seconds)).toList();
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

  private ObjectNode line(Measurement measurement, double seconds) {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put(STEP, measurement.step());
    node.put("epoch", measurement.epoch());
    node.put("replica", measurement.replica());
    node.put(SEED, seed);
    node.put(WALL_TIME, seconds);
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
    measurement
        .histograms()
        .forEach((name, histogram) -> node.set(name, HistogramJson.write(histogram)));
    return node;
  }

  /** Lines in the file by now. */
  long lines() {
    return lines;
  }

  /** Digest of the lines in the file by now, without times. */
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

  /**
   * Writes the same as a table; cells of quantities that were not measured are empty, and
   * histograms are left out.
   */
  static void exportCsv(Path file, Path csv) throws IOException {
    List<JsonNode> rows = rows(file);
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(
        row ->
            row.properties().stream()
                .filter(field -> !field.getValue().isObject())
                .forEach(field -> columns.add(field.getKey())));
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
