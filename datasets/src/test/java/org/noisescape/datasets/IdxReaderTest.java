package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.datasets.download.Digest;

final class IdxReaderTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("some-idx-file");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imagesComeAsTheyLieInTheFile(boolean compressed) throws IOException {
    byte[] bytes = DataFiles.idxImages(3, 2, 5);
    Files.write(file, compressed ? DataFiles.gzip(bytes) : bytes);

    IdxReader.Images images = IdxReader.images(file);

    assertThat(images.count()).isEqualTo(3);
    assertThat(images.height()).isEqualTo(2);
    assertThat(images.width()).isEqualTo(5);
    assertThat(images.pixels()).isEqualTo(DataFiles.pixels(30));
    assertThat(images.digest()).isEqualTo(Digest.sha256(bytes));
  }

  @Test
  void imagesBeyondTheReadBufferArriveWhole() throws IOException {
    Files.write(file, DataFiles.gzip(DataFiles.idxImages(331, 29, 31)));
    assertThat(IdxReader.images(file).pixels()).isEqualTo(DataFiles.pixels(331 * 29 * 31));
  }

  @Test
  void labelsAreUnsignedBytes() throws IOException {
    Files.write(file, DataFiles.idxLabels(4, 0, 200));
    assertThat(IdxReader.labels(file, 256, "").labels()).containsExactly(4, 0, 200);
  }

  @Test
  void labelOutOfRangeNamesSampleRangeAndRemedy() throws IOException {
    Files.write(file, DataFiles.idxLabels(4, 10, 3));
    assertComplaint(() -> IdxReader.labels(file, 10, "do this"))
        .hasMessage(file + ": label 10 of sample 1 is outside 0..9; do this");
  }

  @Test
  void labelsForImagesAreRecognised() throws IOException {
    Files.write(file, DataFiles.idxLabels(4));
    assertComplaint(() -> IdxReader.images(file))
        .hasMessageContaining("expected magic 0x00000803, got 0x00000801")
        .hasMessageContaining("swapped");
  }

  @Test
  void otherMagicIsNamed() throws IOException {
    Files.write(file, new byte[] {0x7F, 'E', 'L', 'F', 0, 0, 0, 0});
    assertComplaint(() -> IdxReader.labels(file, 10, ""))
        .hasMessageContaining("expected magic 0x00000801, got 0x7f454c46");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void truncationSaysHowMuchIsMissing(boolean compressed) throws IOException {
    byte[] bytes = Arrays.copyOf(DataFiles.idxImages(3, 2, 5), 40);
    Files.write(file, compressed ? DataFiles.gzip(bytes) : bytes);
    assertComplaint(() -> IdxReader.images(file))
        .hasMessageContaining("truncated: expected 46 bytes (3 x 2 x 5 pixels")
        .hasMessageContaining("got 40; copy or fetch the file again");
  }

  @Test
  void gzipThatEndsEarlyIsTruncated() throws IOException {
    byte[] compressed = DataFiles.gzip(DataFiles.idxImages(331, 29, 31));
    Files.write(file, Arrays.copyOf(compressed, compressed.length / 2));
    assertComplaint(() -> IdxReader.images(file))
        .hasMessageContaining("truncated: expected 297585");
  }

  @Test
  void gzipWithoutItsChecksumIsTruncated() throws IOException {
    byte[] compressed = DataFiles.gzip(DataFiles.idxLabels(1, 2, 3));
    Files.write(file, Arrays.copyOf(compressed, compressed.length - 6));
    assertComplaint(() -> IdxReader.labels(file, 10, "")).hasMessageContaining("truncated gzip");
  }

  @Test
  void gzipWithFlippedBitsIsDamaged() throws IOException {
    byte[] compressed = DataFiles.gzip(DataFiles.idxLabels(1, 2, 3));
    compressed[compressed.length - 5] ^= 0x40;
    Files.write(file, compressed);
    assertComplaint(() -> IdxReader.labels(file, 10, "")).hasMessageContaining("damaged gzip data");
  }

  @Test
  void bytesBeyondTheHeadersCountAreNotIgnored() throws IOException {
    Files.write(file, Arrays.copyOf(DataFiles.idxLabels(1, 2), 11));
    assertComplaint(() -> IdxReader.labels(file, 10, ""))
        .hasMessageContaining("longer than its header says: expected 10 bytes");
  }

  @Test
  void emptyFileIsTruncated() throws IOException {
    Files.write(file, new byte[0]);
    assertComplaint(() -> IdxReader.images(file))
        .hasMessageContaining("truncated: expected 4 bytes")
        .hasMessageContaining("got 0");
  }

  @Test
  void headerWithoutImagesIsRefused() throws IOException {
    Files.write(file, DataFiles.idxImages(0, 28, 28));
    assertComplaint(() -> IdxReader.images(file))
        .hasMessageContaining("number of images in the header must be at least 1, got 0");
  }

  @Test
  void headerThatClaimsMoreThanMemoryIsRefusedWithoutTakingIt() throws IOException {
    int huge = Integer.MAX_VALUE;
    Files.write(file, header(huge, huge, huge));
    assertComplaint(() -> IdxReader.images(file)).hasMessageContaining("more than 2 GiB");

    Files.write(file, header(1, 1 << 15, (1 << 16) - 1));
    assertComplaint(() -> IdxReader.images(file)).hasMessageContaining("truncated");
  }

  @Test
  void missingFileIsNamed() {
    assertComplaint(() -> IdxReader.images(file)).hasMessage(file + ": no such file");
  }

  private static byte[] header(int count, int height, int width) {
    return ByteBuffer.allocate(16).putInt(0x803).putInt(count).putInt(height).putInt(width).array();
  }

  private AbstractThrowableAssert<?, ?> assertComplaint(ThrowingCallable call) {
    var complaint = assertThatThrownBy(call).isInstanceOf(DataException.class);
    complaint.message().startsWith(file + ": ").doesNotContain("\n");
    return complaint;
  }
}
