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
   * Removes the lines after a step and what is no line; the file is replaced in one step.
   *
   * @param step last step to keep
   * @param replicas R
   * @param expected lines that were there at that step, or {@link Checkpoint#UNKNOWN}
   * @return what is missing or was put right, in one line, where anything was
   */
  static Optional<String> to(Path file, long step, int replicas, long expected) throws IOException {
    MetricsLines found = MetricsLines.read(file);
    List<Line> before =
        found.lines().stream()
            .filter(line -> line.step() <= step && line.replica() < replicas)
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
    if (expected != 0 || Files.exists(file)) {
      WholeFile.write(file, text);
    }
    return note(file, step, expected, found, before, sorted, kept.size());
  }

  private static Optional<String> note(
      Path file,
      long step,
      long expected,
      MetricsLines found,
      List<Line> before,
      List<Line> sorted,
      int kept) {
    long doubled = sorted.size() - kept;
    boolean garbled = !found.garbled().isEmpty() && expected != kept;
    boolean moved = !before.equals(sorted);
    List<String> parts = new ArrayList<>();
    if (expected > kept) {
      parts.add(
          "%d of the %d lines up to step %d are missing"
              .formatted(expected - kept, expected, step));
    } else if (expected != Checkpoint.UNKNOWN && expected < kept) {
      parts.add(
          "%d lines up to step %d are none that this run wrote".formatted(kept - expected, step));
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
        : Optional.of(
            file
                + ": "
                + String.join("; ", parts)
                + (expected > kept ? "; the run goes on without" : "; that is put right"));
  }

  private static String numbers(List<Integer> lines) {
    String named =
        lines.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return (lines.size() == 1 ? "line " : "lines ") + named + (lines.size() > NAMED ? ", ..." : "");
  }
}
