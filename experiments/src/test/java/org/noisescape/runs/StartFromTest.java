package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.JsonFile;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.train.Checkpoint;

class StartFromTest {
  private static final Surroundings QUIET =
      Surroundings.quiet(DataLocation.of(Optional.empty(), Map.of()));
  private static final Network NETWORK = ModelZoo.build("mlp:5", new int[] {1, 7, 7}, 10);

  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path first;

  @BeforeAll
  static void trainTheFirstRun() {
    Path run = shared.resolve("first");
    TrainingSession.start(configuration(Map.of()), run, QUIET);
    first = run.resolve("checkpoints/last.safetensors");
  }

  @Test
  void fullBatchDescentGoesOnAsIfThereHadBeenNoBreak() throws IOException {
    // with B = N a step depends on nothing but θ, up to the order in which samples are summed
    Map<String, Object> whole = Map.of("batch", 21, "epochs", 6, "precision", "float64");
    Map<String, Object> half = Map.of("batch", 21, "epochs", 3, "precision", "float64");
    double[] expected = theta(train("whole", whole));
    Path begun = train("begun", half);

    double[] continued = theta(train("continued", with(half, begun)));

    for (int i = 0; i < expected.length; i++) {
      assertThat(continued[i]).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(expected).isNotEqualTo(theta(begun));
  }

  @Test
  void theRunCountsFromStepZeroWithFreshOptimizerState() throws IOException {
    Path momentum = train("momentum", Map.of("optimizer", "momentum:0.9"));
    assertThat(Checkpoint.read(momentum, NETWORK).state().optimizer()).hasSize(1);

    // steps too small to move θ: what the run began with is what it ends with
    Path last =
        train("still", with(Map.of("epochs", 1, "learning_rate", Double.MIN_VALUE), momentum));

    Checkpoint.Contents contents = Checkpoint.read(last, NETWORK);
    assertThat(contents.state().theta()).containsExactly(theta(momentum));
    assertThat(contents.state().step()).isEqualTo(4);
    assertThat(contents.state().optimizer()).isEmpty();
  }

  @Test
  void everyReplicaBeginsWithTheOnlyOneOfACheckpoint() throws IOException {
    Path last =
        train(
            "replicas",
            with(Map.of("epochs", 1, "learning_rate", Double.MIN_VALUE, "replicas", 3), first));

    double[] theta = theta(last);
    int parameters = NETWORK.parameterCount();
    for (int r = 0; r < 3; r++) {
      assertThat(Arrays.copyOfRange(theta, r * parameters, (r + 1) * parameters))
          .containsExactly(theta(first));
    }
    assertThatThrownBy(() -> train("two", with(Map.of("replicas", 2), last)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has 3 replicas, the run 2");
  }

  @Test
  void anInterruptedRunEndsAsAnUninterruptedOne() throws IOException {
    Path whole = train("whole", with(Map.of(), first));
    Surroundings stopping =
        new Surroundings(QUIET.data(), List.of(), ProgressListener.SILENT, l -> {}, () -> true);
    for (boolean checkpointed : List.of(true, false)) {
      Path run = folder.resolve("interrupted-" + checkpointed);
      Path own = Files.copy(first, folder.resolve("own-" + checkpointed + ".safetensors"));
      TrainingSession.start(configuration(with(Map.of(), own)), run, stopping);
      // a run with a checkpoint of its own needs the first one no more, another finds it elsewhere
      Path moved = Files.move(own, folder.resolve("moved-" + checkpointed + ".safetensors"));
      if (!checkpointed) {
        Files.delete(run.resolve("checkpoints/last.safetensors"));
      }
      TrainingSession.resume(
          run, checkpointed ? Map.of() : Map.of("start_from", moved.toString()), QUIET);

      assertThat(theta(run.resolve("checkpoints/last.safetensors"))).containsExactly(theta(whole));
    }
  }

  @Test
  void theDigestIsRecordedAndAnotherFileIsRefused() throws IOException {
    Path own = Files.copy(first, folder.resolve("own.safetensors"));
    Path run = train("run", with(Map.of(), own)).getParent().getParent();
    assertThat(JsonFile.read(run.resolve("manifest.json")).path("start_from").asText())
        .isEqualTo(Digest.sha256(Files.readAllBytes(first)).toString());
    assertThat(JsonFile.read(run.resolve("manifest.json")).at("/configuration/start_from").asText())
        .isEqualTo(own.toString());
    Files.delete(run.resolve("checkpoints/last.safetensors"));
    Files.copy(train("other", Map.of("epochs", 1)), own, StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> TrainingSession.resume(run, Map.of(), QUIET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be resumed: " + own + " was sha256:")
        .hasMessageContaining("--start-from");
  }

  @Test
  void anotherModelOrNoFileIsOneLineAndLeavesNothing() {
    assertThatThrownBy(() -> train("run", with(Map.of("model", "mlp:6"), first)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            first + ": tensor '0.weight' of model mlp:6 must have shape [6, 49], got [5, 49]");
    assertThatThrownBy(() -> train("run", with(Map.of(), folder.resolve("none.safetensors"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.safetensors: no such file");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private Path train(String name, Map<String, Object> values) {
    Path run = folder.resolve(name);
    TrainingSession.start(configuration(values), run, QUIET);
    return run.resolve("checkpoints/last.safetensors");
  }

  private static double[] theta(Path checkpoint) throws IOException {
    return Checkpoint.read(checkpoint, NETWORK).state().theta();
  }

  private static Map<String, Object> with(Map<String, Object> values, Path start) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("start_from", start.toString());
    return all;
  }

  /** Four steps an epoch on 21 digits of 7 x 7 pixels. */
  private static TrainConfiguration configuration(Map<String, Object> values) {
    return TrainConfiguration.defaults()
        .with(
            Map.of(
                "dataset",
                "digits:train=21,test=0,size=7",
                "model",
                "mlp:5",
                "loss",
                "ce:0.1",
                "learning_rate",
                0.1,
                "batch",
                5,
                "epochs",
                30,
                "checkpoint_every",
                "10epoch",
                "threads",
                1))
        .with(values);
  }
}
