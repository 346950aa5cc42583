package org.noisescape.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.noisescape.files.FileErrors;
import org.noisescape.files.WholeFile;
import org.noisescape.runs.Annotations;
import org.noisescape.runs.RunDirectory;
import picocli.CommandLine.Option;

/** What is said of a run as it begins: tags and notes, which change nothing of it. */
final class AnnotationOptions {
  @Option(
      names = "--tag",
      paramLabel = "WORD",
      description = "tag the run, for 'list runs' and reports; may be repeated")
  private List<String> tags = List.of();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "keep a remark in the folder of the run; may be repeated")
  private List<String> notes = List.of();

  /**
   * Does a run, of which this is said from its beginning on; where it does not begin, nothing is
   * left of that.
   *
   * @param run its folder, new or to be continued
   * @param continued whether what the folder holds already is the run that goes on
   */
  <T> T over(Path run, boolean continued, Supplier<T> body) {
    Annotations said = Annotations.now(tags, notes);
    if (said.isEmpty()) {
      return body.get();
    }
    try {
      boolean there = Files.exists(run);
      boolean free = !there || (Files.isDirectory(run) && RunDirectory.holdsNothing(run));
      if (!free && !continued) {
        // somebody else's folder, which the run itself refuses
        return body.get();
      }
      if (!there) {
        WholeFile.folder(run);
      }
      Annotations.read(run).with(said).write(run);
      try {
        return body.get();
      } finally {
        if (free && Files.isDirectory(run) && RunDirectory.holdsNothing(run)) {
          Files.deleteIfExists(run.resolve(Annotations.FILE));
          if (!there) {
            RunDirectory.remove(run);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }
}
