package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.DataLocation;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.train.Safetensors;
import org.noisescape.train.TrainingEvent.Outcome;

class QuantityProbeTest {
  private static final DataLocation NOWHERE = DataLocation.of(Optional.empty(), Map.of());

  @TempDir Path folder;

  @Test
  void probesLeaveTheTrajectoryAsItIs() throws IOException {
    // a rule that every probe takes
    Map<String, Object> momentum = Map.of("optimizer", "momentum:0.9");
    Path bare = train("bare", momentum, "loss:every=7");
    Path probed =
        train(
            "probed",
            momentum,
            Stream.concat(Stream.of("loss:every=7"), everyQuantity()).toArray(String[]::new));

    assertThat(parameters(probed)).isEqualTo(parameters(bare));
    List<JsonNode> with = MetricsLog.rows(probed.resolve("metrics.jsonl"));
    for (JsonNode row : MetricsLog.rows(bare.resolve("metrics.jsonl"))) {
      JsonNode same =
          with.stream()
              .filter(
                  other ->
                      other.path("step").equals(row.path("step"))
                          && other.path("replica").equals(row.path("replica")))
              .findFirst()
              .orElseThrow();
      assertThat(same.path("train_loss")).isEqualTo(row.path("train_loss"));
    }
  }

  @Test
  void replicasAreMeasuredOneByOne() throws IOException {
    Path both = train("both", Map.of(), "hessian-top:2:every=10");
    List<JsonNode> rows = MetricsLog.rows(both.resolve("metrics.jsonl"));
    // at step 0 replica 0 of two is the single run of the same seed
    Path one = train("one", Map.of("replicas", 1), "hessian-top:2:every=10");
    JsonNode alone = MetricsLog.rows(one.resolve("metrics.jsonl")).getFirst();
    assertThat(rows.get(0).path("hessian_top_1")).isEqualTo(alone.path("hessian_top_1"));
    assertThat(rows.get(1).path("hessian_top_1")).isNotEqualTo(alone.path("hessian_top_1"));
  }

  @Test
  void columnsOfAListAreNumbered() throws IOException {
    Path run = train("run", Map.of("replicas", 1), "hessian-top:2:every=10");
    List<JsonNode> rows = MetricsLog.rows(run.resolve("metrics.jsonl"));
    assertThat(rows.getFirst().fieldNames())
        .toIterable()
        .containsExactly(
            "step",
            "epoch",
            "replica",
            "seed",
            "wall_time_s",
            "hessian_top_1",
            "hessian_top_1_residual",
            "hessian_top_2",
            "hessian_top_2_residual",
            "hessian_top_converged",
            "learning_rate");
    assertThat(rows).extracting(row -> row.path("step").asInt()).containsExactly(0, 10, 20, 26);
    for (JsonNode row : rows) {
      assertThat(row.path("hessian_top_converged").asInt()).isEqualTo(1);
      assertThat(row.path("hessian_top_1").asDouble())
          .isGreaterThan(row.path("hessian_top_2").asDouble());
    }
  }

  /** P = 3985 with 400 products: forty steps of ten vectors do not resolve the cut-off. */
  @Test
  void whatDoesNotConvergeSaysSoAndTheRunGoesOn() throws IOException {
    Path run = train("run", Map.of("replicas", 1), "log-determinant:every=13");
    List<JsonNode> rows = MetricsLog.rows(run.resolve("metrics.jsonl"));
    assertThat(rows).hasSize(3);
    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.path("log_determinant_converged").asInt(-1)).isZero();
              assertThat(row.path("log_determinant").isNumber()).isTrue();
              assertThat(row.path("log_determinant_standard_error").asDouble()).isPositive();
            });
  }

  @Test
  void aRunWithProbesResumesWithThem() throws IOException {
    String[] probes = {"hessian-top:2:every=10"};
    Path whole = train("whole", Map.of(), probes);
    Path stopped = folder.resolve("stopped");
    Stopping stopping = new Stopping(NOWHERE, 150);
    TrainingResult result =
        TrainingSession.start(configuration(Map.of(), probes), stopped, stopping.next());
    while (result.outcome() == Outcome.STOPPED) {
      result = TrainingSession.resume(stopped, Map.of(), stopping.next());
    }
    assertThat(parameters(stopped)).isEqualTo(parameters(whole));
    assertThat(withoutTimes(stopped)).isEqualTo(withoutTimes(whole));
  }

  @Test
  void theMemoryOfProbesIsPartOfThePlan() {
    List<String> bare = new ArrayList<>();
    List<String> probed = new ArrayList<>();
    train("bare", bare, "loss");
    train("probed", probed, "loss", "hessian-top");
    assertThat(planned(probed)).isGreaterThan(planned(bare));
  }

  @Test
  void aDivergingRunWithProbesIsStoppedLikeAnyOther() {
    TrainingResult result =
        TrainingSession.start(
            configuration(Map.of("learning_rate", 1e30), "hessian-top:every=1"),
            folder.resolve("diverging"),
            Surroundings.quiet(NOWHERE));
    assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
  }

  @Test
  void whatCannotBeMeasuredIsSaidBeforeTheFirstStep() {
    Path run = folder.resolve("run");
    assertThatThrownBy(
            () ->
                TrainingSession.start(
                    configuration(Map.of(), "hessian-top:100000"),
                    run,
                    Surroundings.quiet(NOWHERE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hessian-top:100000: K must be at most 3985, the number of parameters, got 100000");
    assertThat(run).doesNotExist();
  }

  /** Every probe there is, often. */
  /** All but the one that is for plain SGD. */
  private static Stream<String> everyQuantity() {
    return ProbeSchedule.names().stream()
        .filter(name -> !name.equals("cabs"))
        .map(name -> name + ":every=9");
  }

  private Path train(String name, Map<String, Object> changes, String... probes) {
    Path run = folder.resolve(name);
    TrainingResult result =
        TrainingSession.start(configuration(changes, probes), run, Surroundings.quiet(NOWHERE));
    assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
    return run;
  }

  private void train(String name, List<String> details, String... probes) {
    Surroundings telling =
        new Surroundings(NOWHERE, List.of(), ProgressListener.SILENT, details::add, () -> false);
    TrainingSession.start(configuration(Map.of(), probes), folder.resolve(name), telling);
  }

  private static double planned(List<String> details) {
    String line = details.stream().filter(l -> l.startsWith("memory: ")).findFirst().orElseThrow();
    return Double.parseDouble(line.split(" ")[1]);
  }

  private static TrainConfiguration configuration(Map<String, Object> changes, String... probes) {
    return TrainConfiguration.defaults()
        .with(
            Map.of(
                "dataset",
                "digits:train=130,test=20",
                "model",
                "mlp:5",
                "batch",
                10,
                "epochs",
                2,
                "learning_rate",
                0.03,
                "replicas",
                2,
                "optimizer",
                "momentum:0.9+sgld:l3=1e-4",
                "probes",
                Stream.of(probes).map(ProbeSchedule::parse).toList()))
        .with(changes);
  }

  /** θ and the optimizer's state of the last checkpoint, without what probes keep. */
  private static Map<String, ByteBuffer> parameters(Path run) throws IOException {
    Map<String, ByteBuffer> bits = new TreeMap<>();
    Safetensors.read(run.resolve("checkpoints/last.safetensors"))
        .tensors()
        .forEach((name, tensor) -> bits.put(name, tensor.bytes().duplicate()));
    bits.keySet().removeIf(name -> name.startsWith("probe."));
    return bits;
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll(",\"(step|wall)_time_s\":[^,}]*", ""))
        .toList();
  }
}
