package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noisescape.datasets.DataLocation;
import org.noisescape.files.FileErrors;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.Network;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Precision;
import org.noisescape.tensorboard.EventFolder;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Interval;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.TrainingSetup;

/** One sitting of a training run, from its beginning or from its last checkpoint. */
public final class TrainingSession {
  /**
   * What a session needs beside the configuration.
   *
   * @param data where data sets are looked for, given the folder of the configuration, or null
   * @param commandLine as the user wrote it, for the manifest
   * @param progress hears how it is coming on
   * @param details takes lines for the curious: memory, engine
   * @param stop asked now and then whether to stop and keep a checkpoint
   */
  public record Surroundings(
      Function<String, DataLocation> data,
      List<String> commandLine,
      ProgressListener progress,
      Consumer<String> details,
      BooleanSupplier stop) {
    /** Copies the command line. */
    public Surroundings {
      commandLine = List.copyOf(commandLine);
    }

    /** Where the folder of the configuration does not matter. */
    public Surroundings(
        DataLocation data,
        List<String> commandLine,
        ProgressListener progress,
        Consumer<String> details,
        BooleanSupplier stop) {
      this(folder -> data, commandLine, progress, details, stop);
    }

    /** Silent, and to the end. */
    public static Surroundings quiet(DataLocation data) {
      return new Surroundings(data, List.of(), ProgressListener.SILENT, line -> {}, () -> false);
    }
  }

  /** What progress calls the training itself. */
  public static final String TASK = "train";

  /** What progress calls what comes before it. */
  public static final String READING = "reading data";

  private final TrainConfiguration configuration;
  private final TrainingData data;
  private final Network network;
  private final Surroundings surroundings;
  private final RunDirectory directory;

  private TrainingSession(
      TrainConfiguration configuration, Surroundings surroundings, RunDirectory directory) {
    surroundings.progress().started(READING);
    EngineNames.require(configuration.engine(), Precision.parse(configuration.precision()));
    this.data =
        TrainingData.load(configuration, surroundings.data().apply(configuration.dataDir()));
    this.configuration = configuration.with(Map.of("target", data.target().option()));
    this.network = data.network(this.configuration);
    TrainingCheck.requireMeasurable(this.configuration, data);
    this.surroundings = surroundings;
    this.directory = directory;
  }

  /**
   * Trains a new run.
   *
   * @param out its folder, which must be empty or not there
   * @throws IllegalArgumentException in one line where the request makes no sense
   * @throws RunFailure in one line where the disk or the memory does not suffice
   */
  public static TrainingResult start(
      TrainConfiguration configuration, Path out, Surroundings surroundings) {
    try (RunDirectory directory = RunDirectory.create(out)) {
      try {
        return new TrainingSession(configuration, surroundings, directory).train(Optional.empty());
      } catch (IllegalArgumentException e) {
        // refused at the first measurement
        directory.discardIfOnly(RunDirectory.MANIFEST, RunDirectory.METRICS, EventFolder.NAME);
        throw e;
      } finally {
        directory.discardIfEmpty();
      }
    }
  }

  /**
   * Requires that a folder holds the run of a configuration, begun or done.
   *
   * @throws org.noisescape.files.WrongFile naming the first value that differs
   */
  public static void requireRunOf(Path run, TrainConfiguration configuration) {
    Resumption.requireRunOf(run, configuration);
  }

  /**
   * Continues a run from its last checkpoint, or from the beginning where it has none.
   *
   * @param run its folder
   * @param given values the user repeats, which must be those of the run
   */
  public static TrainingResult resume(Path run, Map<String, ?> given, Surroundings surroundings) {
    try (RunDirectory directory = RunDirectory.open(run)) {
      ObjectNode manifest = directory.manifest();
      TrainConfiguration configuration = Resumption.configuration(run, manifest, given);
      TrainingSession session = new TrainingSession(configuration, surroundings, directory);
      Resumption.requireSameData(run, manifest, session.data);
      return session.train(Optional.of(manifest));
    }
  }

  /**
   * Requires that a run is of a configuration.
   *
   * @param run its folder
   * @throws IllegalArgumentException naming the first value that differs
   */
  public static void requireSame(Path run, TrainConfiguration configuration) {
    try (RunDirectory directory = RunDirectory.open(run)) {
      Resumption.configuration(run, directory.manifest(), configuration.given());
    }
  }

