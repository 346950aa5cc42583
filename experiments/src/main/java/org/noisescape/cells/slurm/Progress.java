package org.noisescape.cells.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.noisescape.cells.CellFolder;
import org.noisescape.files.Fields;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.RunDirectory;

/** How far the run of a cell is, so that two looks can be compared. */
final class Progress {
  private static final String SIDECAR = "last.json";
  private static final String CHECKPOINT = "last.safetensors";

  private Progress() {}

  /**
   * What a run could go on from: steps of its last checkpoints, and the parts that are stored.
   *
   * <p>A checkpoint counts by its step, since a process that is stopped at once writes it again,
   * and how it ended.
   */
  static String of(CellFolder folder) {
    List<String> marks = new ArrayList<>();
    if (!Files.isDirectory(folder.path())) {
      return "";
    }
    try (Stream<Path> files = Files.walk(folder.path())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.equals(SIDECAR)) {
          marks.add(file + " " + step(file));
        } else if (!name.equals(CHECKPOINT)
            && !name.equals(RunDirectory.MANIFEST)
            && !name.equals(RunDirectory.RESULT)
            && (name.endsWith(".json") || name.endsWith(".safetensors"))) {
          marks.add(file + " " + Files.getLastModifiedTime(file));
        }
      }
    } catch (IOException e) {
      // it is being written: another look will differ from this one
      return "being written";
    }
    Collections.sort(marks);
    return String.join("\n", marks);
  }

  private static long step(Path sidecar) {
    try {
      return Fields.read(sidecar).integer("step", 0, Long.MAX_VALUE);
    } catch (WrongFile e) {
      // a checkpoint that cannot be read is none
      return -1;
    }
  }
}
