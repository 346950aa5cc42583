package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.Network;

/** Damaged files are one line that begins with the file; nothing in them is run. */
class HostileDl4jTest {
  private static final String JSON = "configuration.json";
  private static final String BIN = "coefficients.bin";

  @TempDir Path folder;

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private Path file;
  private MultiLayerNetwork network;

  @BeforeEach
  void written() throws IOException {
    network = Dl4jCases.dense(DataType.FLOAT);
    file = folder.resolve("model.zip");
    Dl4jFile.write(file, network);
    try (var zip = new ZipFile(file.toFile())) {
      for (String name : new String[] {JSON, BIN}) {
        entries.put(name, zip.getInputStream(zip.getEntry(name)).readAllBytes());
      }
    }
  }

  private void zip() throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
  }

  private void refused(String line) {
    assertThatThrownBy(() -> Dl4jModel.read(file))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(file.toString() + ": ")
        .hasMessageContaining(line)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    zip();
    Dl4jNetwork read = Dl4jModel.read(file);
    Network here = read.network();
    assertThat(read.parameters(here)).isEqualTo(Dl4jNetwork.of(network).parameters(here));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Files.writeString(file, "no zip");
    refused("is no zip with configuration.json and coefficients.bin: only files");
    entries.remove(BIN);
    zip();
    refused("is no zip with configuration.json and coefficients.bin: only files");
    assertThatThrownBy(() -> Dl4jModel.read(folder.resolve("none.zip")))
        .hasMessageContaining("none.zip: no such file");
  }

  @Test
  void configurationsThatAreNoneAreRefused() throws IOException {
    for (String json : new String[] {"", "{}", "[1, 2", "{\"confs\": 7}", "[".repeat(100_000)}) {
      entries.put(JSON, json.getBytes(StandardCharsets.UTF_8));
      zip();
      refused("its configuration or parameters are not those of DL4J: ");
    }
    entries.put(JSON, "{\"networkInputs\": [\"x\"]}".getBytes(StandardCharsets.UTF_8));
    zip();
    refused("its configuration or parameters are not those of DL4J: ");
  }

  /** Before any memory is taken for them. */
  @Test
  void lengthsBeyondTheFileAreRefused() throws IOException {
    for (long length : new long[] {-1, 7, 1 << 30, 1L << 40, Long.MAX_VALUE}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF("LONG_SHAPE");
      out.writeLong(0);
      out.writeUTF("LONG");
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(length);
      out.writeUTF("FLOAT");
      entries.put(BIN, bytes.toByteArray());
      zip();
      refused("its parameters cannot be read: a buffer claims " + length + " elements");
    }
    String json = new String(network.getLayerWiseConfigurations().toJson());
    entries.put(
        JSON,
        json.replace("\"nout\" : 12,", "\"nout\" : 1073741824,").getBytes(StandardCharsets.UTF_8));
    written(BIN);
    zip();
    refused("its configuration or parameters are not those of DL4J: ");
  }

  private void written(String name) throws IOException {
    Path other = folder.resolve("other.zip");
    Dl4jFile.write(other, network);
    try (var zip = new ZipFile(other.toFile())) {
      entries.put(name, zip.getInputStream(zip.getEntry(name)).readAllBytes());
    }
  }

  @Test
  void cutAndChangedBytesAreALineOrHarmless() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(7);
    int read = 0;
    for (int i = 0; i < 60; i++) {
      byte[] bytes = whole.clone();
      if (i % 3 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        for (int k = 0; k < 4; k++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      Files.write(file, bytes);
      try {
        Dl4jModel.read(file).tensors();
        read++;
      } catch (WrongFile e) {
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
      }
    }
    assertThat(read).isLessThan(30);
  }

  @Test
  void changedConfigurationsAreALineOrHarmless() throws IOException {
    byte[] json = entries.get(JSON);
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 60; i++) {
      byte[] changed = json.clone();
      for (int k = 0; k < 2; k++) {
        changed[random.nextInt(changed.length)] = (byte) ('0' + random.nextInt(10));
      }
      entries.put(JSON, changed);
      zip();
      try {
        Dl4jModel.read(file).tensors();
      } catch (WrongFile e) {
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
      }
    }
  }

  /** What ModelSerializer would do with it. */
  static final class Trap implements Serializable {
    static final AtomicInteger SPRUNG = new AtomicInteger();

    @Serial private static final long serialVersionUID = 1;

    @Serial
    private void readObject(ObjectInputStream in) {
      SPRUNG.incrementAndGet();
    }
  }

  @Test
  void objectsInTheFileAreNotRun() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Trap());
    }
    entries.put("preprocessor.bin", bytes.toByteArray());
    entries.put("normalizer.bin", bytes.toByteArray());
    zip();
    Dl4jModel.read(file);
    assertThat(Trap.SPRUNG).hasValue(0);
    assertThatThrownBy(() -> ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false));
    assertThat(Trap.SPRUNG).as("the trap works").hasValue(1);
  }
}