  private TrainingResult train(Optional<ObjectNode> earlier) {
    Optional<StartingPoint> beginning = beginning(earlier);
    try (Engine engine = configuration.openEngine()) {
      surroundings.details().accept("engine: " + engine.name() + ", " + engine.description());
      RunRecorder recorder = new RunRecorder(configuration, network, data, directory, surroundings);
      TrainingSetup setup =
          TrainingSetup.of(configuration.plan(network), data.train())
              .withTest(data.test())
              .withValidation(data.validation())
              .withProbes(
                  ProbeSchedule.scheduled(
                      configuration.probes(),
                      ProbeOptions.training(configuration.seed(), configuration.threads())))
              .withCheckpoints(Interval.parse(configuration.checkpointEvery()))
              .withMonitoring(configuration.monitoring())
              .withListener(recorder);
      try (recorder;
          Trainer trainer = new Trainer(engine, setup)) {
        Manifest manifest = new Manifest(configuration, surroundings.commandLine());
        beginning.ifPresent(point -> trainer.startFrom(point.theta(), point.statistics()));
        Restored restored = earlier.isPresent() ? restore(trainer) : Restored.NOTHING;
        restored.lost().ifPresent(surroundings.progress()::warned);
        directory.writeManifest(
            earlier
                .map(former -> manifest.resumed(former, engine, restored.lost()))
                .orElseGet(() -> manifest.started(engine, data, beginning)));
        recorder.open(restored.step());
        Outcome outcome = trainer.run(surroundings.stop());
        return recorder.finish(outcome);
      }
    } catch (IOException | UncheckedIOException e) {
      throw failed(FileErrors.line(e), e);
    } catch (OutOfMemoryError e) {
      throw failed(
          "not enough memory (" + e.getMessage() + "): choose a smaller --subset or --replicas", e);
    }
  }

  /** Where a run begins that has no checkpoint of its own yet, if not at its initialisation. */
  private Optional<StartingPoint> beginning(Optional<ObjectNode> earlier) {
    if (Files.exists(directory.lastCheckpoint())) {
      return Optional.empty();
    }
    Optional<StartingPoint> start =
        StartingPoint.of(configuration, network, surroundings.progress()::told);
    start.ifPresent(
        point ->
            earlier.ifPresent(
                manifest ->
                    point.require(
                        directory.path(), manifest.path(Manifest.START_FROM).asText("absent"))));
    return start;
  }

  private RunFailure failed(String what, Throwable cause) {
    String remedy =
        Files.exists(directory.lastCheckpoint())
            ? ": put that right, then continue with 'noisescape train --resume "
                + directory.path()
                + "'"
            : "";
    return new RunFailure(what + remedy, cause);
  }

  /**
   * Where a run goes on.
   *
   * @param step of the checkpoint, 0 where there is none
   * @param lost what of its measurements could not be restored, in one line, where anything
   */
  private record Restored(long step, Optional<String> lost) {
    static final Restored NOTHING = new Restored(0, Optional.empty());
  }

  /** Puts the trainer to the last checkpoint and the metrics to the same step. */
  private Restored restore(Trainer trainer) throws IOException {
    Path file = directory.lastCheckpoint();
    if (!Files.exists(file)) {
      MetricsRepair.clear(directory.metrics());
      return Restored.NOTHING;
    }
    Resumption.requireSameRun(directory.path(), configuration, file);
    Checkpoint.Contents contents = Checkpoint.read(file, network);
    requirePossible(file, contents);
    try {
      trainer.restore(contents.state());
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
    long step = contents.state().step();
    MetricsRepair.Expected expected =
        new MetricsRepair.Expected(
            step, configuration.replicas(), contents.lines(), metricsDigest(file, step));
    return new Restored(step, MetricsRepair.to(directory.metrics(), expected));
  }

  /** What the sidecar says; a run killed between sidecar and tensors has one of a later step. */
  private static String metricsDigest(Path file, long step) {
    ObjectNode sidecar = Checkpoint.sidecar(file);
    return sidecar.path("step").asLong() == step
        ? sidecar.path(RunRecorder.METRICS_DIGEST).asText()
        : "";
  }

  /** A checkpoint that was changed, or is of another run, does not pass for this one's. */
  private void requirePossible(Path file, Checkpoint.Contents contents) {
    if (contents.replicas() != configuration.replicas()) {
      throw new WrongFile(
          file,
          "it has %d replicas, the run %d"
              .formatted(contents.replicas(), configuration.replicas()));
    }
    Precision precision = Precision.parse(configuration.precision());
    if (contents.dtype() != precision.dtype()) {
      throw new WrongFile(
          file,
          "it holds %s, the run computes in %s".formatted(contents.dtype(), precision.label()));
    }
    long step = contents.state().step();
    double epoch = configuration.plan(network).timeline(data.train().size()).epoch(step);
    if (contents.state().epoch() != epoch) {
      throw new WrongFile(
          file,
          "step %d is epoch %s of this run, got %s"
              .formatted(step, epoch, contents.state().epoch()));
    }
    for (double value : contents.state().theta()) {
      if (!Double.isFinite(value)) {
        throw new WrongFile(file, "a parameter is %s".formatted(value));
      }
    }
  }
}
