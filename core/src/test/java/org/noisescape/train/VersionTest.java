package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;

/** What a program of some version reads. */
class VersionTest {
  private static final Path FILE = Path.of("run", "manifest.json");

  private static ObjectNode writtenBy(String version) {
    return JsonFile.MAPPER.createObjectNode().put(Version.KEY, version);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2.0, 0.1.0-SNAPSHOT",
    "0.2.0, 0.2.0",
    "0.2.0, 0.2.0-SNAPSHOT",
    "0.10.0, 0.9.9",
    "1.0.0, 0.99.0",
    "0.2.0, unknown",
    "0.2.0, 0.3",
    "unknown, 0.2.0"
  })
  void whatIsNotNewerIsRead(String program, String written) {
    assertThatCode(() -> new Version(program, "c").requireNoNewer(FILE, writtenBy(written)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "0.2.0, 0.2.1",
    "0.2.0, 0.10.0",
    "0.9.9, 0.10.0-SNAPSHOT",
    "0.99.0, 1.0.0",
    "0.2.0, 999999999.0.0"
  })
  void whatIsNewerIsRefusedWithBothVersions(String program, String written) {
    assertThatThrownBy(() -> new Version(program, "c").requireNoNewer(FILE, writtenBy(written)))
        .isInstanceOf(WrongFile.class)
        .hasMessage(
            "run/manifest.json: written by noisescape %s, this is %s: use that version or a later"
                + " one",
            written, program);
  }

  @Test
  void aRunThatANewerProgramContinuedIsRefused() {
    ObjectNode manifest = writtenBy("0.1.0");
    manifest.withArray("resumed").add(writtenBy("0.2.0")).add(writtenBy("0.3.0"));
    assertThatThrownBy(() -> new Version("0.2.0", "c").requireNoNewer(FILE, manifest))
        .hasMessageContaining("written by noisescape 0.3.0, this is 0.2.0");
  }
}
