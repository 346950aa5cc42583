package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.files.JsonFile;
import org.noisescape.files.NpyHeader;
import org.noisescape.files.NpyType;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;

/** {@code export}: what comes in goes out, to the last bit. */
class ExportCommandTest {
  private static final String MODEL =
      "net: conv 3 3x3 pad=1, relu, maxpool 2, conv 4 3x3 bias=no, batchnorm, tanh, flatten, linear";

  @TempDir Path folder;

  @Test
  void aFileOfPyTorchComesOutAsItWentIn() throws IOException {
    Path file = foreign("wrapped.safetensors");
    Path run = train(foreignStart(file));
    Path written = folder.resolve("out.safetensors");
    assertThat(export(run, "safetensors", written).out())
        .startsWith(written + ": 246 parameters in 9 tensors, ");
    Safetensors out = Safetensors.read(written);
    assertThat(out.metadata()).containsEntry("format", "pt");
    Safetensors in = Safetensors.read(file);
    List<String> compared = new ArrayList<>();
    in.tensors()
        .forEach(
            (name, tensor) -> {
              StoredTensor found = out.tensors().get(name.replace("module.model.", ""));
              if (found != null) {
                assertThat(found.shape()).as(name).isEqualTo(tensor.shape());
                assertThat(found.type()).as(name).isEqualTo(tensor.type());
                assertThat(found.bytes()).as(name).isEqualTo(tensor.bytes());
                compared.add(name);
              }
            });
    assertThat(compared).hasSize(9).hasSameSizeAs(out.tensors().keySet());
  }

