package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;

class CheckpointTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1|FLOAT32|mlp:5", "1|FLOAT64|mlp:5", "3|FLOAT32|mlp:7,3", "2|FLOAT64|meng-cnn"})
  void aStateComesBackBitForBit(int replicas, DType dtype, String model) throws IOException {
    Network network = ModelZoo.build(model, new int[] {1, 17, 19}, 3);
    double[] theta = vector(network, replicas, dtype, 1);
    double[] momentum = vector(network, replicas, dtype, 2);
    Path file = folder.resolve("last.safetensors");
    double[] first = new double[replicas];
    Arrays.fill(first, 0.1 + 0.2);
    TrainingState state =
        new TrainingState(123, 1.25, theta, List.of(momentum)).watched(List.of(), first);

    Checkpoint.write(file, state, network, replicas, dtype, Map.of("model", model));
    Checkpoint.Contents read = Checkpoint.read(file, network);

    assertThat(read.replicas()).isEqualTo(replicas);
    assertThat(read.dtype()).isEqualTo(dtype);
    assertThat(read.state().step()).isEqualTo(123);
    assertThat(read.state().epoch()).isEqualTo(1.25);
    assertThat(read.state().theta()).isEqualTo(theta);
    assertThat(read.state().firstLosses()).isEqualTo(first);
    assertThat(read.state().optimizer()).hasSize(1);
    assertThat(read.state().optimizer().getFirst()).isEqualTo(momentum);
    assertThat(Checkpoint.sidecar(file).path("model").asText()).isEqualTo(model);
    assertThat(Checkpoint.sidecar(file).path("step").asLong()).isEqualTo(123);
  }

  @Test
  void runningStatisticsComeBackUnderTheNamesOfPyTorch() throws IOException {
    Network network = ModelZoo.build("resnet18:1", new int[] {3, 8, 8}, 2);
    int replicas = 2;
    double[] theta = vector(network, replicas, DType.FLOAT32, 1);
    double[] statistics = network.initialRunningStatistics(replicas);
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] += 1 / (3.0 + i);
    }
    Path file = folder.resolve("last.safetensors");
    TrainingState state = new TrainingState(7, 1, theta, statistics, List.of(), List.of());

    Checkpoint.write(file, state, network, replicas, DType.FLOAT32, Map.of());

    Map<String, StoredTensor> tensors = Safetensors.read(file).tensors();
    assertThat(tensors)
        .containsKeys("bn1.running_mean", "layer2.0.downsample.1.running_var")
        .hasSize(network.parameters().size() + network.runningStatistics().size());
    assertThat(tensors.get("layer4.0.bn1.running_var").shape()).containsExactly(replicas, 8);
    Checkpoint.Contents read = Checkpoint.read(file, network);
    // float64 whatever the precision of the run
    assertThat(read.state().statistics()).containsExactly(statistics);
    assertThat(read.state().theta()).isEqualTo(theta);
  }

  @Test
  void counterOfBatchesOfPyTorchIsIgnored() throws IOException {
    Network network = ModelZoo.build("resnet18:1", new int[] {3, 8, 8}, 2);
    Path file = folder.resolve("last.safetensors");
    double[] theta = vector(network, 1, DType.FLOAT32, 1);
    double[] statistics = network.initialRunningStatistics(1);
    Checkpoint.write(
        file,
        new TrainingState(0, 0, theta, statistics, List.of(), List.of()),
        network,
        1,
        DType.FLOAT32,
        Map.of());
    Safetensors written = Safetensors.read(file);
    List<StoredTensor> tensors = new java.util.ArrayList<>(written.tensors().values());
    tensors.add(
        StoredTensor.of(
            "bn1.num_batches_tracked", StoredTensor.ElementType.F64, new long[] {1}, 12));
    Safetensors.of(written.metadata(), tensors).write(file);

    assertThat(Checkpoint.read(file, network).state().theta()).isEqualTo(theta);
  }

  @Test
  void whatProbesKeepComesBackInTheirOrder() throws IOException {
    Network network = ModelZoo.build("linear", new int[] {1, 1, 2}, 1);
    Path file = folder.resolve("last.safetensors");
    List<Map<String, double[]>> probes =
        List.of(Map.of(), Map.of("sums", new double[] {1 / 3.0, -2}, "pending", new double[] {4}));
    TrainingState state = new TrainingState(5, 1, new double[3], new double[0], List.of(), probes);
    Checkpoint.write(file, state, network, 1, DType.FLOAT32, Map.of());

    List<Map<String, double[]>> read = Checkpoint.read(file, network).state().probes();
    assertThat(read).hasSize(2);
    assertThat(read.getFirst()).isEmpty();
    assertThat(read.getLast()).containsOnlyKeys("sums", "pending");
    assertThat(read.getLast().get("sums")).containsExactly(1 / 3.0, -2);
  }

  @Test
  void tensorsHaveTheNamesAndShapesOfPyTorch() throws IOException {
    Network network = ModelZoo.build("meng-cnn", new int[] {3, 16, 16}, 4);
    Path file = folder.resolve("last.safetensors");
    write(file, network, 1);
    Map<String, StoredTensor> one = Safetensors.read(file).tensors();
    write(file, network, 2);
    Map<String, StoredTensor> two = Safetensors.read(file).tensors();

    assertThat(one.keySet())
        .containsExactly(
            "0.weight", "0.bias", "3.weight", "3.bias", "7.weight", "7.bias", "9.weight", "9.bias");
    assertThat(one.get("0.weight").shape()).containsExactly(10, 3, 5, 5);
    assertThat(one.get("9.weight").shape()).containsExactly(4, 50);
    assertThat(one.get("9.bias").shape()).containsExactly(4);
    assertThat(two.get("9.weight").shape()).containsExactly(2, 4, 50);
  }

  @Test
  void replicasAreTheLeadingAxis() throws IOException {
    Network network = ModelZoo.build("linear", new int[] {1, 1, 2}, 1);
    Path file = folder.resolve("last.safetensors");
    TrainingState state = new TrainingState(0, 0, new double[] {1, 2, 3, 10, 20, 30}, List.of());
    Checkpoint.write(file, state, network, 2, DType.FLOAT64, Map.of());
    Map<String, StoredTensor> tensors = Safetensors.read(file).tensors();

    assertThat(tensors.get("0.weight").toDoubles()).containsExactly(1, 2, 10, 20);
    assertThat(tensors.get("0.bias").toDoubles()).containsExactly(3, 30);
  }

  @Test
  void aCheckpointOfAnotherModelIsOneClearLine() throws IOException {
    Path file = folder.resolve("last.safetensors");
    write(file, ModelZoo.build("mlp:5", new int[] {1, 2, 2}, 3), 1);
    refused(file, "mlp:6", "tensor '0.weight' of model mlp:6 must have shape [6, 4], got [5, 4]");
    refused(file, "linear", "tensor '0.weight' of model linear must have shape [3, 4], got [5, 4]");
    refused(file, "mlp:5,5", "2 tensors of model mlp:5,5 are missing: 4.weight [3, 5], 4.bias [3]");
    write(file, ModelZoo.build("linear", new int[] {1, 2, 2}, 3), 1);
    refused(file, "mlp:3", "2 tensors of model mlp:3 are missing: 2.weight [3, 3], 2.bias [3]");
  }

  @Test
  void aMissingSidecarIsOneClearLine() throws IOException {
    Path file = folder.resolve("last.safetensors");
    assertThatThrownBy(() -> Checkpoint.sidecar(file)).hasMessage(file + ": no such file");
    write(file, ModelZoo.build("linear", new int[] {1, 2, 2}, 3), 1);
    Files.delete(folder.resolve("last.json"));
    assertThatThrownBy(() -> Checkpoint.sidecar(file))
        .hasMessageContaining("last.json: no such file; it says what");
    Files.writeString(folder.resolve("last.json"), "{\"step\": ");
    assertThatThrownBy(() -> Checkpoint.sidecar(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("last.json: not valid JSON");
  }

  private static void refused(Path file, String model, String message) {
    Network network = ModelZoo.build(model, new int[] {1, 2, 2}, 3);
    assertThatThrownBy(() -> Checkpoint.read(file, network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  private static void write(Path file, Network network, int replicas) throws IOException {
    double[] theta = vector(network, replicas, DType.FLOAT32, 1);
    TrainingState state = new TrainingState(0, 0, theta, List.of());
    Checkpoint.write(file, state, network, replicas, DType.FLOAT32, Map.of());
  }

  /** Initial weights of each replica, representable in the type. */
  private static double[] vector(Network network, int replicas, DType dtype, long seed) {
    double[] all = new double[replicas * network.parameterCount()];
    for (int r = 0; r < replicas; r++) {
      double[] one = network.initialParameters(Initialization.HE, seed, r);
      for (int i = 0; i < one.length; i++) {
        all[r * one.length + i] = dtype == DType.FLOAT32 ? (float) one[i] : one[i];
      }
    }
    return all;
  }
}
