package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noisescape.datasets.DataLocation;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Network;
import org.noisescape.objective.BatchStatisticsPass;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleSource;
import org.noisescape.quantities.ModelState;
import org.noisescape.quantities.StepMetric;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Precision;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Preconditioner;
import org.noisescape.train.TensorMatch;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingState;
import org.noisescape.train.Version;

/** A checkpoint together with the data and the network its sidecar names. */
public final class TrainedModel {
  private final Path file;
  private final TrainConfiguration configuration;
  private final TrainingData data;
  private final Network network;
  private final Checkpoint.Contents contents;
  private final Optional<String> change;

  private TrainedModel(
      Path file,
      TrainConfiguration configuration,
      TrainingData data,
      Network network,
      Checkpoint.Contents contents,
      Optional<String> change) {
    this.file = file;
    this.configuration = configuration;
    this.data = data;
    this.network = network;
    this.contents = contents;
    this.change = change;
  }

  /**
   * The parameters of a configuration before any training, with its data.
   *
   * @param told takes a line a tensor of its {@code start_from} where names say nothing
   * @param where where data sets are looked for, given the folder of the configuration, or null
   * @throws IllegalArgumentException in one line where something is missing or wrong
   */
  public static TrainedModel initial(
      TrainConfiguration configuration,
      Consumer<String> told,
      Function<String, DataLocation> where) {
    return of(
        Path.of("initialisation"),
        configuration,
        where,
        (whole, network) -> {
          Optional<StartingPoint> start = StartingPoint.of(whole, network, told);
          double[] theta =
              start
                  .map(StartingPoint::theta)
                  .orElseGet(() -> whole.plan(network).initialParameters());
          double[] statistics =
              start
                  .map(StartingPoint::statistics)
                  .orElseGet(() -> network.initialRunningStatistics(whole.replicas()));
          return new Checkpoint.Contents(
              new TrainingState(0, 0, theta, statistics, List.of(), List.of(), false),
              whole.replicas(),
              Precision.parse(whole.precision()).dtype(),
              Checkpoint.UNKNOWN);
        });
  }

  /**
   * Parameters that another program wrote, with the data and the model of a configuration.
   *
   * @param match how the tensors find their places
   * @param told takes a line a tensor where the names say nothing
   * @param where as above
   * @throws IllegalArgumentException in one line where something is missing or wrong
   */
  public static TrainedModel foreign(
      Path file,
      TrainConfiguration configuration,
      TensorMatch match,
      Consumer<String> told,
      Function<String, DataLocation> where) {
    return of(
        file,
        configuration,
        where,
        (whole, network) -> Checkpoint.read(file, network, match, told));
  }

  private static TrainedModel of(
      Path file,
      TrainConfiguration configuration,
      Function<String, DataLocation> where,
      BiFunction<TrainConfiguration, Network, Checkpoint.Contents> contents) {
    EngineNames.require(configuration.engine(), Precision.parse(configuration.precision()));
    TrainingData data = TrainingData.load(configuration, where.apply(configuration.dataDir()));
    TrainConfiguration whole = configuration.with(Map.of("target", data.target().option()));
    Network network = data.network(whole);
    return new TrainedModel(
        file, whole, data, network, contents.apply(whole, network), Optional.empty());
  }

  /**
   * Reads a checkpoint and the data it was trained on.
   *
   * @param file the safetensors file; its sidecar lies beside it
   * @param replaced values of the configuration to replace, such as {@code engine}
   * @param where where data sets are looked for, given the folder the run read them from, or null
   * @throws IllegalArgumentException in one line where something is missing or wrong
   */
  public static TrainedModel open(
      Path file, Map<String, ?> replaced, Function<String, DataLocation> where) {
    InputFile.requireRegular(file);
    TrainConfiguration configuration = stored(file).with(replaced);
    EngineNames.require(configuration.engine(), Precision.parse(configuration.precision()));
    TrainingData data = TrainingData.load(configuration, where.apply(configuration.dataDir()));
    Fields fields = Fields.of(Checkpoint.sidecarOf(file), Checkpoint.sidecar(file));
    // a sidecar of earlier versions records no data: nothing can be compared
    Optional<String> change =
        fields.has("data") ? data.change(fields.textsByName("data")) : Optional.empty();
    Network network = data.network(configuration);
    return new TrainedModel(
        file, configuration, data, network, Checkpoint.read(file, network), change);
  }

