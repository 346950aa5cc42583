package org.noisescape.cells;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;
import org.noisescape.report.RunReport;
import org.noisescape.runs.RunDirectory;
import org.noisescape.train.TrainingEvent.Outcome;

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
  private static final int LOG_BYTES = 1 << 16;

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
  public CellState state() {
    if (Files.exists(path.resolve(RunDirectory.OUTCOME))) {
      return CellState.DONE;
    }
    String ended = result().map(result -> result.text("outcome")).orElse("");
    if (ended.equals(Outcome.COMPLETED.name())) {
      return CellState.DONE;
    }
    if (ended.equals(Outcome.DIVERGED.name())) {
      return CellState.DIVERGED;
    }
    return Files.exists(failureFile()) ? CellState.FAILED : CellState.OPEN;
  }

  /** {@code result.json} of a training, where there is one. */
  public Optional<Fields> result() {
    return read(InputFile.within(path, RunDirectory.RESULT));
  }

  /** Whether it holds the beginning of a run. */
  public boolean begun() {
    return Files.exists(path.resolve(RunDirectory.MANIFEST));
  }

  /** When its process last wrote something. */
  public Instant lastWritten() {
    Instant last = Instant.EPOCH;
    for (Path place : List.of(log(), path, RunDirectory.lastCheckpointOf(path))) {
      try (Stream<Path> files = Files.isDirectory(place) ? Files.list(place) : Stream.of(place)) {
        for (Path file : files.toList()) {
          Instant written = Files.getLastModifiedTime(file).toInstant();
          last = written.isAfter(last) ? written : last;
        }
      } catch (IOException e) {
        // gone between two looks, or not there yet
      }
    }
    return last;
  }

  /** How the last process failed; nothing said where none did. */
  public Failure failure() {
    return read(failureFile())
        .map(
            fields ->
                new Failure(
                    (int) fields.integer("exit", Integer.MIN_VALUE, Integer.MAX_VALUE),
                    fields.texts("lines")))
        .orElse(new Failure(0, List.of()));
  }

  /** Keeps how a process failed, and the end of its log. */
  public void failed(int exit, List<String> lines) throws IOException {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put("exit", exit);
    lines.stream()
        .skip(Math.max(0, lines.size() - LINES_KEPT))
        .forEach(node.withArray("lines")::add);
    JsonFile.write(failureFile(), node);
  }

  /** Forgets an earlier failure. */
  public void forgive() throws IOException {
    Files.deleteIfExists(failureFile());
  }

  /**
   * Makes the folder ready for a process: nobody else writes it, and where a run was cut off before
   * it said what it is, nothing is left of it.
   *
   * @param stop asked while it is waited for another process
   * @return whether it is ready; else a stop was requested
   * @throws WrongFile where it holds what such a run does not leave
   */
  public boolean prepare(BooleanSupplier stop) throws IOException {
    if (Files.isDirectory(path) && !RunDirectory.awaitFree(path, stop)) {
      return false;
    }
    if (!begun() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !RunDirectory.holdsNothing(path)) {
        throw new WrongFile(
            path, "holds files but no manifest.json; move it away, or put the manifest back");
      }
      RunDirectory.remove(path);
    }
    WholeFile.folder(path.toAbsolutePath().getParent());
    return true;
  }

  /** Draws the report of a finished run that has none. */
  public void drawReport() {
    if (!Files.exists(report())) {
      RunReport.write(List.of(path), report());
    }
  }

  /** The end of the log of its last process, lines of its own. */
  public List<String> logged() {
    if (!Files.exists(log())) {
      return List.of();
    }
    try (FileChannel channel = InputFile.open(log())) {
      channel.position(Math.max(0, channel.size() - LOG_BYTES));
      byte[] end = Channels.newInputStream(channel).readNBytes(LOG_BYTES);
      return new String(end, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.contains("Using incubator modules"))
          .toList();
    } catch (IOException e) {
      throw InputFile.unreadable(log(), e);
    }
  }

  private static Optional<Fields> read(Path file) {
    return Files.exists(file) ? Optional.of(Fields.read(file)) : Optional.empty();
  }
}
