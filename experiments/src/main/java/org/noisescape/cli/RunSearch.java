package org.noisescape.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.noisescape.files.FileErrors;
import org.noisescape.runs.RunDirectory;
import org.noisescape.sweep.SweepFolder;

/**
 * Looks for runs and sweeps in folders and the folders in them. What lies within a run is its own;
 * the cells of a sweep are looked at where the sweep itself was named. Links are not followed.
 */
final class RunSearch {
  /** Folders within each other that are looked into. */
  private static final int DEEPEST = 6;

  private final List<Path> found = new ArrayList<>();

  private RunSearch() {}

  /**
   * The folders of the runs, each folder's in the order of their names.
   *
   * @throws IllegalArgumentException in one line where a folder is not there
   */
  static List<Path> in(List<Path> folders) {
    RunSearch search = new RunSearch();
    try {
      for (Path folder : folders) {
        if (!Files.isDirectory(folder)) {
          throw new IllegalArgumentException(
              folder + ": no such folder; name one that holds runs, or one in it");
        }
        search.look(SweepFolder.isSweep(folder) ? folder.resolve("cells") : folder, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
    return search.found.stream().distinct().toList();
  }

  private void look(Path folder, int depth) throws IOException {
    if (Files.exists(folder.resolve(RunDirectory.MANIFEST)) || SweepFolder.isSweep(folder)) {
      found.add(folder);
    } else if (depth < DEEPEST && Files.isReadable(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        for (Path child : children.sorted().toList()) {
          if (Files.isDirectory(child, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            look(child, depth + 1);
          }
        }
      }
    }
  }
}
