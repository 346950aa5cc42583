package example.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cli.CapturedRun;
import org.noisescape.files.JsonFile;

/** Networks go out as ONNX and come back: trained, measured, begun with. */
class OnnxCommandsTest {
  private static final String[] DATA = {"--dataset", "digits:train=60,test=20", "--loss", "ce"};
  private static final String[] QUANTITIES = {
    "--quantities", "loss,gradient-norm,noise-strength", "--json"
  };
  private static final Path PYTORCH = Path.of("..", "onnx", "src", "test", "resources", "torch");

  @TempDir private Path folder;

  private static CapturedRun run(String[] common, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(common));
    CapturedRun run = CapturedRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private Path trained(String name, String... more) {
    Path out = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of("train", "--out", out.toString()));
    words.addAll(List.of("--batch", "20", "--epochs", "1", "--threads", "1"));
    words.addAll(List.of(more));
    run(DATA, words.toArray(String[]::new));
    return out;
  }

  private Path exported(Path of) {
    Path file = folder.resolve("exported.onnx");
    run(new String[0], "export", of.toString(), "--to", "onnx", "--out", file.toString());
    return file;
  }

  private static JsonNode json(CapturedRun run) throws IOException {
    return JsonFile.MAPPER.readTree(run.out());
  }

  @Test
  void whatIsMeasuredAtAnExportIsWhatIsMeasuredAtTheCheckpoint() throws IOException {
    Path out =
        trained(
            "run",
            "--model",
            "net: conv 4 3x3 pad=1 bias=no, batchnorm, relu, maxpool 2, residual(conv 4 3x3 pad=1, gelu),"
                + " flatten, head: linear");
    JsonNode own = json(run(QUANTITIES, "probe", out.toString()));
    Path file = exported(out);
    List<String> words = new ArrayList<>(List.of(DATA));
    words.addAll(List.of(QUANTITIES));
    JsonNode foreign = json(run(words.toArray(String[]::new), "probe", file.toString()));
    assertThat(own.size()).isEqualTo(3);
    own.properties()
        .forEach(
            entry -> {
              double value = entry.getValue().path("value").asDouble();
              // running statistics are rounded to float32
              assertThat(foreign.path(entry.getKey()).path("value").asDouble())
                  .as(entry.getKey())
                  .isCloseTo(value, within(1e-5 * value));
            });
  }

  /** The golden's recipe lies beside that of the other foreign checkpoints. */
  @Test
  void aNetworkOfPyTorchIsMeasuredAsPyTorchDoesWithItsCurvature() throws IOException {
    Path files = Path.of("..", "experiments", "src", "test", "resources", "foreign");
    String[] words = {
      "--dataset",
      "idx:" + files + ",classes=4",
      "--loss",
      "ce",
      "--json",
      "--normalize",
      "mean=0.25,std=0.5",
      "--quantities",
      "loss,gradient-norm,noise-strength,hessian-top:5"
    };
    JsonNode found = json(run(words, "probe", files.resolve("network.onnx").toString()));
    JsonNode expected = JsonFile.object(files.resolve("numbers.json")).path("single");
    assertThat(expected.size()).isEqualTo(found.size()).isEqualTo(4);
    expected
        .properties()
        .forEach(
            golden -> {
              JsonNode value = found.path(golden.getKey()).path("value");
              List<JsonNode> got = new ArrayList<>();
              List<JsonNode> oracle = new ArrayList<>();
              (value.isArray() ? value : List.of(value)).forEach(got::add);
              (golden.getValue().isArray() ? golden.getValue() : List.of(golden.getValue()))
                  .forEach(oracle::add);
              assertThat(got).as(golden.getKey()).hasSameSizeAs(oracle);
              for (int i = 0; i < got.size(); i++) {
                double wanted = oracle.get(i).doubleValue();
                assertThat(got.get(i).doubleValue())
                    .as(golden.getKey())
                    .isCloseTo(wanted, within(1e-4 * Math.abs(wanted)));
              }
            });
  }

  @Test
  void aRunWritesTheNetworkDownAndNeedsTheFileNoMore() throws IOException {
    Path file = exported(trained("first", "--model", "mlp:7:activation=tanh"));
    Path fresh = trained("fresh", "--model", "onnx:" + file);
    String model =
        JsonFile.MAPPER
            .readTree(fresh.resolve("manifest.json").toFile())
            .path("configuration")
            .path("model")
            .asText();
    assertThat(model).isEqualTo("net: input 784, linear 7, tanh, linear 10");
    Path begun = trained("begun", "--start-from", file.toString(), "--epochs", "0");
    Path wanted = folder.resolve("first/checkpoints/last.safetensors");
    Path got = begun.resolve("checkpoints/last.safetensors");
    assertThat(parameters(got)).isEqualTo(parameters(wanted));
    Files.delete(file);
    run(new String[0], "train", "--resume", fresh.toString());
    run(new String[0], "probe", fresh.toString(), "--quantities", "loss");
  }

  /** Exports of the parameters only, which say nothing of the steps before. */
  private String parameters(Path checkpoint) throws IOException {
    Path file = folder.resolve("parameters-" + System.identityHashCode(checkpoint) + ".npz");
    run(new String[0], "export", checkpoint.toString(), "--to", "npz", "--out", file.toString());
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  @Test
  void whatWasLeftOutIsSaidAndSamplesOfAnotherSizeAreRefused() {
    Path ended = PYTORCH.resolve("lenet-16.onnx");
    CapturedRun said = run(DATA, "probe", ended.toString(), "--quantities", "loss");
    assertThat(said.err()).contains("note: the LogSoftmax at the end is left out: cross-entropy");
    String file = PYTORCH.resolve("vgg-13.onnx").toString();
    CapturedRun wrong = CapturedRun.of("probe", file, "--dataset", "digits");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("its input is 3x16x16, a sample of the data is 1x28x28: take a data set of its");
  }

  @Test
  void theModelIsListedAndAMissingFileIsOneLine() {
    assertThat(CapturedRun.of("list", "models").out()).contains("\nonnx:FILE.onnx ");
    assertThat(CapturedRun.of("list", "formats").out()).contains("\nonnx ");
    CapturedRun none = CapturedRun.of("train", "--model", "onnx:none.onnx");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.errors()).hasSize(1);
    assertThat(none.err()).contains("none.onnx: no such file");
  }
}
