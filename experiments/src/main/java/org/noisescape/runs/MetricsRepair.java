package org.noisescape.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noisescape.files.WholeFile;
import org.noisescape.runs.MetricsLines.Line;
import org.noisescape.train.Checkpoint;

/**
 * Puts the measurements of a run back to the step of its checkpoint, and says what of them is lost.
 */
final class MetricsRepair {
  private static final int NAMED = 3;

  private MetricsRepair() {}

  /** Removes all lines. */
  static void clear(Path file) throws IOException {
    if (Files.exists(file)) {
      WholeFile.write(file, "");
    }
  }

  /**
   * What was there when the checkpoint was written.
   *
   * @param step last step to keep
   * @param replicas R
   * @param lines number of lines, or {@link Checkpoint#UNKNOWN}
   * @param digest of these lines ({@link MetricsDigest}), empty if unknown
   */
  record Expected(long step, int replicas, long lines, String digest) {}

  /**
   * Removes the lines after a step and what is no line; the file is replaced in one step.
   *
   * @return what is missing or was put right, in one line, where anything was
   */
  static Optional<String> to(Path file, Expected expected) throws IOException {
    MetricsLines found = MetricsLines.read(file);
    List<Line> before =
        found.lines().stream()
            .filter(line -> line.step() <= expected.step() && line.replica() < expected.replicas())
            .toList();
    List<Line> sorted =
        before.stream()
            .sorted(Comparator.comparingLong(Line::step).thenComparingInt(Line::replica))
            .toList();
    List<Line> kept = new ArrayList<>();
    for (Line line : sorted) {
      if (kept.isEmpty() || line.after(kept.getLast())) {
        kept.add(line);
      }
    }
    String text = kept.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
    if (expected.lines() != 0 || Files.exists(file)) {
      WholeFile.write(file, text);
    }
    return note(file, expected, found, before, sorted, kept);
  }

  private static Optional<String> note(
      Path file,
      Expected expected,
      MetricsLines found,
      List<Line> before,
      List<Line> sorted,
      List<Line> keptLines) {
    long step = expected.step();
    long lines = expected.lines();
    int kept = keptLines.size();
    long doubled = sorted.size() - kept;
    boolean garbled = !found.garbled().isEmpty() && lines != kept;
    boolean changed =
        lines == kept
            && !expected.digest().isEmpty()
            && !expected.digest().equals(MetricsDigest.of(keptLines).text());
    boolean moved = !before.equals(sorted);
    List<String> parts = new ArrayList<>();
    if (lines > kept) {
      parts.add(
          "%d of the %d lines up to step %d are missing".formatted(lines - kept, lines, step));
    } else if (lines != Checkpoint.UNKNOWN && lines < kept) {
      parts.add(
          "%d lines up to step %d are none that this run wrote".formatted(kept - lines, step));
    } else if (changed) {
      parts.add("the lines up to step %d are not as this run wrote them".formatted(step));
    }
    if (garbled) {
      parts.add("unreadable was %s".formatted(numbers(found.garbled())));
    }
    if (doubled > 0) {
      parts.add("%d stood there twice, of which the first counts".formatted(doubled));
    }
    if (moved) {
      parts.add("lines were out of order");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(file + ": " + String.join("; ", parts) + ending(lines > kept, changed));
  }

  private static String ending(boolean missing, boolean changed) {
    if (missing) {
      return "; the run goes on without";
    }
    return changed ? "; they are kept as they are" : "; that is put right";
  }

  private static String numbers(List<Integer> lines) {
    String named =
        lines.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return (lines.size() == 1 ? "line " : "lines ") + named + (lines.size() > NAMED ? ", ..." : "");
  }
}
