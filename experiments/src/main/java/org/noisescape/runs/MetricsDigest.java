package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.noisescape.runs.MetricsLines.Line;

/**
 * SHA-256 of lines of measurements, by which a resumed run sees that somebody changed them.
 *
 * <p>Times are left out: equal runs make equal checkpoints.
 */
final class MetricsDigest {
  private static final List<String> TIMES = List.of("step_time_s", MetricsLog.WALL_TIME);

  private final MessageDigest digest;

  /** Of no lines. */
  MetricsDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of lines that were read. */
  static MetricsDigest of(List<Line> lines) {
    MetricsDigest digest = new MetricsDigest();
    lines.forEach(line -> digest.add((ObjectNode) line.node()));
    return digest;
  }

  /** Appends a line. */
  void add(ObjectNode line) {
    ObjectNode kept = TIMES.stream().anyMatch(line::has) ? line.deepCopy().without(TIMES) : line;
    digest.update((kept + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Of all lines so far, as sidecars write it. */
  String text() {
    try {
      return "sha256:" + HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java platform can copy a SHA-256", e);
    }
  }
}
