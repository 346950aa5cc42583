package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be printed is told, but for a reader that has seen enough. */
class StandardOutputTest {
  @ParameterizedTest
  @CsvSource({
    "No space left on device, 0, 1, cannot write to standard output: no space left on device",
    "No space left on device, 2, 2, cannot write to standard output: no space left on device",
    "Input/output error, 0, 1, input/output error of the device",
    "Broken pipe, 0, 0, ''"
  })
  void aFailureIsOneLineAndNoSuccess(String reason, int code, int judged, String line) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    StandardOutput out = new StandardOutput(failing);
    try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      printed.println("results");
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(out.judged(code, new PrintStream(err, true, StandardCharsets.UTF_8)))
        .isEqualTo(judged);
    String told = err.toString(StandardCharsets.UTF_8);
    assertThat(told).contains(line);
    assertThat(told.lines().count()).isEqualTo(line.isEmpty() ? 0 : 1);
  }

  @Test
  void aClosedOneLosesNothingSilently() {
    StandardOutput out = StandardOutput.ofProcess(Map.of(StandardOutput.STATE, "closed"));
    try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      printed.println("results");
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(out.judged(0, new PrintStream(err, true, StandardCharsets.UTF_8))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("it is closed; give it a file");
  }

  @Test
  void whatOthersChoseDrivesNoTerminal() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream raw = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream plain = PlainStream.of(raw);
    plain.println("a\u001b[31mb\n\tc");
    plain.printf("%s|", "\r");
    assertThat(PlainStream.of(plain)).isSameAs(plain);
    assertThat(PlainStream.raw(plain)).isSameAs(raw);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("a\\u001b[31mb\n\tc" + System.lineSeparator() + "\\u000d|");
  }
}
