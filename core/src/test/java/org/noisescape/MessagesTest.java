package org.noisescape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries are used without the command line, whose options their messages must not name. */
class MessagesTest {
  private static final Pattern OPTION = Pattern.compile("\"[^\"]*--[a-z]");

  /** An option of the JVM, whoever starts it. */
  private static final String MODULES = "--add-modules";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java",
        "../datasets/src/main/java",
        "../onnx/src/main/java",
        "../dl4j/src/main/java"
      })
  void noMessageNamesAnOptionOfTheCommandLine(String sources) throws IOException {
    List<String> naming;
    try (Stream<Path> files = Files.walk(Path.of(sources))) {
      naming =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(MessagesTest::lines)
              .filter(line -> OPTION.matcher(line).find() && !line.contains(MODULES))
              .toList();
    }
    assertThat(naming).isEmpty();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
