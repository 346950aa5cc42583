package org.noisescape.experiments.meng.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cli.CopiedFolder;
import org.noisescape.datasets.DataLocation;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainedModel;

class NoiseCovarianceTest {
  @TempDir static Path shared;
  private static Path tiny;
  private static ExperimentOutcome outcome;

  @TempDir Path folder;

  @BeforeAll
  static void run() {
    tiny = shared.resolve("run");
    outcome = experiment().run(request(tiny, Map.of()));
  }

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = tiny;

    // two steps are no minimum
    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion())
        .contains("0.99 - R^2 + t SE <= 0")
        .contains("exceeds the target (cnn 0.005)");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    assertThat(Files.readAllLines(run.resolve("tables/expansions.csv"))).hasSize(1 + 4 * 2);
    assertThat(Files.readAllLines(run.resolve("tables/coordinates.csv"))).hasSize(1 + 4 * 2 * 2);
    for (String figure : List.of("conv1", "fc2", "conv2-x30", "coordinates")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    List<String> paths = Files.readAllLines(run.resolve("tables/paths.csv"));
    // 4 layers x 2 factors x 2 seeds x 9 points
    assertThat(paths).hasSize(1 + 4 * 2 * 2 * 9);
    assertThat(paths.getFirst()).startsWith("layer,factor,seed,i,shift,distance,loss");
    assertThat(Files.readAllLines(run.resolve("tables/fits.csv"))).hasSize(1 + 4 * 2 * 2 * 7);
  }

  @Test
  void residualNetworkMovesTheConvolutionsOfItsBlocks() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome residual =
        experiment()
            .run(
                request(
                    run,
                    Map.of(
                        "panels", "resnet",
                        "resnet-dataset", "digits:train=60,test=0,only=3+5",
                        "resnet-model", "resnet18:2",
                        "resnet-steps", "2",
                        "resnet-every", "1",
                        "factors", "1")));

    assertThat(residual.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(residual.measurements())
        .extracting(NamedMeasurement::name)
        .contains(
            "resnet layer1.0.conv1 least R^2 of the quadratic",
            "resnet layer1.1.conv1 least R^2 of the quadratic");
    assertThat(run.resolve("figures/resnet-layer1-1-conv1.svg")).isNotEmptyFile();
    assertThat(run.resolve("paths-resnet/seed-0-layer1.0.conv1-x1.0.json")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/paths.csv"))).hasSize(1 + 2 * 9);
  }

  @Test
  void interruptedRunMeasuresOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    Path run = folder.resolve("run");
    CopiedFolder.of(tiny, run);
    byte[] kept = Files.readAllBytes(run.resolve("paths/seed-0-conv1-x1.0.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("paths/seed-1-conv2-x1.0.json"));

    assertThat(experiment().run(request(run, Map.of()))).isEqualTo(outcome);
    assertThat(run.resolve("paths/seed-0-conv1-x1.0.json")).hasBinaryContent(kept);
  }

  @Test
  void shiftOfTheLastLayerLeavesTheNoiseOfCrossEntropyAlone() {
    TrainedModel model =
        TrainedModel.open(
            RunDirectory.checkpointOf(tiny.resolve("descent"), 2), Map.of(), data -> noData());
    LayerSlice last = LayerSlice.of(model.network()).getLast();

    try (NoiseField field = new NoiseField(model, () -> false)) {
      CovariancePath path =
          CovariancePath.measure(field, model.state().theta(1), last, 1, 1e-2, 1, 3);
      assertThat(path.points()).hasSize(7);
      // softmax does not see a number added to all outputs
      for (double relative : path.relativeNoise()) {
        assertThat(relative).isCloseTo(1, within(1e-12));
      }
      assertThat(
              PathFit.of(
                      CovariancePath.measure(field, model.state().theta(1), last, 1, 1e-2, 1, 10))
                  .varies())
          .isFalse();
    }
  }

  @Test
  void layersCoverTheParametersInOrder() {
    Network network = ModelZoo.build("meng-cnn:literal", new int[] {1, 28, 28}, 10);

    List<LayerSlice> layers = LayerSlice.of(network);

    assertThat(layers)
        .containsExactly(
            new LayerSlice("conv1", 0, 260),
            new LayerSlice("conv2", 260, 2510),
            new LayerSlice("fc1", 2770, 8050),
            new LayerSlice("fc2", 10820, 510));
    double[] moved = layers.get(1).shifted(new double[network.parameterCount()], 0.5);
    assertThat(moved[259]).isZero();
    assertThat(moved[260]).isEqualTo(0.5);
    assertThat(moved[2769]).isEqualTo(0.5);
    assertThat(moved[2770]).isZero();
  }

  @Test
  void firstLossAtTheTargetIsTheMinimum() throws IOException {
    Path stage = Files.createDirectories(folder.resolve("stage"));
    Files.writeString(
        stage.resolve("metrics.jsonl"),
        """
        {"step":0,"replica":0,"train_loss":2.3,"train_accuracy":0.1}
        {"step":10,"replica":0,"train_loss":0.5,"train_accuracy":0.9}
        {"step":20,"replica":0,"train_loss":0.009,"train_accuracy":1}
        {"step":30,"replica":0,"train_loss":0.02,"train_accuracy":1}
        """);

    assertThat(Minimum.find(stage, 1, 0.01)).containsExactly(new Minimum(0, 20, 0.009, 1, true));
    assertThat(Minimum.find(stage, 1, 0.001)).containsExactly(new Minimum(0, 30, 0.02, 1, false));
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("model", "mlp:3"))))
        .withMessageContaining("mlp:3 has the layers fc1,fc2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("factors", "1,1"))))
        .withMessageContaining("--set factors=1,1: must be different numbers > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("subset", "41"))))
        .withMessageContaining("subset must be between 1 and the 40 samples");
    assertThat(run).doesNotExist();
  }

  @Test
  void paperHasTheSizesOfTheText() {
    assertThat(experiment().defaults(Preset.PAPER))
        .containsEntry("dataset", "fashion-mnist")
        .containsEntry("subset", "1000")
        .containsEntry("lr", "0.1")
        .containsEntry("target-loss", "0.001")
        .containsEntry("points", "10")
        .containsEntry("conv1-scale", "0.001")
        .containsEntry("conv2-scale", "0.0001")
        .containsEntry("resnet-model", "resnet18")
        .containsEntry("resnet-lr", "0.001")
        .containsEntry("resnet-steps", "10000")
        .containsEntry("resnet-scale", "0.0001");
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("meng/noise-covariance");
  }

  private static DataLocation noData() {
    return DataLocation.of(Optional.empty(), Map.of());
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=40,test=0");
    settings.put("steps", "2");
    settings.put("every", "1");
    settings.put("seeds", "2");
    settings.put("points", "4");
    settings.put("coordinates", "2");
    settings.put("panels", "cnn");
    settings.putAll(changed);
    if (!settings.containsKey("subset")) {
      settings.put("subset", "40");
    }
    return Requests.quick(run, settings).build();
  }
}
