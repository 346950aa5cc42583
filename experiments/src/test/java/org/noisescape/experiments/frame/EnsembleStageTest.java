package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.files.WrongFile;
import org.noisescape.optim.Optimizers;
import org.noisescape.runs.ProgressListener;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;

/** Ensembles of experiments: stopped, continued, read back. */
class EnsembleStageTest {
  private static final EnsembleStage STAGE =
      new EnsembleStage("replicas", new EnsembleSchedule(200, 10, 0));

  @TempDir private Path folder;

  private static ReplicaProgram program() {
    Quadratic landscape = Quadratic.diagonal(1, 0.5);
    return LandscapePlan.of(landscape, DiagonalNoise.white(1))
        .rules(Optimizers.parse("momentum:0.5"))
        .learningRate(0.1)
        .start(0, 0)
        .detecting(0.3, 0.8)
        .seed(3)
        .replicas(6)
        .build()
        .program(1);
  }

  private ExperimentRequest request(BooleanSupplier stop, List<String> notes) {
    ProgressListener progress = (step, steps, note) -> notes.add(note);
    return Requests.quick(folder, Map.of()).engine("host").progress(progress).stop(stop).build();
  }

  @Test
  void aStoppedEnsembleGoesOnAsIfItHadNotBeenStopped() {
    List<String> notes = new ArrayList<>();
    EnsembleStage.Result whole =
        STAGE.run(
            folder.resolve("whole.safetensors"),
            program(),
            request(() -> false, notes),
            EnsembleStage.Reduction.theta());
    assertThat(whole.complete()).isTrue();
    assertThat(whole.state().passages()).contains(-1);
    assertThat(notes.getLast()).matches("\\d of 6 passed");
    Path file = folder.resolve("stopped.safetensors");
    int[] asked = {0};
    EnsembleStage.Result stopped =
        STAGE.run(
            file,
            program(),
            request(() -> ++asked[0] == 5, notes),
            EnsembleStage.Reduction.theta());
    assertThat(stopped.complete()).isFalse();
    assertThat(stopped.state().step()).isBetween(1L, 199L);
    EnsembleStage.Result rest =
        STAGE.run(file, program(), request(() -> false, notes), EnsembleStage.Reduction.theta());
    assertThat(rest.complete()).isTrue();
    assertThat(rest.state().theta()).isEqualTo(whole.state().theta());
    assertThat(rest.state().passages()).isEqualTo(whole.state().passages());
    assertThat(rest.snapshots()).hasSameSizeAs(whole.snapshots());
    for (int i = 0; i < rest.snapshots().size(); i++) {
      assertThat(rest.snapshots().get(i)).isEqualTo(whole.snapshots().get(i));
    }
  }

  @Test
  void aStoppedRampGoesOnWithTheLearningRateOfItsStep() {
    EnsembleStage ramp =
        new EnsembleStage(
            "ramp", new EnsembleSchedule(200, 10, 0).ramped(new RateRamp(0.01, 1.1, 10)));
    List<String> notes = new ArrayList<>();
    EnsembleStage.Result whole =
        ramp.run(
            folder.resolve("whole.safetensors"),
            program(),
            request(() -> false, notes),
            EnsembleStage.Reduction.theta());
    int[] asked = {0};
    Path file = folder.resolve("stopped.safetensors");
    EnsembleStage.Result stopped =
        ramp.run(
            file,
            program(),
            request(() -> ++asked[0] == 8, notes),
            EnsembleStage.Reduction.theta());
    assertThat(stopped.complete()).isFalse();
    assertThat(stopped.state().step()).isBetween(11L, 199L);
    EnsembleStage.Result rest =
        ramp.run(file, program(), request(() -> false, notes), EnsembleStage.Reduction.theta());
    assertThat(rest.state().theta()).isEqualTo(whole.state().theta());
    assertThat(rest.state().passages()).isEqualTo(whole.state().passages());
  }

