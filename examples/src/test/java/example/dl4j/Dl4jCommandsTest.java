package example.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.noisescape.cli.CapturedRun;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.DatasetSource;
import org.noisescape.datasets.TargetMap;
import org.noisescape.dl4j.Dl4jData;
import org.noisescape.dl4j.ListenerSettings;
import org.noisescape.dl4j.NoiseListener;
import org.noisescape.dl4j.NoiseReading;
import org.noisescape.files.JsonFile;
import org.noisescape.objective.SampleSource;

/** Networks of DL4J are measured, begun with and given back by the command line. */
class Dl4jCommandsTest {
  private static final String DIGITS = "digits:train=30,test=10";
  private static final String[] DATA = {"--dataset", DIGITS, "--loss", "ce"};
  private static final String[] QUANTITIES = {
    "--quantities", "loss,gradient-norm,noise-strength", "--json"
  };

  @TempDir private Path folder;

  private static CapturedRun run(String[] common, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(common));
    CapturedRun run = CapturedRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static String[] joined(String[] first, String... second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray(String[]::new);
  }

  private static JsonNode json(CapturedRun run) throws IOException {
    return JsonFile.MAPPER.readTree(run.out());
  }

  private static SampleSource digits() {
    DataLocation none = DataLocation.of(Optional.empty(), Map.of());
    return new DatasetSource(Catalogue.load(DIGITS, none).train(), TargetMap.ONE_HOT);
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .list()
                .layer(
                    new ConvolutionLayer.Builder(4, 4)
                        .nOut(3)
                        .stride(4, 4)
                        .activation(Activation.TANH)
                        .build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(10)
                        .build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    network.init();
    return network;
  }

  @Test
  void aProbeOfTheFileSaysWhatTheListenerSaidWhileDl4jTrained() throws IOException {
    MultiLayerNetwork network = network();
    NoiseReading reading;
    try (NoiseListener listener =
        new NoiseListener(digits(), ListenerSettings.every(5).withEigenvalues(2).withThreads(1))) {
      network.setListeners(listener);
      network.fit(Dl4jData.iterator(digits(), 5).flat());
      assertThat(listener.readings()).hasSize(2);
      reading = listener.readings().getLast();
    }
    // iterations 0 to 5: the parameters are still those of the last one
    assertThat(reading.iteration()).isEqualTo(5);
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    CapturedRun probe =
        run(
            joined(DATA, "--json", "--precision", "float64", "--threads", "1"),
            "probe",
            file.toString(),
            "--quantities",
            "loss,gradient-norm,noise-strength,hessian-top:2");
    assertThat(probe.err())
        .contains("note: the softmax at the end is left out")
        .doesNotContain("WARN");
    JsonNode found = json(probe);
    assertThat(value(found, "loss")).isCloseTo(reading.loss(), within(1e-9));
    assertThat(value(found, "gradient_norm"))
        .isCloseTo(reading.gradientNorm(), within(1e-8 * reading.gradientNorm()));
    assertThat(value(found, "noise_strength"))
        .isCloseTo(reading.noiseStrength(), within(1e-8 * reading.noiseStrength()));
    JsonNode top = found.path("hessian_top").path("value");
    for (int i = 0; i < 2; i++) {
      assertThat(top.get(i).doubleValue())
          .isCloseTo(reading.eigenvalues()[i], within(1e-6 * reading.eigenvalues()[0]));
    }
  }

  private static double value(JsonNode found, String quantity) {
    return found.path(quantity).path("value").doubleValue();
  }

  @Test
  void whatIsMeasuredAtAnExportIsWhatIsMeasuredAtTheCheckpoint() throws IOException {
    Path out = folder.resolve("run");
    run(
        joined(DATA, "--out", out.toString(), "--batch", "20", "--epochs", "1", "--threads", "1"),
        "train",
        "--model",
        "net: conv 4 3x3 pad=1 bias=no, batchnorm, relu, maxpool 2, residual(conv 4 3x3 pad=1),"
            + " flatten, head: linear");
    JsonNode own = json(run(QUANTITIES, "probe", out.toString()));
    Path file = folder.resolve("exported.zip");
    run(new String[0], "export", out.toString(), "--to", "dl4j", "--out", file.toString());
    JsonNode foreign = json(run(joined(DATA, QUANTITIES), "probe", file.toString()));
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
    assertThat(ModelSerializer.restoreComputationGraph(file.toFile()).numParams())
        .isEqualTo(4 * 9 + 4 * 4 + 4 * 4 * 9 + 4 + 4 * 14 * 14 * 10 + 10);
  }

  @Test
  void aRunBeginsWithTheFileAndNeedsItNoMore() throws IOException {
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network(), file.toFile(), false);
    Path begun = folder.resolve("begun");
    String[] rest = {"--out", begun.toString(), "--batch", "20", "--epochs", "1", "--threads", "1"};
    run(joined(DATA, rest), "train", "--start-from", file.toString());
    String model =
        JsonFile.MAPPER
            .readTree(begun.resolve("manifest.json").toFile())
            .path("configuration")
            .path("model")
            .asText();
    assertThat(model)
        .isEqualTo(
            "net: input 1x28x28, layer0: conv 3 4x4 stride=4, tanh, layer1: batchnorm, flatten,"
                + " layer2: linear 8, relu, layer3: linear 10");
    Files.delete(file);
    run(new String[0], "probe", begun.toString(), "--quantities", "loss");
  }

  @Test
  void modelAndFormatAreListedAndAMissingFileIsOneLine() {
    assertThat(CapturedRun.of("list", "models").out()).contains("\ndl4j:FILE.zip ");
    assertThat(CapturedRun.of("list", "formats").out()).contains("\ndl4j ");
    CapturedRun none = CapturedRun.of("train", "--model", "dl4j:none.zip");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.errors()).hasSize(1);
    assertThat(none.err()).contains("none.zip: no such file");
  }
}