  /**
   * What the sidecar of a checkpoint says was trained.
   *
   * @throws WrongFile naming the sidecar and the field that is wrong
   */
  static TrainConfiguration stored(Path file) {
    Path sidecar = Checkpoint.sidecarOf(file);
    ObjectNode description = Checkpoint.sidecar(file);
    Version.requireReadable(sidecar, description);
    Fields fields = Fields.of(sidecar, description);
    return TrainConfiguration.stored(sidecar, fields.object("configuration").node());
  }

  /**
   * The same with the mean of the parameters that the checkpoint keeps, and its running statistics,
   * in their places.
   *
   * @throws WrongFile where it keeps none
   */
  public TrainedModel averaged() {
    return new TrainedModel(
        file,
        configuration,
        data,
        network,
        StoredParameters.mean(file, configuration, contents),
        change);
  }

  /**
   * The same with running statistics of batch normalisations taken anew over the training data, in
   * mini-batches of the training's size.
   *
   * @throws IllegalArgumentException where the model has none
   */
  public TrainedModel withFreshStatistics() {
    try (Engine engine = configuration.openEngine();
        Arena arena = engine.arena()) {
      ResidentData resident = new ResidentData(train(), network, loss(), dtype(), arena);
      double[] statistics =
          BatchStatisticsPass.of(resident, arena, configuration.batch(), replicas(), theta());
      return new TrainedModel(
          file, configuration, data, network, contents.withStatistics(statistics), change);
    }
  }

  /** The checkpoint. */
  public Path file() {
    return file;
  }

  /** The first data file whose digest is not that of the training, and both digests. */
  public Optional<String> dataChange() {
    return change;
  }

  /** What was trained. */
  public TrainConfiguration configuration() {
    return configuration;
  }

  /** The architecture. */
  public Network network() {
    return network;
  }

  /** The per-sample loss. */
  public Loss loss() {
    return Losses.parse(configuration.loss());
  }

  /** What the trainer does, step for step. */
  public TrainingPlan plan() {
    return configuration.plan(network);
  }

  /** Element type to compute in. */
  public DType dtype() {
    return Precision.parse(configuration.precision()).dtype();
  }

  /** The training samples, the subset only, without those held out. */
  public SampleSource train() {
    return data.train();
  }

  /** The test samples, if there are any. */
  public Optional<SampleSource> test() {
    return data.test();
  }

  /** The samples held out of the training data, if there are any. */
  public Optional<SampleSource> validation() {
    return data.validation();
  }

  /** Steps done. */
  public long step() {
    return contents.state().step();
  }

  /** R. */
  public int replicas() {
    return contents.replicas();
  }

  /** θ of all replicas, entry (r, i) at r·P + i. */
  public double[] theta() {
    return contents.state().theta();
  }

  /** What is measured. */
  public ModelState state() {
    return ModelState.of(network, loss(), train(), theta(), statistics())
        .named(file.toString())
        .in(dtype())
        .withTest(test())
        .withValidation(validation());
  }

  /**
   * The preconditioner of the update rules, as the checkpoint keeps it of a replica.
   *
   * @throws IllegalArgumentException where it keeps none
   */
  StepMetric metric(Preconditioner rules, int replica) {
    return StepMetric.of(rules, contents.state(), replica, network.parameterCount());
  }

  /** Running statistics of all replicas (R, Q); empty where there is no batch normalisation. */
  public double[] statistics() {
    return contents.state().statistics();
  }
}
