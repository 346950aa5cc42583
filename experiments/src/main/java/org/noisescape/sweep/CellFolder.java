package org.noisescape.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.noisescape.experiments.ExperimentOutcome;
import org.noisescape.report.RunReport;
import org.noisescape.runs.RunDirectory;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.files.WholeFile;

/**
 * What a cell has on disk: an ordinary run folder, and beside it the log of its last process and,
 * where that failed, how.
 *
 * <p>Beside and not within, because a run begins in an empty folder only.
 *
 * @param path the run folder
 */
public record CellFolder(Path path) {
  private static final int LINES_KEPT = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How a process failed.
   *
   * @param exit its exit code, 128 + the number of a signal that ended it
   * @param lines the last lines it wrote
   */
  public record Failure(int exit, List<String> lines) {
    /** Copies the lines. */
    public Failure {
      lines = List.copyOf(lines);
    }

    /** The line that says why, as far as one does. */
    public String reason() {
      String last = "ended with exit code " + exit;
      for (String line : lines) {
        last = line.startsWith("error: ") ? line.substring("error: ".length()) : last;
      }
      return exit > 128 && exit < 160 ? "ended by signal " + (exit - 128) : last;
    }
  }

  /** What its last process wrote. */
  public Path log() {
    return path.resolveSibling(path.getFileName() + ".log");
  }

  private Path failureFile() {
    return path.resolveSibling(path.getFileName() + ".failure.json");
  }

  /** The report of the run, where it was drawn. */
  public Path report() {
    return path.resolve(RunReport.FILE);
  }

  /** Where the cell is, by what is there. */
  public CellState state() throws IOException {
    if (Files.exists(path.resolve(ExperimentOutcome.FILE))) {
      return CellState.DONE;
    }
    String ended = result().path("outcome").asText();
    if (ended.equals(Outcome.COMPLETED.name())) {
      return CellState.DONE;
    }
    if (ended.equals(Outcome.DIVERGED.name())) {
      return CellState.DIVERGED;
    }
    return Files.exists(failureFile()) ? CellState.FAILED : CellState.OPEN;
  }

  /** {@code result.json} of a training, or a missing node. */
  JsonNode result() throws IOException {
    return read(path.resolve("result.json"));
  }

  /** Whether it holds the beginning of a run. */
  public boolean begun() {
    return Files.exists(path.resolve("manifest.json"));
  }

  /** How the last process failed; nothing said where none did. */
  public Failure failure() throws IOException {
    JsonNode node = read(failureFile());
    List<String> lines = new ArrayList<>();
    node.path("lines").forEach(line -> lines.add(line.asText()));
    return new Failure(node.path("exit").asInt(), lines);
  }

  /** Keeps how a process failed, and the end of its log. */
  void failed(int exit, List<String> lines) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("exit", exit);
    lines.stream()
        .skip(Math.max(0, lines.size() - LINES_KEPT))
        .forEach(node.withArray("lines")::add);
    WholeFile.write(failureFile(), node.toPrettyString() + "\n");
  }

  /** Forgets an earlier failure. */
  void forgive() throws IOException {
    Files.deleteIfExists(failureFile());
  }

  /**
   * Makes the folder ready for a process: nobody else writes it, and where a run was cut off before
   * it said what it is, nothing is left of it.
   */
  void prepare() throws IOException {
    RunDirectory.awaitFree(path);
    if (!begun() && Files.isDirectory(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(path.toAbsolutePath().getParent());
  }

  /** Draws the report of a finished run that has none. */
  void drawReport() {
    if (!Files.exists(report())) {
      RunReport.write(List.of(path), report());
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.missingNode();
  }
}
