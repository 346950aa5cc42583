package org.noisescape.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadUpToItsLimitAndNotBeyond() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[200_000]);
    assertThat(InputFile.bytes(file, 200_000)).hasSize(200_000);
    assertThat(InputFile.bytes(file, 300_000)).hasSize(200_000);
    assertThatThrownBy(() -> InputFile.bytes(file, 199_999))
        .isInstanceOf(WrongFile.class)
        .hasMessage(file + ": is larger than the 199999 bytes that are read of it");
    assertThat(InputFile.bytes(Files.createFile(folder.resolve("empty")), 0)).isEmpty();
  }

  @Test
  void whatIsNoRegularFileIsRefusedAndNotWaitedFor() throws Exception {
    assertThatThrownBy(() -> InputFile.bytes(folder, 10))
        .hasMessage(folder + ": is a folder, not a file");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> InputFile.bytes(missing, 10)).hasMessage(missing + ": no such file");
    Path zeros = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeros), "/dev/zero is a thing of Unix");
    Path link = Files.createSymbolicLink(folder.resolve("link"), zeros);
    assertThatThrownBy(() -> InputFile.bytes(link, 10)).hasMessageContaining("pipe or a device");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> InputFile.bytes(pipe, 10)).hasMessageContaining("pipe or a device");
  }

  @Test
  void bytesThatAreNoTextAreNamedByLineAndPlace() throws IOException {
    Path file = folder.resolve("text");
    Files.write(file, "a\nb\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> InputFile.text(file, 100))
        .isInstanceOf(WrongFile.class)
        .hasMessage(file + ": line 2 is not UTF-8 text: byte 0xe9 at position 3");
    // an overlong slash and half of a surrogate pair
    Files.write(file, new byte[] {(byte) 0xc0, (byte) 0xaf});
    assertThatThrownBy(() -> InputFile.text(file, 100)).hasMessageContaining("byte 0xc0");
    Files.write(file, new byte[] {'x', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
    assertThatThrownBy(() -> InputFile.text(file, 100)).hasMessageContaining("byte 0xed");
    // the last character cut short
    Files.write(file, new byte[] {'x', (byte) 0xe2, (byte) 0x82});
    assertThatThrownBy(() -> InputFile.text(file, 100)).hasMessageContaining("position 1");
    assertThatThrownBy(() -> LineInput.all(file)).hasMessageContaining("not UTF-8 text at line 1");
    Files.writeString(file, "\u03bb\n");
    assertThat(InputFile.text(file, 100)).isEqualTo("\u03bb\n");
    assertThat(LineInput.all(file)).containsExactly("\u03bb");
  }

  @Test
  void nothingOutsideOfAFolderIsWithinIt() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(run.resolve("own"), "own");
    Files.createSymbolicLink(run.resolve("inside"), Path.of("own"));
    Files.createSymbolicLink(run.resolve("outside"), secret);
    assertThat(InputFile.within(run, "own")).isEqualTo(run.resolve("own"));
    assertThat(InputFile.within(run, "inside")).isRegularFile();
    assertThat(InputFile.within(run, "not there")).doesNotExist();
    for (String name : new String[] {"outside", "../secret", secret.toString()}) {
      assertThatThrownBy(() -> InputFile.within(run, name))
          .isInstanceOf(WrongFile.class)
          .hasMessageContaining("leads out of the folder");
    }
  }

  @Test
  void aComplaintIsOneBoundedLineThatDrivesNoTerminal() {
    WrongFile wrong = new WrongFile(Path.of("a\u001b[31m"), "x\ny".repeat(100_000));
    assertThat(wrong.getMessage())
        .startsWith("a\\u001b[31m: x\\u000ay")
        .hasSizeLessThan(10_000)
        .doesNotContain("\n");
    assertThat(Printable.text("\u202e\u2028\ud800\ufffe"))
        .isEqualTo("\\u202e\\u2028\\ud800\\ufffe");
    assertThat(Printable.text("\u03bb \ud83d\ude00")).isEqualTo("\u03bb \ud83d\ude00");
    assertThat(Printable.lines("a\tb\n\r")).isEqualTo("a\tb\n\\u000d");
  }
}
