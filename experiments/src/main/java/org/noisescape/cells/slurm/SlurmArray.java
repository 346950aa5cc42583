package org.noisescape.cells.slurm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;

/**
 * The files of a job array: {@code array-N.sh}, {@code .cells}, {@code .json} and the folder {@code
 * array-N}.
 *
 * @param folder of all arrays, absolute
 * @param number from 1
 */
record SlurmArray(Path folder, int number) {
  private static final Pattern FILE = Pattern.compile("array-([1-9][0-9]{0,8})\\.(json|sh|cells)");
  private static final int MOST_BYTES = 1 << 28;
  private static final String JOB = "job";
  private static final String CLUSTER = "cluster";
  private static final String CELLS = "cells";
  private static final String PER_TASK = "cells_per_task";
  private static final String OVER = "over";

  /**
   * What is kept of an array.
   *
   * @param job its number at Slurm; empty where it is being submitted, or that was cut off
   * @param cluster Slurm's name of itself
   * @param cells names, in the order of the lines
   * @param perTask cells of a task
   * @param over whether nothing of it runs or will, and all that came of it is known
   */
  record Kept(Optional<String> job, String cluster, List<String> cells, int perTask, boolean over) {
    Kept {
      cells = List.copyOf(cells);
    }

    /** The same, submitted. */
    Kept submitted(String number) {
      return new Kept(Optional.of(number), cluster, cells, perTask, over);
    }

    /** The same, over. */
    Kept ended() {
      return new Kept(job, cluster, cells, perTask, true);
    }

    /** Number of tasks. */
    int tasks() {
      return (cells.size() + perTask - 1) / perTask;
    }

    /** Cells of a task. */
    List<String> of(int task) {
      return cells.subList((task - 1) * perTask, Math.min(cells.size(), task * perTask));
    }
  }

  /** All that are there, in the order of their numbers. */
  static List<SlurmArray> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<SlurmArray> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> FILE.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(match -> Integer.parseInt(match.group(1)))
          .distinct()
          .sorted()
          .forEach(number -> all.add(new SlurmArray(folder, number)));
    }
    return all;
  }

  /** The first number that is free. */
  static SlurmArray next(Path folder) throws IOException {
    List<SlurmArray> all = all(folder);
    return new SlurmArray(folder, all.isEmpty() ? 1 : all.getLast().number() + 1);
  }

  private Path file(String end) {
    return folder.resolve("array-" + number + end);
  }

  /** The script. */
  Path script() {
    return file(".sh");
  }

  /** A line a cell. Where it is gone the tasks do nothing. */
  Path lines() {
    return file(".cells");
  }

  /** The folder of what the tasks did, {@code K.out} each. */
  Path records() {
    return file("");
  }

  /** What task k did. */
  Path record(int task) {
    return records().resolve(task + ".out");
  }

  private Path kept() {
    return file(".json");
  }

  /** What is kept of it; empty where it was cut off before it was to be submitted. */
  Optional<Kept> read() {
    if (!Files.exists(kept())) {
      return Optional.empty();
    }
    Fields fields = Fields.read(kept());
    return Optional.of(
        new Kept(
            Optional.of(fields.text(JOB)).filter(job -> !job.isEmpty()),
            fields.text(CLUSTER),
            fields.texts(CELLS),
            (int) fields.integer(PER_TASK, 1, Integer.MAX_VALUE),
            fields.flag(OVER)));
  }

  /** Keeps what is known of it. */
  void keep(Kept known) throws IOException {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put(JOB, known.job().orElse(""));
    node.put(CLUSTER, known.cluster());
    node.put(PER_TASK, known.perTask());
    node.put(OVER, known.over());
    known.cells().forEach(node.withArray(CELLS)::add);
    JsonFile.write(kept(), node);
  }

  /** Writes what is submitted, and that it will be. */
  void write(String script, List<String> lines, Kept known) throws IOException {
    WholeFile.folder(records());
    WholeFile.write(lines(), String.join("\n", lines) + "\n");
    WholeFile.write(script(), script);
    keep(known);
  }

  /** From now on a task of it that begins does nothing. */
  void revoke() throws IOException {
    Files.deleteIfExists(lines());
  }

  /**
   * Looks into a folder and the one it lies in: what a network file system remembers of their files
   * is then as old as this look.
   */
  static void refresh(Path place) throws IOException {
    for (Path one : List.of(place.getParent(), place)) {
      if (Files.isDirectory(one)) {
        try (Stream<Path> files = Files.list(one)) {
          files.limit(1).forEach(file -> {});
        }
      }
    }
  }

  /** What task k did so far. */
  TaskRecord done(int task) {
    Path file = record(task);
    return Files.exists(file)
        ? TaskRecord.parse(new String(InputFile.bytes(file, MOST_BYTES), StandardCharsets.UTF_8))
        : TaskRecord.NONE;
  }
}
