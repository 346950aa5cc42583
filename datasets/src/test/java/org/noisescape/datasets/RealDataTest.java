package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.noisescape.datasets.FileCheck.State;
import org.noisescape.datasets.download.Digest;

/** On the data that the environment names; skipped without. */
final class RealDataTest {
  private DataLocation where;
  private Path data;

  @BeforeEach
  void locate() {
    where = DataLocation.of(Optional.empty(), System.getenv());
    assumeTrue(where.environment().isPresent(), "NOISESCAPE_DATA is not set: no real data");
    data = where.environment().get();
  }

  @Test
  void mnistIsTheOneWithThePublishedChecksums() throws IOException {
    Path folder = require("mnist");
    Map<String, String> published =
        Map.of(
            "train-images-idx3-ubyte", "md5:6bbc9ace898e44ae57da46a324031adb",
            "train-labels-idx1-ubyte", "md5:a25bea736e30d166cdddb491f175f624",
            "t10k-images-idx3-ubyte", "md5:2646ac647ad5339dbf082846283269ea",
            "t10k-labels-idx1-ubyte", "md5:27ae3e4e09519cfbb04c329615203637");
    for (Map.Entry<String, String> file : published.entrySet()) {
      Path path = folder.resolve(file.getKey() + ".gz");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
        assertThat(Digest.parse(file.getValue()).of(in)).hasToString(file.getValue());
      }
    }
    assertThat(Catalogue.verify("mnist", where))
        .hasSize(4)
        .extracting(FileCheck::state)
        .containsOnly(State.VERIFIED);
  }

  @Test
  void mnistLoadsByName() {
    require("mnist");

    DatasetPair pair = Catalogue.load("mnist", where);

    assertThat(pair.train().size()).isEqualTo(60_000);
    assertThat(pair.test().orElseThrow().size()).isEqualTo(10_000);
    // The first labels as printed in every introduction to MNIST.
    assertThat(pair.train().subset(5).labels()).containsExactly(5, 0, 4, 1, 9);
    assertThat(meanPixel(pair.train())).isBetween(0.1306, 0.1308);
  }

  @Test
  void mnistIsFoundWhereTheFilesLieDirectly() {
    Path folder = require("mnist");
    DataLocation direct = DataLocation.of(Optional.of(folder), Map.of());
    assertThat(Catalogue.load("mnist", direct).train().size()).isEqualTo(60_000);
  }

  @Test
  void filesOfMnistAreNotFashionMnist() {
    DataLocation direct = DataLocation.of(Optional.of(require("mnist")), Map.of());
    assertThatThrownBy(() -> Catalogue.load("fashion-mnist", direct))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("that of train-images-idx3-ubyte of mnist");
  }

  @Test
  void cutOfFashionMnistLoadsAsFolder() {
    Path folder = require("fashion-mnist-900");

    DatasetPair pair = Catalogue.load("idx:" + folder, where);

    assertThat(pair.train().size()).isEqualTo(720);
    assertThat(pair.test().orElseThrow().size()).isEqualTo(180);
    assertThat(pair.train().imageShape()).containsExactly(1, 28, 28);
  }

  @Test
  void recompressedCifarLoadsAsFolderAndNotByName() {
    Path folder = require("cifar-10-batches-bin");

    DatasetPair pair = Catalogue.load("cifar:" + folder, where);

    assertThat(pair.train().size()).isEqualTo(10_000);
    assertThat(pair.test().orElseThrow().size()).isEqualTo(10_000);
    assertThat(pair.train().digests()).containsOnlyKeys("data_batch_1.bin");
    assertThat(meanPixel(pair.train())).isBetween(0.46, 0.49);
    assertThatThrownBy(() -> Catalogue.load("cifar-10", where))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.resolve("data_batch_1.bin").toString())
        .hasMessageContaining("cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5")
        .hasMessageContaining(pair.train().digests().get("data_batch_1.bin"))
        .hasMessageContaining("use cifar:" + folder);
  }

  @Test
  void transformedCifarKeepsTheMeanOfItsLuma() {
    Path folder = require("cifar-10-batches-bin");
    Dataset colour = Catalogue.load("cifar:" + folder, where).train().subset(500);

    Dataset small = Catalogue.load("cifar:" + folder + ",grey,size=7", where).train().subset(500);

    assertThat(small.imageShape()).containsExactly(1, 7, 7);
    assertThat(small.labels()).isEqualTo(colour.labels());
    float[] image = new float[3072];
    double luma = 0;
    for (int n = 0; n < 500; n++) {
      colour.features().copyRows(n, 1, image, 0);
      for (int i = 0; i < 1024; i++) {
        luma += 0.299 * image[i] + 0.587 * image[1024 + i] + 0.114 * image[2048 + i];
      }
    }
    // 24,500 values in [0, 1], each rounded once to float32
    assertThat(meanPixel(small)).isCloseTo(luma / (500 * 1024), within(Math.ulp(1f) / 2.0));
  }

  private Path require(String name) {
    Path folder = data.resolve(name);
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    return folder;
  }

  private static double meanPixel(Dataset dataset) {
    float[] row = new float[dataset.featureLength()];
    double sum = 0;
    for (int i = 0; i < dataset.size(); i++) {
      dataset.features().copyRows(i, 1, row, 0);
      for (float value : row) {
        sum += value;
      }
    }
    return sum / ((double) dataset.size() * row.length);
  }
}
