package org.noisescape.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.noisescape.cells.CellFolder;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.RunDirectory;
import org.noisescape.train.Version;

/**
 * The folder of a sweep: {@code sweep.json}, {@code cells/NAME}, and at the end {@code sweep.html}
 * and {@code cells.csv}. Held by one process at a time.
 *
 * @param path the folder
 * @param request what was asked for
 * @param description {@code sweep.json}
 */
public record SweepFolder(Path path, SweepRequest request, JsonNode description) {
  /** What was asked for. */
  public static final String FILE = "sweep.json";

  /** The report. */
  public static final String REPORT = "sweep.html";

  /** All numbers. */
  public static final String TABLE = "cells.csv";

  /**
   * Reads what a folder's sweep was asked for.
   *
   * @throws IllegalArgumentException in one line where there is none
   */
  public static SweepRequest read(Path path) {
    if (!Files.isRegularFile(path.resolve(FILE))) {
      throw new IllegalArgumentException(
          "%s%s: name the folder that holds %s"
              .formatted(
                  path, Files.isDirectory(path) ? " holds no sweep" : ": no such folder", FILE));
    }
    return SweepRequest.fromJson(Fields.of(path.resolve(FILE), json(path)));
  }

  /** Whether a folder holds a sweep. */
  public static boolean isSweep(Path path) {
    return Files.exists(path.resolve(FILE));
  }

  /**
   * Requires that a folder, where it holds a sweep, holds this one.
   *
   * @throws IllegalArgumentException naming the first thing that differs
   */
  public static void requireSame(Path path, SweepRequest request) {
    if (!isSweep(path)) {
      return;
    }
    // by text: a number read back may have another node type
    JsonNode then = json(path);
    SweepRequest.fromJson(Fields.of(path.resolve(FILE), then));
    for (Map.Entry<String, JsonNode> now : request.toJson().properties()) {
      JsonNode before = then.path(now.getKey());
      if (!before.toString().equals(now.getValue().toString())) {
        throw new IllegalArgumentException(
            "%s holds a sweep with another %s: it has %s, got %s; repeat its command, or choose another folder with --out"
                .formatted(path, now.getKey().replace('_', ' '), before, now.getValue()));
      }
    }
  }

  /**
   * Makes the folder of a sweep, or continues it, and locks it.
   *
   * @param commandLine as the user wrote it
   * @param work done while the folder is held
   * @throws IllegalArgumentException in one line where the folder holds something else
   */
  public static <T> T hold(
      Path path, SweepRequest request, List<String> commandLine, Work<T> work) {
    requireSame(path, request);
    boolean resumed = isSweep(path);
    try (RunDirectory directory = resumed ? RunDirectory.lock(path) : RunDirectory.create(path)) {
      ObjectNode description = resumed ? json(path) : request.toJson();
      if (!resumed) {
        ArrayNode cells = description.putArray("cells");
        request.cells().forEach(cell -> cells.add(cell.name()));
      }
      describe(resumed ? description.withArray("resumed").addObject() : description, commandLine);
      JsonFile.write(path.resolve(FILE), description);
      return work.on(new SweepFolder(directory.path(), request, description));
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /** What is done while the folder is held. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T on(SweepFolder folder) throws IOException;
  }

  /** The folder of a cell. */
  public CellFolder of(Cell cell) {
    return of(path, cell);
  }

  /** The folder of a cell of the sweep in a folder. */
  public static CellFolder of(Path sweep, Cell cell) {
    return new CellFolder(sweep.resolve("cells").resolve(cell.name()));
  }

  private static void describe(ObjectNode node, List<String> commandLine) {
    Version version = Version.current();
    node.put(Version.KEY, version.number());
    node.put("commit", version.commit());
    node.put("started", Instant.now().toString());
    commandLine.forEach(node.putArray("command_line")::add);
  }

  private static ObjectNode json(Path path) {
    Path file = InputFile.within(path, FILE);
    ObjectNode description = JsonFile.object(file);
    Version.requireReadable(file, description);
    Fields.of(file, description).objects("resumed");
    return description;
  }
}
