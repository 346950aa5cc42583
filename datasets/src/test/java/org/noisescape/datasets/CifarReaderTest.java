package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.download.Digest;

final class CifarReaderTest {
  @TempDir private Path folder;

  @Test
  void batchesFollowEachOther() throws IOException {
    Path one = write("one.bin", DataFiles.cifar10(3, 9));
    Path two = write("two.bin", DataFiles.cifar10(0));

    CifarReader.Images images = CifarReader.CIFAR_10.read(List.of(one, two));

    assertThat(images.labels()).containsExactly(3, 9, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(Arrays.copyOfRange(images.pixels(), 3072 * i, 3072 * (i + 1)))
          .isEqualTo(DataFiles.pixels(3072));
    }
    assertThat(images.digests())
        .containsEntry("one.bin", Digest.sha256(DataFiles.cifar10(3, 9)))
        .containsEntry("two.bin", Digest.sha256(DataFiles.cifar10(0)));
  }

  @Test
  void fineLabelsOfCifar100AreUsed() throws IOException {
    Path file = write("train.bin", DataFiles.cifar100(19, 99));

    CifarReader.Images images = CifarReader.CIFAR_100.read(List.of(file));

    assertThat(images.labels()).containsExactly(99);
    assertThat(images.pixels()).isEqualTo(DataFiles.pixels(3072));
  }

  @Test
  void truncatedFileSaysWhatItsLengthShouldDivideBy() throws IOException {
    Path file = write("train.bin", Arrays.copyOf(DataFiles.cifar10(1, 2), 6000));
    assertThatThrownBy(() -> CifarReader.CIFAR_10.read(List.of(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": truncated or not CIFAR-10: expected a positive multiple of 3073 bytes,"
                + " got 6000; copy or fetch the file again");
  }

  @Test
  void emptyFileIsRefused() throws IOException {
    Path file = write("train.bin", new byte[0]);
    assertThatThrownBy(() -> CifarReader.CIFAR_100.read(List.of(file)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("multiple of 3074 bytes, got 0");
  }

  @Test
  void labelOutOfRangeNamesTheRecord() throws IOException {
    Path file = write("train.bin", DataFiles.cifar10(1, 10));
    assertThatThrownBy(() -> CifarReader.CIFAR_10.read(List.of(file)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + ": label 10 of record 1 is outside 0..9");
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
