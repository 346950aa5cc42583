package org.noisescape.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.noisescape.train.WholeFile;

/** JSON files of a run. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** Replaces a file, whole or not at all. */
  static void write(Path file, JsonNode tree) throws IOException {
    WholeFile.write(file, tree.toPrettyString() + "\n");
  }

  /** Reads a file; what is wrong with it is one line. */
  static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": no such file", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": not valid JSON: " + firstLine(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + WholeFile.reason(e), e);
    }
  }

  static String firstLine(Throwable failure) {
    String message =
        failure instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : failure.getMessage();
    return message == null ? failure.toString() : message.lines().findFirst().orElse("");
  }
}
