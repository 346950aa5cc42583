package org.noisescape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.files.WrongFile;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Dense;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.ArraySource;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.HeavyBall;
import org.noisescape.optim.Optimizers;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.StateProbe;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.Vectors;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Interval;
import org.noisescape.train.Measurement;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.TrainingEvent.Progress;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;
import org.noisescape.train.Version;

/** The way in for programs goes the way of the parts it is made of. */
class TrainingTest {
  private static final int SAMPLES = 60;

  @TempDir private Path folder;

  private static SampleSource samples(long seed) {
    double[] x = Vectors.normals(seed, SAMPLES * 5);
    float[] features = new float[x.length];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < x.length; i++) {
      features[i] = (float) x[i];
    }
    for (int n = 0; n < SAMPLES; n++) {
      labels[n] = features[5 * n] > 0 ? 1 : features[5 * n + 1] > 0 ? 2 : 0;
    }
    return ArraySource.ofLabels(new int[] {5, 1, 1}, 3, features, labels);
  }

  private static Training training() {
    return Training.of("mlp:4", samples(1))
        .test(Optional.of(samples(2)))
        .loss("ce")
        .optimizer("momentum:0.9")
        .schedule("cosine")
        .learningRate(0.1)
        .batch(10)
        .epochs(4)
        .seed(7)
        .engine("host")
        .threads(1);
  }

  @Test
  void itTrainsAsTheTrainerDoes() {
    TrainingPlan plan =
        TrainingPlan.of(ModelZoo.build("mlp:4", new int[] {5, 1, 1}, 3), Losses.parse("ce"))
            .rules(Optimizers.parse("momentum:0.9"))
            .schedules(org.noisescape.optim.RunSchedules.parse("cosine"))
            .learningRate(0.1)
            .batch(10)
            .epochs(4)
            .seed(7)
            .build();
    double[] theta;
    try (Engine engine = Engines.open("host", 1);
        Trainer trainer = new Trainer(engine, TrainingSetup.of(plan, samples(1)))) {
      trainer.run();
      theta = trainer.state().theta();
    }
    Trained trained = training().run();
    assertThat(trained.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(trained.theta(0)).isEqualTo(theta);
    assertThat(trained.state().step()).isEqualTo(24);
    assertThat(training().optimizer(new HeavyBall(0.9)).run().theta(0)).isEqualTo(theta);
    assertThat(training().seed(8).run().theta(0)).isNotEqualTo(theta);
  }

  @Test
  void whatIsMeasuredOnTheWayIsThereAndMeasuredAgainAtTheEnd() {
    Trained trained =
        training()
            .measure("noise:every=2epoch")
            .measure("hessian-top:2")
            .measure(
                site -> (theta, views) -> List.of(Map.of("own", 3.0), Map.of("own", 4.0)),
                Interval.parse("7"))
            .replicas(2)
            .precision(Precision.FLOAT64)
            .run();
    List<Measurement> lines = trained.measurements();
    assertThat(lines).extracting(Measurement::replica).contains(0, 1);
    assertThat(lines.stream().filter(line -> line.values().containsKey("own")))
        .extracting(Measurement::step)
        .containsExactly(0L, 0L, 7L, 7L, 14L, 14L, 21L, 21L, 24L, 24L);
    assertThat(lines.stream().filter(line -> line.values().containsKey("noise_strength")))
        .extracting(Measurement::epoch)
        .containsExactly(0.0, 0.0, 2.0, 2.0, 4.0, 4.0);
    Finding noise = trained.measure("noise-strength");
    assertThat(noise.value()).isEqualTo(trained.last("noise_strength").getAsDouble());
    Finding top = trained.measure("hessian-top:2");
    assertThat(top.converged()).isTrue();
    assertThat(top.values().get(1))
        .isCloseTo(
            trained.last("hessian_top_2").getAsDouble(),
            org.assertj.core.data.Offset.offset(1e-5 * top.values().get(0)));
    List<StateProbe.Result> all = trained.measure(List.of("loss", "test-loss"));
    assertThat(all).hasSize(2).allMatch(result -> result.replicas().size() == 2);
    assertThat(trained.last("nothing")).isEmpty();
  }

  /** 𝒩 of the state is that of a pass by the parts. */
  @Test
  void aQuantityIsThatOfThePass() {
    Trained trained = training().precision(Precision.FLOAT64).run();
    try (Engine engine = Engines.open("host", 1);
        Arena arena = engine.arena()) {
      Network network = trained.network();
      ResidentData data =
          new ResidentData(samples(1), network, Losses.parse("ce"), DType.FLOAT64, arena);
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients());
      Tensor theta = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      Tensor gradient = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      arena.commit();
      engine.memory().write(theta, trained.theta(0));
      GradientNoise noise = risk.noise(network.view(theta), network.view(gradient), gradient)[0];
      assertThat(trained.measure("noise-strength").value()).isEqualTo(noise.noiseStrength());
    }
  }

  @Test
  void anInterruptedTrainingGoesOnBitForBit() {
    Path file = folder.resolve("run.safetensors");
    double[] whole = training().run().theta(0);
    AtomicLong step = new AtomicLong();
    Trained half =
        training()
            .checkpoints(file, Interval.parse("6"))
            .listener(
                event -> {
                  if (event instanceof Progress progress) {
                    step.set(progress.step());
                  }
                })
            .stoppedBy(() -> step.get() >= 12)
            .run();
    assertThat(half.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(half.state().step()).isEqualTo(12);
    Trained rest = training().resume(file).run();
    assertThat(rest.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(rest.theta(0)).isEqualTo(whole);
  }

  @Test
  void theManifestSaysWhatItTakesToRepeatTheRun() {
    Path file = folder.resolve("run.safetensors");
    Trained trained = training().optimizer(new HeavyBall(0.5)).run();
    trained.save(file);
    ObjectNode manifest = (ObjectNode) Checkpoint.sidecar(file).get("manifest");
    ObjectNode plan = (ObjectNode) manifest.get("plan");
    assertThat(plan.get("model").asText()).isEqualTo("mlp:4");
    assertThat(plan.get("rules").asText()).isEqualTo("momentum:0.5");
    assertThat(plan.get("schedule").asText()).isEqualTo("cosine");
    assertThat(plan.get("seed").asLong()).isEqualTo(7);
    assertThat(manifest.get("engine").get("name").asText()).isEqualTo("host");
    assertThat(manifest.get("engine").get("threads").asInt()).isEqualTo(1);
    assertThat(manifest.get("java").get("version").asText()).startsWith("2");
    assertThat(manifest.get("data").get("train").asText())
        .startsWith("60 samples of 5x1x1 with 3 targets, sha256:")
        .isNotEqualTo(manifest.get("data").get("test").asText());
    assertThat(Checkpoint.read(file, trained.network()).state().theta())
        .isEqualTo(trained.theta(0));
  }

  @Test
  void anotherTrainingIsNotContinued() {
    Path file = folder.resolve("run.safetensors");
    training().run().save(file);
    assertThatThrownBy(() -> training().batch(20).resume(file).run())
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining("it is of another training: batch was 10, is 20: resume the same");
    assertThatThrownBy(
            () ->
                Training.of("mlp:4", samples(3))
                    .test(Optional.of(samples(2)))
                    .loss("ce")
                    .optimizer("momentum:0.9")
                    .schedule("cosine")
                    .learningRate(0.1)
                    .batch(10)
                    .epochs(4)
                    .seed(7)
                    .resume(file)
                    .run())
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining("data train was 60 samples of 5x1x1 with 3 targets, sha256:");
  }

  @Test
  void aCheckpointOfANewerProgramIsRefused() throws IOException {
    Path file = folder.resolve("run.safetensors");
    training().run().save(file);
    Path sidecar = Checkpoint.sidecarOf(file);
    String newer =
        Files.readString(sidecar)
            .replaceFirst("\"noisescape\" : \"[^\"]*\"", "\"noisescape\" : \"987.0.0\"");
    Files.writeString(sidecar, newer);
    assertThat(newer).contains("987.0.0");
    assumeTrue(!Version.current().number().equals("unknown"), "built without its version");
    assertThatThrownBy(() -> training().resume(file).run())
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining("written by noisescape 987.0.0");
  }

  @Test
  void aDivergedTrainingSaysSo() {
    Trained trained = training().loss("mse").learningRate(1e9).run();
    assertThat(trained.outcome()).isEqualTo(Outcome.DIVERGED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trained.measure("loss"))
        .withMessageContaining("parameter")
        .withMessageContaining("the run diverged");
  }

  @Test
  void whatIsMissingOrWrongIsOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.of("mlp:4", samples(1)).batch(5).epochs(1).run())
        .withMessage("the learning rate must be a number > 0, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training().measure("hessian-topp:2"))
        .withMessageContaining("did you mean 'hessian-top:2'?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training().test(Optional.empty()).run().measure("test-loss"))
        .withMessage("the parameters: there are no test samples: leave out test-loss");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training().run().measure("validation-loss"))
        .withMessageContaining("no samples were held out");
  }

  @Test
  void aProbeThatForgetsAReplicaIsRefused() {
    Training forgetting =
        training()
            .replicas(2)
            .measure(site -> (theta, views) -> List.of(Map.of("own", 3.0)), Interval.EPOCH);
    assertThatThrownBy(forgetting::run).hasMessageContaining("gave 1 maps for 2 replicas");
  }

  @Test
  void layersMakeANetwork() {
    Network flat = Network.ofFeatures(new int[] {1, 2, 3}, new Dense(4), new Dense(2));
    assertThat(flat.inputShape()).containsExactly(6);
    assertThat(flat.name()).isEqualTo("Dense[outputs=4], Dense[outputs=2]");
    assertThat(flat.parameterCount()).isEqualTo(6 * 4 + 4 + 4 * 2 + 2);
    Network images =
        Network.ofImages(new int[] {3, 8, 6}, new org.noisescape.nn.Flatten(), new Dense(1));
    assertThat(images.inputShape()).containsExactly(8, 6, 3);
    assertThat(images.parameterCount()).isEqualTo(3 * 8 * 6 + 1);
  }
}
