package org.noisescape.train;

import java.util.List;
import java.util.Optional;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;

/**
 * Everything that a {@link Trainer} is given but the engine.
 *
 * @param plan what to train
 * @param train training data
 * @param test test data, if there are any
 * @param probes what is measured, and when
 * @param checkpoints when checkpoints are due
 * @param listener receives events
 * @param validation samples held out of the training data, if there are any
 * @param monitoring what it is watched by
 */
public record TrainingSetup(
    TrainingPlan plan,
    SampleSource train,
    Optional<SampleSource> test,
    List<Probe.Scheduled> probes,
    Interval checkpoints,
    TrainingEvent.Listener listener,
    Optional<SampleSource> validation,
    Monitoring monitoring) {
  /** Keeps a list of its own. */
  public TrainingSetup {
    probes = List.copyOf(probes);
  }

  /** A training that measures nothing and tells nobody; checkpoints are due once an epoch. */
  public static TrainingSetup of(TrainingPlan plan, SampleSource train) {
    return new TrainingSetup(
        plan,
        train,
        Optional.empty(),
        List.of(),
        Interval.EPOCH,
        event -> {},
        Optional.empty(),
        Monitoring.NONE);
  }

  /** The same with another plan. */
  public TrainingSetup withPlan(TrainingPlan other) {
    return new TrainingSetup(
        other, train, test, probes, checkpoints, listener, validation, monitoring);
  }

  /** Bytes of engine memory of the data and the step, without probes, planned but not taken. */
  public long bytes(Engine engine) {
    try (Arena arena = engine.arena()) {
      ResidentData data = plan.resident(train, arena);
      test.ifPresent(samples -> plan.resident(samples, arena));
      validation.ifPresent(samples -> plan.resident(samples, arena));
      new TrainingStep(plan, data, arena, List.of());
      return arena.bytes();
    }
  }

  /** The same with test data, if there are any. */
  public TrainingSetup withTest(Optional<SampleSource> samples) {
    return new TrainingSetup(
        plan, train, samples, probes, checkpoints, listener, validation, monitoring);
  }

  /** The same with probes. */
  public TrainingSetup withProbes(List<Probe.Scheduled> scheduled) {
    return new TrainingSetup(
        plan, train, test, scheduled, checkpoints, listener, validation, monitoring);
  }

  /** The same with checkpoints at other steps. */
  public TrainingSetup withCheckpoints(Interval due) {
    return new TrainingSetup(plan, train, test, probes, due, listener, validation, monitoring);
  }

  /** The same with events received. */
  public TrainingSetup withListener(TrainingEvent.Listener receiver) {
    return new TrainingSetup(
        plan, train, test, probes, checkpoints, receiver, validation, monitoring);
  }

  /** The same with validation data, if there are any. */
  public TrainingSetup withValidation(Optional<SampleSource> samples) {
    return new TrainingSetup(plan, train, test, probes, checkpoints, listener, samples, monitoring);
  }

  /** The same with rules for its end, and for the best state. */
  public TrainingSetup withMonitoring(Monitoring watched) {
    return new TrainingSetup(plan, train, test, probes, checkpoints, listener, validation, watched);
  }
}