  @Test
  void otherNamesAreTakenByShapeAndToldWhenATrainingBegins() throws IOException {
    Path named = train(foreignStart(foreign("wrapped.safetensors")));
    List<String> words =
        new ArrayList<>(foreignStart(foreign("renamed.safetensors"), "--match", "order"));
    Path run = folder.resolve("renamed");
    words.addAll(List.of("--out", run.toString()));
    CapturedRun started = CapturedRun.of(words.toArray(String[]::new));
    assertThat(started.errors())
        .filteredOn(line -> line.contains(" <- "))
        .hasSize(9)
        .contains("3.weight <- block12.weight");
    export(named, "safetensors", folder.resolve("a.safetensors"));
    export(run, "safetensors", folder.resolve("b.safetensors"));
    assertThat(folder.resolve("b.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("a.safetensors"));
    CapturedRun wrong = CapturedRun.of("train", "--dataset", "digits", "--match", "order");
    assertThat(wrong.err()).contains("only where a run starts from a file").hasLineCount(1);
  }

  @Test
  void arraysForNumpyHoldTheSameBits() throws IOException {
    Path run = train(digits("--precision", "float64"));
    export(run, "safetensors", folder.resolve("a.safetensors"));
    Path file = folder.resolve("a.npz");
    export(run, "npz", file);
    Safetensors same = Safetensors.read(folder.resolve("a.safetensors"));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName).toList())
          .containsExactlyElementsOf(
              same.tensors().keySet().stream().map(name -> name + ".npy").toList());
      for (StoredTensor tensor : same.tensors().values()) {
        try (InputStream in = zip.getInputStream(zip.getEntry(tensor.name() + ".npy"))) {
          NpyHeader header = NpyHeader.read(file, tensor.name(), in);
          assertThat(header.type()).isEqualTo(NpyType.F8);
          assertThat(header.shape()).isEqualTo(tensor.shape());
          byte[] expected = new byte[tensor.bytes().remaining()];
          tensor.bytes().duplicate().get(expected);
          assertThat(in.readAllBytes()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void oneReplicaAMeanAndTheBestAreChosen() throws IOException {
    Path run =
        train(digits("--replicas", "2", "--optimizer", "ema:0.9", "--keep-best", "train_loss:min"));
    assertThat(CapturedRun.of("export", run.toString(), "--to", "npz").err())
        .contains("has 2 replicas: choose one, from --replica 0 to --replica 1")
        .hasLineCount(1);
    assertThat(CapturedRun.of("export", run.toString(), "--to", "npz", "--replica", "2").err())
        .contains("--replica must be from 0 to 1, got 2")
        .hasLineCount(1);
    Safetensors whole = Safetensors.read(run.resolve("checkpoints/last.safetensors"));
    requireRow(run, whole.tensors().get("0.weight"), 1, "--replica", "1");
    requireRow(
        run, whole.tensors().get("average/0.weight"), 0, "--replica", "0", "--of", "average");
    Safetensors best = Safetensors.read(run.resolve("checkpoints/best.safetensors"));
    requireRow(run, best.tensors().get("0.weight"), 0, "--replica", "0", "--of", "best");
  }

  private void requireRow(Path run, StoredTensor of, int replica, String... options)
      throws IOException {
    Path file = Files.createTempDirectory(folder, "x").resolve("row.safetensors");
    export(run, "safetensors", file, options);
    double[] row = Safetensors.read(file).tensors().get("0.weight").toDoubles();
    double[] all = of.toDoubles();
    assertThat(row)
        .isEqualTo(Arrays.copyOfRange(all, replica * row.length, (replica + 1) * row.length));
  }

  @Test
  void neitherDataNorANewSidecarIsNeededAndNoFileIsReplaced() throws IOException {
    Path data = IdxFolder.good(folder.resolve("data")).path();
    Path run =
        train(
            List.of(
                "train",
                "--dataset",
                "idx:" + data,
                "--model",
                "linear",
                "--epochs",
                "0",
                "--batch",
                "5"));
    try (Stream<Path> files = Files.list(data)) {
      for (Path each : files.toList()) {
        Files.move(each, folder.resolve(each.getFileName()));
      }
    }
    Path first = folder.resolve("a.npz");
    export(run, "npz", first);
    assertThat(
            CapturedRun.of("export", run.toString(), "--to", "npz", "--out", first.toString())
                .err())
        .contains("a.npz is there already: choose another --out")
        .hasLineCount(1);
    Path sidecar = run.resolve("checkpoints/last.json");
    ObjectNode old = JsonFile.object(sidecar);
    old.remove("sample");
    JsonFile.write(sidecar, old);
    assertThat(
            CapturedRun.of(
                    "export",
                    run.toString(),
                    "--to",
                    "npz",
                    "--out",
                    folder.resolve("b").toString())
                .err())
        .contains("train-images-idx3-ubyte")
        .hasLineCount(1);
    for (Path each :
        List.of(
            folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-labels-idx1-ubyte"))) {
      Files.move(each, data.resolve(each.getFileName()));
    }
    Path second = folder.resolve("b.npz");
    export(run, "npz", second);
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(CapturedRun.of("export", run.toString(), "--to", "hdf5").err())
        .contains("unknown format 'hdf5': use one of safetensors, npz")
        .hasLineCount(1);
  }

  private static CapturedRun export(Path run, String format, Path file, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("export", run.toString(), "--to", format, "--out", file.toString()));
    words.addAll(Arrays.asList(more));
    CapturedRun done = CapturedRun.of(words.toArray(String[]::new));
    assertThat(done.err()).isEmpty();
    assertThat(done.code()).isZero();
    return done;
  }

  private Path train(List<String> words) throws IOException {
    Path run = Files.createTempDirectory(folder, "runs").resolve("run");
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--quiet", "--out", run.toString()));
    CapturedRun done = CapturedRun.of(all.toArray(String[]::new));
    assertThat(done.err()).isEmpty();
    return run;
  }

  private static List<String> digits(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset",
                "digits:train=20,test=10",
                "--model",
                "mlp:3",
                "--batch",
                "10",
                "--epochs",
                "1"));
    words.addAll(Arrays.asList(more));
    return words;
  }

  private static List<String> foreignStart(Path file, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset",
                "idx:" + file.getParent() + ",classes=4",
                "--model",
                MODEL,
                "--epochs",
                "0",
                "--batch",
                "1",
                "--loss",
                "ce",
                "--start-from",
                file.toString()));
    words.addAll(Arrays.asList(more));
    return words;
  }

  private static Path foreign(String name) {
    try {
      return Path.of(ExportCommandTest.class.getResource("/foreign/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
