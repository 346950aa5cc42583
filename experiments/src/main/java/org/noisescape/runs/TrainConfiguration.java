package org.noisescape.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.FeatureNormalization;
import org.noisescape.datasets.HoldOut;
import org.noisescape.datasets.TargetMap;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.Augmentation;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.RunSchedules;
import org.noisescape.optim.Schedules;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.registry.KnownName;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Sampling;
import org.noisescape.train.Interval;
import org.noisescape.train.Monitor;
import org.noisescape.train.Monitoring;
import org.noisescape.train.StopRule;
import org.noisescape.train.TensorMatch;
import org.noisescape.train.TrainingPlan;

/**
 * Everything a training run takes, as users write it.
 *
 * <p>Names and numbers are checked here; what depends on the data is checked when they are there.
 *
 * @param dataset as in {@link org.noisescape.datasets.Catalogue#load}
 * @param dataDir folder of {@code --data-dir}, or null
 * @param subset the first so many training samples, or null for all
 * @param target one-hot, parity, value, or null for what suits the data
 * @param model as in {@link ModelZoo#build}
 * @param loss as in {@link Losses#parse}
 * @param optimizer as in {@link Optimizers#parse}
 * @param learningRate η > 0
 * @param schedule as in {@link RunSchedules#parse}
 * @param batch B ≥ 1
 * @param epochs ≥ 0
 * @param seed of everything random
 * @param replicas R ≥ 1
 * @param precision float32, tf32 or float64
 * @param engine auto, or the name of an engine
 * @param threads CPU threads ≥ 1
 * @param probes what is measured, and when
 * @param sampling with-replacement or without-replacement
 * @param initialization glorot or he
 * @param checkpointEvery as in {@link Interval#parse}
 * @param keepCheckpoints whether checkpoints are also kept under their step
 * @param normalization none, standardize, or as in mean=0.5,std=0.25
 * @param startFrom checkpoint whose θ the run begins with, or null for the initialisation
 * @param startMatch how its tensors find their places, as in {@link TensorMatch#parse}
 * @param tensorboard whether measurements also go into event files
 * @param firstReplica number of the first replica, for a part of a larger ensemble
 * @param augmentation as in {@link Augmentation#parse}
 * @param validation training samples held out, as in {@link HoldOut#parse}, or null for none
 * @param stopWhen rules for an early end, as in {@link StopRule#parse}
 * @param keepBest quantity by whose best value a checkpoint is kept, as in {@link Monitor#parse},
 *     or null
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrainConfiguration(
    String dataset,
    String dataDir,
    Integer subset,
    String target,
    String model,
    String loss,
    String optimizer,
    double learningRate,
    String schedule,
    int batch,
    double epochs,
    long seed,
    int replicas,
    String precision,
    String engine,
    int threads,
    List<ProbeSchedule> probes,
    String sampling,
    String initialization,
    String checkpointEvery,
    boolean keepCheckpoints,
    String normalization,
    String startFrom,
    String startMatch,
    boolean tensorboard,
    int firstReplica,
    String augmentation,
    String validation,
    List<String> stopWhen,
    String keepBest) {
  private static final String WITH = "with-replacement";
  private static final String WITHOUT = "without-replacement";

  /** What files written before there was a choice say nothing of. */
  private static final ObjectNode SINCE =
      JsonFile.MAPPER
          .createObjectNode()
          .putNull("data_dir")
          .putNull("subset")
          .putNull("target")
          .putNull("start_from")
          .put("start_match", TrainDefaults.MATCH)
          .put("keep_checkpoints", false)
          .put("tensorboard", false)
          .put("normalization", TrainDefaults.NORMALIZATION)
          .put("first_replica", 0)
          .put("augmentation", TrainDefaults.AUGMENTATION)
          .putNull("validation")
          .putNull("keep_best")
          .set("stop_when", JsonFile.MAPPER.createArrayNode());

  /** Names of the ways to draw mini-batches. */
  public static final List<String> SAMPLINGS = List.of(WITHOUT, WITH);

  /** Checks what can be checked without data. */
  public TrainConfiguration {
    require("dataset", dataset);
    require("model", model);
    require("loss", loss);
    require("optimizer", optimizer);
    require("schedule", schedule);
    require("precision", precision);
    require("engine", engine);
    require("probes", probes);
    require("sampling", sampling);
    require("initialization", initialization);
    require("checkpoint_every", checkpointEvery);
    require("normalization", normalization);
    require("start_match", startMatch);
    require("augmentation", augmentation);
    probes.forEach(probe -> require("probes", probe));
    probes = List.copyOf(probes);
    if (subset != null && subset < 1) {
      throw new IllegalArgumentException("subset must be >= 1, got " + subset);
    }
    if (target != null) {
      TargetMap.parse(target);
    }
    KnownName.require("model", model, ModelZoo.names());
    model = ModelZoo.resolve(model);
    KnownName.require("loss", loss, Losses.names());
    Losses.parse(loss);
    for (String link : Optimizers.links(optimizer)) {
      KnownName.require("optimizer", link.strip(), Optimizers.names());
    }
    Optimizers.parse(optimizer);
    for (String link : RunSchedules.links(schedule)) {
      KnownName.require("schedule", link, Schedules.names());
    }
    RunSchedules.parse(schedule);
    KnownName.require("precision", precision, precisions());
    KnownName.require("sampling", sampling, SAMPLINGS);
    KnownName.require("initialisation", initialization, initializations());
    FeatureNormalization.check(normalization);
    for (String link : Augmentation.links(augmentation)) {
      KnownName.require("augmentation", link, Augmentation.names());
    }
    Augmentation.parse(augmentation);
    if (validation != null) {
      HoldOut.parse(validation);
    }
    Interval.parse(checkpointEvery);
    if (startFrom != null && startFrom.isBlank()) {
      throw new IllegalArgumentException("start_from must name a checkpoint, got ''");
    }
    KnownName.require("way to match", startMatch, TensorMatch.labels());
    if (startFrom == null && !startMatch.equals(TrainDefaults.MATCH)) {
      throw new IllegalArgumentException(
          "tensors are matched by %s only where a run starts from a file: name one, or leave it out"
              .formatted(startMatch));
    }
    if (threads < 1 || threads > EngineOptions.MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be from 1 to %d, got %d".formatted(EngineOptions.MOST_THREADS, threads));
    }
    require("stop_when", stopWhen);
    stopWhen.forEach(rule -> require("stop_when", rule));
    stopWhen = stopWhen.stream().map(rule -> StopRule.parse(rule).text()).toList();
    keepBest = keepBest == null ? null : Monitor.parse(keepBest).text();
    monitoring(stopWhen, keepBest);
    if (firstReplica < 0) {
      throw new IllegalArgumentException("first_replica must be >= 0, got " + firstReplica);
    }
  }

  private static void require(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must have a value, got null");
    }
  }

  /** Names of the precisions. */
  public static List<String> precisions() {
    return Arrays.stream(Precision.values()).map(Precision::label).toList();
  }

  /** Names of the initialisations. */
  public static List<String> initializations() {
    return Initialization.builtIn().stream().map(Initialization::label).toList();
  }

  /** What a run takes where the user says nothing. */
  public static TrainConfiguration defaults() {
    return new TrainConfiguration(
        TrainDefaults.DATASET,
        null,
        null,
        null,
        TrainDefaults.MODEL,
        TrainDefaults.LOSS,
        TrainDefaults.OPTIMIZER,
        TrainDefaults.LEARNING_RATE,
        TrainDefaults.SCHEDULE,
        TrainDefaults.BATCH,
        TrainDefaults.EPOCHS,
        TrainDefaults.SEED,
        TrainDefaults.REPLICAS,
        TrainDefaults.PRECISION,
        TrainDefaults.ENGINE,
        Runtime.getRuntime().availableProcessors(),
        List.of(ProbeSchedule.parse(TrainDefaults.PROBE)),
        TrainDefaults.SAMPLING,
        TrainDefaults.INITIALIZATION,
        TrainDefaults.CHECKPOINT_EVERY,
        false,
        TrainDefaults.NORMALIZATION,
        null,
        TrainDefaults.MATCH,
        false,
        0,
        TrainDefaults.AUGMENTATION,
        null,
        List.of(),
        null);
  }

  /** What a run is watched by. */
  Monitoring monitoring() {
    return monitoring(stopWhen, keepBest);
  }

  private static Monitoring monitoring(List<String> stops, String best) {
    return new Monitoring(
        stops.stream().map(StopRule::parse).toList(),
        Optional.ofNullable(best).map(Monitor::parse));
  }

  /**
   * The same with some values replaced.
   *
   * @param values by their names in JSON, such as {@code learning_rate}
   */
  public TrainConfiguration with(Map<String, ?> values) {
    ObjectNode tree = (ObjectNode) toJson();
    for (Map.Entry<String, ?> value : values.entrySet()) {
      if (!tree.has(value.getKey())) {
        throw new IllegalArgumentException("no setting '" + value.getKey() + "'");
      }
      tree.set(value.getKey(), JsonFile.MAPPER.valueToTree(value.getValue()));
    }
    return fromJson(tree);
  }

  /** As JSON. */
  public JsonNode toJson() {
    return JsonFile.MAPPER.valueToTree(this);
  }

  /** All values that there are, by their names in JSON. */
  public Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    toJson()
        .properties()
        .forEach(
            value -> {
              if (!value.getValue().isNull()) {
                given.put(value.getKey(), value.getValue());
              }
            });
    return given;
  }

  /**
   * The configuration of a JSON object.
   *
   * @throws IllegalArgumentException in one line where it is none
   */
  public static TrainConfiguration fromJson(JsonNode tree) {
    ObjectNode whole = SINCE.deepCopy();
    tree.properties().forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
    return JsonFile.value("", whole, TrainConfiguration.class);
  }

  /**
   * The configuration that a file holds.
   *
   * @throws WrongFile naming the file and the first value that is wrong
   */
  static TrainConfiguration stored(Path file, JsonNode tree) {
    try {
      return fromJson(tree);
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
  }

  /**
   * The plan for the trainer.
   *
   * @param network the model, built for the data
   */
  TrainingPlan plan(Network network) {
    return TrainingPlan.of(network, Losses.parse(loss))
        .initialization(Initialization.parse(initialization))
        .rules(Optimizers.parse(optimizer))
        .learningRate(learningRate)
        .schedules(RunSchedules.parse(schedule))
        .batch(batch)
        .sampling(sampling.equals(WITH) ? Sampling.WITH_REPLACEMENT : Sampling.WITHOUT_REPLACEMENT)
        .epochs(epochs)
        .seed(seed)
        .replicas(replicas)
        .dtype(Precision.parse(precision).dtype())
        .firstReplica(firstReplica)
        .augmentation(Augmentation.parse(augmentation))
        .build();
  }

  /** Opens the engine that computes this. */
  public Engine openEngine() {
    return Engines.open(engine, new EngineOptions(threads, Precision.parse(precision)));
  }
}
