package org.noisescape.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void aLinkAtTheTargetIsReplacedNotFollowed() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Path target = Files.createSymbolicLink(folder.resolve("target"), precious);
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    WholeFile.write(target, "new");
    WholeFile.write(loop, "new");
    assertThat(Files.readString(precious)).isEqualTo("precious");
    assertThat(target).isRegularFile().hasContent("new");
    assertThat(Files.isSymbolicLink(target)).isFalse();
    assertThat(loop).hasContent("new");
    Path other = Files.createSymbolicLink(folder.resolve("other"), precious);
    assertThatThrownBy(() -> WholeFile.append(other))
        .isInstanceOf(WriteFailure.class)
        .hasMessageContaining("it is a link, which is not followed");
    assertThatThrownBy(() -> WholeFile.open(other)).isInstanceOf(WriteFailure.class);
  }

  @Test
  void everyFailureNamesTheTargetAndLeavesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    refused(folder, "it is a folder; name a file");
    refused(file.resolve("below"), "a file is in the way");
    refused(folder.resolve("none").resolve("x"), "no such folder");
    refused(folder.resolve("x".repeat(300)), "the name is too long; choose a shorter one");
    assertThatThrownBy(() -> WholeFile.folder(file.resolve("below")))
        .isInstanceOf(WriteFailure.class)
        .hasMessageStartingWith("cannot make the folder " + file.resolve("below"));
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "/dev/full is a thing of Linux");
    refused(full, "it is a pipe or a device; name a file");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFileThatStoodThereIsWhatItWasAfterAFailure() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "former");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocate(3));
                      throw new IllegalStateException("half way");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("former");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void writersOfOneFileDoNotDisturbEachOther() throws Exception {
    Path file = folder.resolve("page");
    List<Thread> writers = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      String text = String.valueOf(i).repeat(50_000);
      Thread writer =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
              .start(
                  () -> {
                    for (int k = 0; k < 20; k++) {
                      try {
                        WholeFile.write(file, text);
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }
                  });
      writers.add(writer);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(failures).isEmpty();
    assertThat(Files.readString(file)).hasSize(50_000).matches("(.)\\1*+");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void whatAKilledWriterLeavesIsKnownAgain() throws IOException {
    List<Path> seen = new ArrayList<>();
    WholeFile.write(
        folder.resolve("x"),
        channel -> {
          try (Stream<Path> files = Files.list(folder)) {
            seen.addAll(files.toList());
          }
        });
    assertThat(seen).hasSize(1).allMatch(WholeFile::isTemporary);
    assertThat(WholeFile.isTemporary(folder.resolve(".mine.tmp"))).isFalse();
  }

  @Test
  void linesAreAppendedToWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "a\n");
    try (FileChannel channel = WholeFile.append(file)) {
      channel.write(ByteBuffer.wrap(new byte[] {'b'}));
    }
    assertThat(file).hasContent("a\nb");
  }

  @Test
  void failuresThatWereWrappedAreStillOneLine() {
    IOException raw = new java.nio.file.NoSuchFileException("/a/b");
    assertThat(FileErrors.line(new java.io.UncheckedIOException("/a/b", raw)))
        .isEqualTo("/a/b: no such folder");
    IOException full =
        new java.nio.file.FileSystemException("/a/b", null, "No space left on device");
    assertThat(FileErrors.line(new IllegalStateException(new WriteFailure("/a/b", full))))
        .isEqualTo(
            "cannot write /a/b: no space left on device; make room, or choose another place");
    assertThat(FileErrors.line(new java.io.UncheckedIOException(new IOException((String) null))))
        .isNotEmpty();
  }

  private static void refused(Path target, String why) {
    assertThatThrownBy(() -> WholeFile.write(target, "text"))
        .isInstanceOf(WriteFailure.class)
        .hasMessageStartingWith("cannot write " + target + ": ")
        .hasMessageContaining(why);
  }
}