  @Test
  void aFileOfAnotherPartIsRefusedByName() throws IOException {
    Path file = folder.resolve("a.safetensors");
    ExperimentRequest request = request(() -> false, new ArrayList<>());
    new EnsembleStage("B = 1", new EnsembleSchedule(50, 0, 0))
        .run(file, program(), request, EnsembleStage.Reduction.theta());
    EnsembleStage other = new EnsembleStage("B = 10", new EnsembleSchedule(50, 0, 0));
    assertThatThrownBy(() -> other.run(file, program(), request, EnsembleStage.Reduction.theta()))
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining("is 'a.safetensors: B = 1' of , not 'a.safetensors: B = 10'");
    EnsembleStage shorter = new EnsembleStage("B = 1", new EnsembleSchedule(20, 0, 0));
    assertThatThrownBy(() -> shorter.run(file, program(), request, EnsembleStage.Reduction.theta()))
        .hasMessageContaining("step must be a whole number from 0 to 20, got 50");
    Safetensors good = Safetensors.read(file);
    for (String lost : List.of("theta", "passages", "values", "snapshots", "rule.0")) {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>(good.tensors());
      tensors.remove(lost);
      new Safetensors(good.metadata(), tensors).write(file);
      assertThatThrownBy(
              () ->
                  new EnsembleStage("B = 1", STAGE.schedule())
                      .run(file, program(), request, EnsembleStage.Reduction.theta()))
          .as(lost)
          .isInstanceOf(WrongFile.class)
          .hasMessageStartingWith(file + ": ");
    }
    for (String key : List.of("step", "done", "part")) {
      Map<String, String> metadata = new LinkedHashMap<>(good.metadata());
      metadata.put(key, "?");
      new Safetensors(metadata, good.tensors()).write(file);
      assertThatThrownBy(
              () ->
                  new EnsembleStage("B = 1", STAGE.schedule())
                      .run(file, program(), request, EnsembleStage.Reduction.theta()))
          .as(key)
          .isInstanceOf(WrongFile.class);
    }
  }

  @Test
  void equalEnsemblesAreEqualFilesByteForByte() throws IOException {
    // all replicas come to rest, and whether that is noticed late depends on the time it took
    EnsembleStage stage = new EnsembleStage("rest", new EnsembleSchedule(1_000_000, 0, 0));
    byte[] first = null;
    for (int i = 0; i < 3; i++) {
      Path file = folder.resolve("run" + i).resolve("a.safetensors");
      EnsembleStage.Result result =
          stage.run(
              file,
              program(),
              request(() -> false, new ArrayList<>()),
              EnsembleStage.Reduction.theta());
      assertThat(result.state().passages()).doesNotContain(-1);
      byte[] bytes = Files.readAllBytes(file);
      first = first == null ? bytes : first;
      assertThat(bytes).isEqualTo(first);
    }
  }

  @Test
  void anEnsembleThatHasSeenEnoughIsCompleteAndReadBack() {
    List<String> notes = new ArrayList<>();
    Path file = folder.resolve("a.safetensors");
    EnsembleStage.Reduction step = (k, theta) -> new double[] {k};
    EnsembleStage.Enough enough = snapshots -> snapshots.size() >= 4;
    EnsembleStage.Result result =
        STAGE.run(file, program(), request(() -> false, notes), step, enough);
    assertThat(result.complete()).isTrue();
    assertThat(result.state().step()).isBetween(30L, 199L);
    notes.clear();
    EnsembleStage.Result again =
        STAGE.run(file, program(), request(() -> false, notes), step, enough);
    assertThat(notes).isEmpty();
    assertThat(again.complete()).isTrue();
    assertThat(again.state().step()).isEqualTo(result.state().step());
  }

  @Test
  void aFinishedEnsembleIsReadBack() {
    List<String> notes = new ArrayList<>();
    Path file = folder.resolve("a.safetensors");
    EnsembleStage.Result first =
        STAGE.run(
            file,
            program(),
            request(() -> false, notes),
            (step, theta) -> new double[] {step, theta[0]});
    notes.clear();
    EnsembleStage.Result again =
        STAGE.run(
            file,
            program(),
            request(() -> false, notes),
            (step, theta) -> new double[] {step, theta[0]});
    assertThat(notes).isEmpty();
    assertThat(again.complete()).isTrue();
    assertThat(again.snapshots()).hasSize(21);
    assertThat(again.snapshots().getLast()).isEqualTo(first.snapshots().getLast());
    assertThat(again.snapshots().get(3)[0]).isEqualTo(30);
    assertThat(again.state().values()).isEqualTo(first.state().values());
  }
}
