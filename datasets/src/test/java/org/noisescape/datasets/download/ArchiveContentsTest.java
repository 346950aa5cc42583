package org.noisescape.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.download.ArchiveContents.Wanted;

final class ArchiveContentsTest {
  private static final byte[] ONE = "one".repeat(5_000).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TWO = "two and more".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private Path part;

  /** Writes entries of an archive. */
  @FunctionalInterface
  private interface Entries {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  @BeforeEach
  void namePart() {
    part = folder.resolve("a.tar.gz.part");
  }

  @Test
  void wantedFilesAreTakenOutAndTheArchiveGoes() throws IOException {
    archive(
        tar -> {
          file(tar, "set/one.bin", ONE);
          file(tar, "set/readme.html", TWO);
          file(tar, "set/two.bin", TWO);
        });

    install();

    assertThat(folder.resolve("one.bin")).hasBinaryContent(ONE);
    assertThat(folder.resolve("two.bin")).hasBinaryContent(TWO);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void pathOutOfTheArchiveIsRefused() throws IOException {
    archive(tar -> file(tar, "set/../../one.bin", ONE));
    assertRefused("'set/../../one.bin' leads out of the archive");
  }

  @Test
  void absolutePathIsRefused() throws IOException {
    archive(
        tar -> {
          TarArchiveEntry entry = new TarArchiveEntry("/one.bin", true);
          entry.setSize(ONE.length);
          tar.putArchiveEntry(entry);
          tar.write(ONE);
          tar.closeArchiveEntry();
        });
    assertRefused("'/one.bin' leads out of the archive");
  }

  @Test
  void linkIsRefused() throws IOException {
    archive(
        tar -> {
          TarArchiveEntry link = new TarArchiveEntry("set/one.bin", TarConstants.LF_SYMLINK);
          link.setLinkName("/etc/passwd");
          tar.putArchiveEntry(link);
          tar.closeArchiveEntry();
        });
    assertRefused("is neither file nor folder");
  }

  @Test
  void missingFileIsNamed() throws IOException {
    archive(tar -> file(tar, "set/one.bin", ONE));
    assertThatThrownBy(this::install).hasMessageContaining("holds no two.bin");
  }

  @Test
  void fileGivenTwiceIsRefused() throws IOException {
    archive(
        tar -> {
          file(tar, "set/two.bin", TWO);
          file(tar, "other/two.bin", TWO);
        });
    assertThatThrownBy(this::install).hasMessageContaining("holds two.bin twice");
  }

  @Test
  void fileOfAnotherLengthIsRefused() throws IOException {
    archive(tar -> file(tar, "set/one.bin", TWO));
    assertRefused("one.bin should have 15000 bytes but has 12");
  }

  @Test
  void fileWithOtherBytesIsRefused() throws IOException {
    byte[] other = ONE.clone();
    other[7]++;
    archive(tar -> file(tar, "set/one.bin", other));
    assertRefused("one.bin should have " + Digest.sha256(ONE) + " but has ");
    assertThat(folder.resolve("one.bin.part")).doesNotExist();
  }

  @Test
  void truncatedArchiveIsRefused() throws IOException {
    archive(tar -> file(tar, "set/one.bin", ONE));
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("");
  }

  @Test
  void gzipWithTheRightContentsIsMovedAsItIs() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(ONE);
    }
    Files.write(part, bytes.toByteArray());

    ArchiveContents.installGzip(part, folder.resolve("one.gz"), Digest.sha256(ONE));

    assertThat(folder.resolve("one.gz")).hasBinaryContent(bytes.toByteArray());
    assertThat(part).doesNotExist();
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::install)
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining(part.toString())
        .hasMessageContaining(message);
    assertThat(folder.resolve("one.bin")).doesNotExist();
    assertThat(folder.resolveSibling("one.bin")).doesNotExist();
  }

  private void install() throws DownloadException {
    ArchiveContents.installTar(
        part,
        folder,
        Map.of(
            "one.bin", new Wanted(ONE.length, Digest.sha256(ONE)),
            "two.bin", new Wanted(TWO.length, Digest.sha256(TWO))));
  }

  private void archive(Entries entries) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(part)))) {
      TarArchiveEntry set = new TarArchiveEntry("set/");
      tar.putArchiveEntry(set);
      tar.closeArchiveEntry();
      entries.write(tar);
    }
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
