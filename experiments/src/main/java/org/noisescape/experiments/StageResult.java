package org.noisescape.experiments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.noisescape.files.WholeFile;

/**
 * What a stage measured, kept in the run folder, so that an interrupted experiment does not measure
 * it again.
 *
 * <p>Numbers are written with all their digits: what is read back is what was measured.
 */
public final class StageResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StageResult() {}

  /**
   * Reads a result, or measures it and keeps it.
   *
   * @param file where it is kept
   * @param type a record of numbers, texts, arrays and lists of such
   * @param measure makes it
   */
  public static <T> T of(Path file, Class<T> type, Supplier<T> measure) {
    try {
      if (Files.exists(file)) {
        return JSON.readValue(file.toFile(), type);
      }
      T result = measure.get();
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, JSON.writeValueAsString(result) + "\n");
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file + ": " + e.getMessage(), e);
    }
  }
}
