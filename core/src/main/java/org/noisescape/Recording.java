package org.noisescape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Measurement;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Diverged;
import org.noisescape.train.TrainingEvent.Finished;
import org.noisescape.train.TrainingEvent.Listener;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.TrainingManifest;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingState;

/** What a trainer tells, kept, and its checkpoints, written. */
final class Recording implements Listener {
  private final TrainingPlan plan;
  private final Supplier<TrainingManifest> making;
  private final Optional<Path> file;
  private final Listener next;
  private final List<Measurement> measurements = new ArrayList<>();
  private TrainingManifest manifest;
  private Outcome outcome = Outcome.STOPPED;

  /**
   * A recording.
   *
   * @param making the manifest, asked for once, where one is needed
   * @param file where checkpoints go, if anywhere
   * @param next hears the same
   */
  Recording(
      TrainingPlan plan, Supplier<TrainingManifest> making, Optional<Path> file, Listener next) {
    this.plan = plan;
    this.making = making;
    this.file = file;
    this.next = next;
  }

  @Override
  public void accept(TrainingEvent event) {
    if (event instanceof Measured measured) {
      measurements.addAll(measured.measurements());
    } else if (event instanceof CheckpointDue due) {
      file.ifPresent(target -> write(target, due.state(), plan, manifest()));
    } else if (event instanceof Finished finished) {
      outcome = finished.outcome();
    } else if (event instanceof Diverged) {
      outcome = Outcome.DIVERGED;
    }
    next.accept(event);
  }

  /** Writes a checkpoint with its manifest. */
  static void write(Path file, TrainingState state, TrainingPlan plan, TrainingManifest manifest) {
    try {
      Checkpoint.write(
          file, state, plan.network(), plan.replicas(), plan.dtype(), manifest.sidecar());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  Outcome outcome() {
    return outcome;
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements);
  }

  TrainingManifest manifest() {
    if (manifest == null) {
      manifest = making.get();
    }
    return manifest;
  }
}
