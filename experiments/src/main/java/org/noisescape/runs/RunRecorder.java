package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.noisescape.files.JsonFile;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;
import org.noisescape.tensorboard.EventFolder;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Standing;
import org.noisescape.train.Timeline;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.BestFound;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Diverged;
import org.noisescape.train.TrainingEvent.Finished;
import org.noisescape.train.TrainingEvent.Listener;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.TrainingState;
import org.noisescape.train.Version;

/** Writes what a trainer tells into the folder of its run. */
final class RunRecorder implements Listener, AutoCloseable {
  /** Key in a sidecar of the digest of the lines of measurements up to its checkpoint. */
  static final String METRICS_DIGEST = "metrics_digest";

  private final TrainConfiguration configuration;
  private final Network network;
  private final TrainingData data;
  private final RunDirectory directory;
  private final TrainingSession.Surroundings surroundings;
  private final long steps;
  private final RunTelling told;
  private MetricsLog metrics;
  private EventFolder events;
  private Diverged divergence;
  private long finishedAt;
  private List<Standing> standings = List.of();
  private Optional<Long> checkpoint = Optional.empty();

  /** A recorder that writes nothing before {@link #open}. */
  RunRecorder(
      TrainConfiguration configuration,
      Network network,
      TrainingData data,
      RunDirectory directory,
      TrainingSession.Surroundings surroundings) {
    this.configuration = configuration;
    this.network = network;
    this.data = data;
    this.directory = directory;
    this.surroundings = surroundings;
    Timeline timeline = configuration.plan(network).timeline(data.train().size());
    this.steps = timeline.steps();
    this.told = new RunTelling(configuration, timeline, surroundings);
  }

  /**
   * Opens the metrics, and event files where there are any.
   *
   * @param from step of the checkpoint the run continues from
   */
  void open(long from) throws IOException {
    metrics = new MetricsLog(directory.metrics(), configuration.seed());
    // event files that are there stay those of the metrics, asked for again or not
    if (configuration.tensorboard() || Files.exists(directory.events())) {
      events = RunEvents.open(directory.path(), directory.events());
    }
    checkpoint = Files.exists(directory.lastCheckpoint()) ? Optional.of(from) : Optional.empty();
    surroundings.progress().started(TrainingSession.TASK);
  }

  @Override
  public void accept(TrainingEvent event) {
    try {
      if (event instanceof Measured measured) {
        metrics.append(measured.measurements());
        if (events != null) {
          events.append(measured.measurements().stream().map(RunEvents::scalars).toList());
        }
      } else if (event instanceof BestFound found) {
        best(found);
      } else if (event instanceof CheckpointDue due) {
        write(due.state());
      } else if (event instanceof Diverged diverged) {
        divergence = divergence == null ? diverged : divergence;
      } else if (event instanceof Finished finished) {
        finishedAt = finished.step();
        standings = finished.standings();
      }
      told.accept(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A checkpoint is good only where every parameter is a finite number. */
  private void write(TrainingState state) throws IOException {
    int parameters = network.parameterCount();
    for (int i = 0; i < state.theta().length; i++) {
      if (!Double.isFinite(state.theta()[i])) {
        divergence =
            divergence == null
                ? new Diverged(state.step(), checkpoint.orElse(0L), i / parameters)
                : divergence;
        return;
      }
    }
    metrics.force();
    Map<String, Object> sidecar = sidecar();
    if (configuration.keepCheckpoints()) {
      write(directory.checkpoint(state.step()), state, sidecar);
    }
    write(directory.lastCheckpoint(), state, sidecar);
    checkpoint = Optional.of(state.step());
  }

  /** A checkpoint that says by which quantity it is the best. */
  private void best(BestFound found) throws IOException {
    metrics.force();
    Map<String, Object> best = new LinkedHashMap<>();
    best.put("metric", found.standing().monitor().metric());
    best.put("aim", found.standing().monitor().aim().text());
    best.put("value", found.standing().best());
    best.put("step", found.standing().bestStep());
    Map<String, Object> sidecar = sidecar();
    sidecar.put("best", best);
    write(directory.bestCheckpoint(), found.state(), sidecar);
  }

  /** In one order, so that equal runs make equal files. */
  private Map<String, Object> sidecar() {
    Map<String, Object> sidecar = new LinkedHashMap<>();
    sidecar.put(Version.KEY, Version.current().number());
    sidecar.put("configuration", configuration.toJson());
    sidecar.put("data", new TreeMap<>(data.digests()));
    sidecar.put(StoredParameters.SAMPLE, StoredParameters.sample(data.train()));
    sidecar.put(METRICS_DIGEST, metrics.digest());
    return sidecar;
  }

  private void write(Path file, TrainingState state, Map<String, Object> sidecar)
      throws IOException {
    DType dtype = Precision.parse(configuration.precision()).dtype();
    Checkpoint.write(
        file, state, network, configuration.replicas(), dtype, metrics.lines(), sidecar);
  }

  /** Writes how it ended. */
  TrainingResult finish(Outcome trained) throws IOException {
    surroundings.progress().finished();
    Outcome outcome = divergence == null ? trained : Outcome.DIVERGED;
    List<JsonNode> last = MetricsLog.last(directory.metrics());
    ObjectNode result = JsonFile.MAPPER.createObjectNode();
    result.put("kind", "train");
    result.put("outcome", outcome.name());
    result.put("step", finishedAt);
    result.put("steps", steps);
    if (divergence != null) {
      ObjectNode node = result.putObject("divergence");
      node.put("replica", divergence.replica());
      node.put("last_finite_step", divergence.since());
      node.put("seen_at_step", divergence.step());
      if (divergence.exploded()) {
        node.put("loss", divergence.loss());
      }
    }
    last.forEach(result.putArray("last")::add);
    RunEnd end =
        new RunEnd(
            standings,
            standings.isEmpty() ? List.of() : MetricsLog.rows(directory.metrics()),
            configuration.replicas());
    end.put(result);
    directory.writeResult(result);
    if (events != null) {
      events.finish(outcome == Outcome.COMPLETED);
    }
    return new TrainingResult(
        outcome,
        finishedAt,
        steps,
        Optional.ofNullable(divergence),
        last,
        directory.path(),
        checkpoint,
        end.lines());
  }

  @Override
  public void close() throws IOException {
    if (metrics != null) {
      metrics.close();
    }
    if (events != null) {
      events.close();
    }
  }
}
