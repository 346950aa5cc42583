package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noisescape.datasets.DataLocation;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskValue;
import org.noisescape.objective.SampleSource;
import org.noisescape.runs.Quantity.Need;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.WholeFile;

/** Measures quantities at a checkpoint, over the data its sidecar names. */
public final class CheckpointProbe {
  /**
   * What was computed once for all quantities, an element a replica; null where nothing needs it.
   *
   * @param train values on the training data
   * @param test values on the test data
   * @param noise gradient and noise on the training data
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Measured(RiskValue[] train, RiskValue[] test, GradientNoise[] noise) {}

  private final Path file;
  private final TrainConfiguration configuration;
  private final TrainingData data;
  private final Network network;
  private final Checkpoint.Contents contents;

  private CheckpointProbe(
      Path file, TrainConfiguration configuration, TrainingData data, Network network)
      throws IOException {
    this.file = file;
    this.configuration = configuration;
    this.data = data;
    this.network = network;
    this.contents = Checkpoint.read(file, network);
  }

  /**
   * Reads a checkpoint and the data it was trained on.
   *
   * @param file the safetensors file; its sidecar lies beside it
   * @param replaced values of the configuration to replace, such as {@code engine}
   * @param where where data sets are looked for, given the folder the run read them from, or null
   * @throws IllegalArgumentException in one line where something is missing or wrong
   */
  public static CheckpointProbe open(
      Path file, Map<String, ?> replaced, Function<String, DataLocation> where) {
    try {
      JsonNode sidecar = Checkpoint.sidecar(file).path("configuration");
      if (!sidecar.isObject()) {
        throw new IllegalArgumentException(
            Checkpoint.sidecarOf(file) + ": no 'configuration' in it");
      }
      TrainConfiguration configuration = configuration(file, sidecar).with(replaced);
      EngineNames.require(configuration.engine());
      TrainingData data = TrainingData.load(configuration, where.apply(configuration.dataDir()));
      return new CheckpointProbe(file, configuration, data, data.network(configuration));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + WholeFile.reason(e), e);
    }
  }

  private static TrainConfiguration configuration(Path file, JsonNode tree) {
    try {
      return TrainConfiguration.fromJson(tree);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Checkpoint.sidecarOf(file) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Measures.
   *
   * @param quantities what
   * @param details takes lines for the curious: memory, engine
   * @return estimates by quantity, one a replica
   */
  public Map<Quantity, List<Estimate>> measure(
      List<Quantity> quantities, Consumer<String> details) {
    if (needs(quantities, Need.TEST) && data.test().isEmpty()) {
      throw new IllegalArgumentException(
          "data set '"
              + configuration.dataset()
              + "' has no test samples: leave out test-loss and test-accuracy");
    }
    Measured measured;
    try (Engine engine = Engines.open(configuration.engine(), configuration.threads())) {
      details.accept("engine: " + engine.name() + ", " + engine.description());
      measured = compute(engine, quantities, details);
    }
    Map<Quantity, List<Estimate>> all = new LinkedHashMap<>();
    for (Quantity quantity : quantities) {
      List<Estimate> replicas = new ArrayList<>();
      for (int r = 0; r < contents.replicas(); r++) {
        replicas.add(quantity.measure().apply(measured, r));
      }
      all.put(quantity, replicas);
    }
    return all;
  }

  private Measured compute(Engine engine, List<Quantity> quantities, Consumer<String> details) {
    boolean gradient = needs(quantities, Need.GRADIENT);
    DType dtype = DType.parse(configuration.precision());
    try (Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(dtype, contents.replicas(), network.parameterCount());
      Pass train =
          gradient || needs(quantities, Need.VALUE)
              ? pass(arena, data.train(), dtype, gradient ? Backward.YES : Backward.NO)
              : null;
      Pass test =
          needs(quantities, Need.TEST)
              ? pass(arena, data.test().orElseThrow(), dtype, Backward.NO)
              : null;
      Tensor gradientVector =
          gradient ? arena.reserve(dtype, contents.replicas(), network.parameterCount()) : null;
      details.accept("memory: %.1f MiB planned".formatted(arena.bytes() / (double) (1 << 20)));
      arena.commit();
      engine.memory().write(theta, contents.state().theta());
      Tensor[] views = network.view(theta);
      GradientNoise[] noise =
          gradient ? train.load().noise(views, network.view(gradientVector), gradientVector) : null;
      RiskValue[] values = null;
      if (noise != null) {
        values = Arrays.stream(noise).map(GradientNoise::value).toArray(RiskValue[]::new);
      } else if (train != null) {
        values = train.load().value(views);
      }
      return new Measured(values, test == null ? null : test.load().value(views), noise);
    }
  }

  private record Pass(ResidentData data, EmpiricalRisk risk) {
    EmpiricalRisk load() {
      data.load();
      return risk.prepare();
    }
  }

  private Pass pass(Arena arena, SampleSource source, DType dtype, Backward backward) {
    Loss loss = Losses.parse(configuration.loss());
    ResidentData resident = new ResidentData(source, network, loss, dtype, arena);
    int chunk = EmpiricalRisk.automaticChunk(network, contents.replicas(), source.size());
    return new Pass(
        resident,
        new EmpiricalRisk(
            network, loss, resident, arena, dtype, contents.replicas(), chunk, backward));
  }

  private static boolean needs(List<Quantity> quantities, Need need) {
    return quantities.stream().anyMatch(quantity -> quantity.need() == need);
  }

  /** The checkpoint. */
  public Path file() {
    return file;
  }

  /** What was trained. */
  public TrainConfiguration configuration() {
    return configuration;
  }

  /** Steps done. */
  public long step() {
    return contents.state().step();
  }

  /** R. */
  public int replicas() {
    return contents.replicas();
  }
}
