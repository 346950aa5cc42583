package org.noisescape.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.noisescape.files.FileErrors;
import org.noisescape.runs.RunDirectory;

/**
 * The runs that folders stand for: a run folder for itself, any other folder for the runs in it.
 *
 * @param runs run folders, none twice
 * @param notes a line for each folder within a named one that holds no run
 */
public record RunSelection(List<Path> runs, List<String> notes) {

  /** Copies the lists. */
  public RunSelection {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /**
   * Looks into folders, one level deep.
   *
   * @throws IllegalArgumentException in one line where a folder is not there or holds no run
   */
  public static RunSelection of(List<Path> folders) {
    Map<Path, Path> found = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    try {
      for (Path folder : folders) {
        List<Path> runs = new ArrayList<>();
        if (isRun(folder) || !Files.isDirectory(folder)) {
          runs.add(folder);
        } else {
          look(folder, runs, notes);
        }
        for (Path run : runs) {
          found.putIfAbsent(Files.exists(run) ? run.toRealPath() : run, run);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
    return new RunSelection(List.copyOf(found.values()), notes);
  }

  /**
   * Where the page goes unless the user says: of one run into its folder, where it replaces the
   * run's own report; of several beside them, under a name that is free.
   */
  public Path defaultPage() {
    if (runs.size() == 1) {
      return runs.getFirst().resolve(RunReport.FILE);
    }
    Path parent = commonParent(runs);
    Path here = Path.of("").toAbsolutePath();
    Path shown = parent.startsWith(here) ? here.relativize(parent) : parent;
    String name = "report-" + runs.size() + "-runs";
    Path page = shown.resolve(name + ".html");
    for (int n = 2; Files.exists(page); n++) {
      page = shown.resolve(name + "-" + n + ".html");
    }
    return page;
  }

  /** Those of the runs that are trainings. */
  public List<Path> trainings() {
    return runs.stream().filter(run -> Files.exists(run.resolve(Metrics.FILE))).toList();
  }

  /** What tells a run from the others: its folder within the one that holds them all. */
  public Path name(Path run) {
    return commonParent(runs).relativize(run.toAbsolutePath().normalize());
  }

  /** The innermost folder that holds all of some folders, each of them below it. */
  static Path commonParent(List<Path> folders) {
    Path parent = folders.getFirst().toAbsolutePath().normalize().getParent();
    for (Path folder : folders) {
      Path path = folder.toAbsolutePath().normalize();
      while (parent.getParent() != null && (!path.startsWith(parent) || path.equals(parent))) {
        parent = parent.getParent();
      }
    }
    return parent;
  }

  private static void look(Path folder, List<Path> runs, List<String> notes) throws IOException {
    int before = runs.size();
    List<String> without = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
        if (!child.toRealPath().startsWith(folder.toRealPath())) {
          without.add(child + " leads out of " + folder + ": left out");
        } else if (isRun(child)) {
          runs.add(child);
        } else {
          without.add(child + " holds no run: left out");
        }
      }
    }
    if (runs.size() == before) {
      throw new IllegalArgumentException(
          folder
              + " holds no run, nor does a folder in it: there is no manifest.json; name a folder"
              + " given to --out, or one that holds such folders");
    }
    notes.addAll(without);
  }

  private static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(RunDirectory.MANIFEST));
  }
}
