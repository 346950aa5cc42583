package org.noisescape.experiments.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;

/**
 * What a stage measured, kept in the run folder, so that an interrupted experiment does not measure
 * it again.
 *
 * <p>It says what it belongs to ({@link StagePart}), and is read by nobody else. Numbers are
 * written with all their digits: what is read back is what was measured.
 */
public final class StageResult {
  private static final String PART = "belongs_to";
  private static final String RESULT = "result";

  private StageResult() {}

  /**
   * Reads a result, or measures it and keeps it.
   *
   * @param file where it is kept
   * @param type a record of numbers, texts, arrays and lists of such
   * @param measure makes it
   */
  public static <T> T of(Path file, Class<T> type, Supplier<T> measure) {
    StagePart part = StagePart.of(file, "");
    if (Files.exists(file)) {
      Fields stored = Fields.read(file);
      part.require(stored.object(PART));
      return JsonFile.value(file + ": " + RESULT, stored.node().path(RESULT), type);
    }
    T result = measure.get();
    ObjectNode root = JsonFile.MAPPER.createObjectNode();
    root.set(PART, part.toJson());
    root.set(RESULT, JsonFile.MAPPER.valueToTree(result));
    try {
      WholeFile.folder(file.toAbsolutePath().getParent());
      WholeFile.write(file, root + "\n");
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /**
   * The same with progress while it is measured.
   *
   * @param title of the measurement
   */
  public static <T> T of(
      Path file, Class<T> type, ExperimentRequest request, String title, Supplier<T> measure) {
    Supplier<T> told =
        () -> {
          request.progress().started(title);
          T result = measure.get();
          request.progress().finished();
          return result;
        };
    return PartProgress.within(
        request.progress(), PartProgress.MEASUREMENT, () -> of(file, type, told));
  }
}
