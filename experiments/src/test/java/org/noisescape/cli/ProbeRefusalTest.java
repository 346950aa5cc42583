package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a probe refuses: exit code 2 and one line, before anything is computed. */
class ProbeRefusalTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path good;
  private Path checkpoint;

  @BeforeAll
  static void train() {
    good = shared.resolve("run");
    CapturedRun run =
        CapturedRun.of(
            ("train --quiet --model mlp:3 --batch 5 --epochs 1 --dataset %s --out %s")
                .formatted(IdxFolder.good(shared.resolve("data")).spec(), good)
                .split(" "));
    assertThat(run.err()).isEmpty();
  }

  @BeforeEach
  void copy() throws IOException {
    checkpoint = folder.resolve("last.safetensors");
    Files.copy(good.resolve("checkpoints/last.safetensors"), checkpoint);
    Files.copy(good.resolve("checkpoints/last.json"), folder.resolve("last.json"));
  }

  /** P = 91, N = 20, 10 outputs. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hessian-top:92 | hessian-top:92: K must be at most 91, the number of parameters, got 92",
        "ggn-top:92 | ggn-top:92: K must be at most 91, the number of parameters, got 92",
        "covariance-top:92 | covariance-top:92: K must be at most 91",
        "hessian-smallest:92 | hessian-smallest:92: K must be at most 91",
        "outliers:92 | outliers:92: K must be at most 91",
        "alignment:92 | alignment:92: K must be at most 91",
        "gram-spectrum:201 | gram-spectrum:201: K must be at most 200, the rows of the Gram matrix",
        "hessian-top:0 | hessian-top: K must be >= 1, got 0",
        "hessian-top:-1 | hessian-top: K must be >= 1, got -1",
        "gram-spectrum:x | K must be a whole number, write for example gram-spectrum:30",
        "hessian-trace:3 | hessian-trace takes no argument, write hessian-trace",
        "hessian-tarce | unknown quantity 'hessian-tarce', did you mean 'hessian-trace'?",
        "hessian-top:2,hessian-top:3 | hessian-top is asked for twice, with 2 and 3",
        "gram-spectrum --memory 0.0001 | the Gram matrix of 200 rows takes 0.000298 GiB, more than",
        "loss --block 0 | the block must be 1 to 1024, got 0",
        "loss --block 2147483647 | the block must be 1 to 1024, got 2147483647",
        "loss --tolerance 1 | the tolerance must lie in (0, 1), got 1.0",
        "loss --tolerance NaN | the tolerance must lie in (0, 1), got NaN",
        "loss --max-products 1 | max-products must be >= 10, got 1",
        "loss --memory -1 | the memory must be from 0 to 1048575 GiB, got -1.0",
        "loss --seed x | --seed"
      })
  void isOneLine(String options, String expected) {
    List<String> line = new ArrayList<>(List.of("probe", checkpoint.toString(), "--quantities"));
    line.addAll(List.of(options.split(" ")));
    refused(CapturedRun.of(line.toArray(String[]::new)), expected);
  }

  @Test
  void theGramMatrixOfManySamplesIsRefusedBeforeItsMemoryIsTaken() {
    Path run = folder.resolve("many");
    CapturedRun trained =
        CapturedRun.of(
            ("train --quiet --dataset gaussian-regression:n=100000,d=2 --model linear --batch 100"
                    + " --epochs 0.001 --out %s")
                .formatted(run)
                .split(" "));
    assertThat(trained.err()).isEmpty();
    refused(
        CapturedRun.of("probe", run.toString(), "--quantities", "gram-spectrum:1"),
        "gram-spectrum:1: the Gram matrix of 100000 rows takes 74.5 GiB, more than the 4.00 GiB of"
            + " memory allowed");
    refused(
        CapturedRun.of(
            "probe", run.toString(), "--quantities", "gram-spectrum:1", "--memory", "100"),
        "the Gram matrix of 100000 rows has dimension 100000, more than the 46340 that LAPACK");
  }

  @Test
  void aParameterThatIsNoNumberIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoint);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(bytes.length - Float.BYTES, Float.NaN);
    Files.write(checkpoint, bytes);
    for (String quantity : List.of("loss", "hessian-top")) {
      refused(
          CapturedRun.of("probe", checkpoint.toString(), "--quantities", quantity),
          checkpoint + ": parameter 90 of replica 0 is NaN: the run diverged, take an earlier");
    }
  }

  @Test
  void aCheckpointOfAnotherModelIsNamed() throws IOException {
    Path sidecar = folder.resolve("last.json");
    String text = Files.readString(sidecar);
    Files.writeString(sidecar, text.replace("mlp:3", "mlp:4"));
    refused(probe(), "tensor '0.weight' of model mlp:4 must have shape [4, 16], got [3, 16]");
    Files.writeString(sidecar, text.replace("mlp:3", "linear"));
    refused(probe(), "of model linear");
  }

  static Stream<Arguments> damage() {
    return Stream.of(
        Arguments.of("empty", (Damage) bytes -> new byte[0]),
        Arguments.of("header cut", (Damage) bytes -> Arrays.copyOf(bytes, 20)),
        Arguments.of("data cut", (Damage) bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
        Arguments.of("data too long", (Damage) bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
        Arguments.of("header length 2^40", (Damage) bytes -> length(bytes, 1L << 40)),
        Arguments.of("header length negative", (Damage) bytes -> length(bytes, -1)),
        Arguments.of("header length 0", (Damage) bytes -> length(bytes, 0)),
        Arguments.of("header one short", (Damage) bytes -> length(bytes, bytes[0] - 1)),
        Arguments.of("offsets that lie", (Damage) ProbeRefusalTest::offsets),
        Arguments.of(
            "no safetensors at all",
            (Damage) bytes -> "not a model".getBytes(StandardCharsets.UTF_8)));
  }

  interface Damage {
    byte[] of(byte[] bytes);
  }

  private static byte[] length(byte[] bytes, long header) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header);
    return bytes;
  }

  private static byte[] offsets(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replaceFirst("\"data_offsets\":\\[0,", "\"data_offsets\":[4,")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damage")
  void aDamagedFileIsNamed(String name, Damage damage) throws IOException {
    Files.write(checkpoint, damage.of(Files.readAllBytes(checkpoint)));
    refused(probe(), checkpoint.toString());
  }

  @Test
  void aDataSetWithoutSamplesIsRefused() throws IOException {
    IdxFolder data = new IdxFolder(Files.createDirectories(folder.resolve("none")));
    Files.write(
        data.path().resolve("train-images-idx3-ubyte"),
        ByteBuffer.allocate(16).putInt(0x803).putInt(0).putInt(4).putInt(4).array());
    data.labels();
    Path sidecar = folder.resolve("last.json");
    String text = Files.readString(sidecar);
    Files.writeString(
        sidecar, text.replace(shared.resolve("data").toString(), data.path().toString()));
    refused(probe(), "the number of images in the header must be at least 1, got 0");
  }

  private CapturedRun probe() {
    return CapturedRun.of("probe", checkpoint.toString(), "--quantities", "hessian-top:2");
  }

  private static void refused(CapturedRun run, String expected) {
    assertThat(run.errors()).hasSize(1);
    assertThat(run.errors().getFirst()).startsWith("error: ").contains(expected);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }
}
