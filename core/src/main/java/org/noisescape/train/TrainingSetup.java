package org.noisescape.train;

import java.util.List;
import java.util.Optional;
import org.noisescape.objective.SampleSource;

/**
 * Everything that a {@link Trainer} is given but the engine.
 *
 * @param plan what to train
 * @param train training data
 * @param test test data, if there are any
 * @param probes what is measured, and when
 * @param checkpoints when checkpoints are due
 * @param listener receives events
 * @param monitoring what it is watched by
 */
public record TrainingSetup(
    TrainingPlan plan,
    SampleSource train,
    Optional<SampleSource> test,
    List<Probe.Scheduled> probes,
    Interval checkpoints,
    TrainingEvent.Listener listener,
    Monitoring monitoring) {
  /** Keeps a list of its own. */
  public TrainingSetup {
    probes = List.copyOf(probes);
  }

  /** A training that measures nothing and tells nobody; checkpoints are due once an epoch. */
  public static TrainingSetup of(TrainingPlan plan, SampleSource train) {
    return new TrainingSetup(
        plan, train, Optional.empty(), List.of(), Interval.EPOCH, event -> {}, Monitoring.NONE);
  }

  /** The same with test data, if there are any. */
  public TrainingSetup withTest(Optional<SampleSource> samples) {
    return new TrainingSetup(plan, train, samples, probes, checkpoints, listener, monitoring);
  }

  /** The same with probes. */
  public TrainingSetup withProbes(List<Probe.Scheduled> scheduled) {
    return new TrainingSetup(plan, train, test, scheduled, checkpoints, listener, monitoring);
  }

  /** The same with checkpoints at other steps. */
  public TrainingSetup withCheckpoints(Interval due) {
    return new TrainingSetup(plan, train, test, probes, due, listener, monitoring);
  }

  /** The same with events received. */
  public TrainingSetup withListener(TrainingEvent.Listener receiver) {
    return new TrainingSetup(plan, train, test, probes, checkpoints, receiver, monitoring);
  }

  /** The same with rules for its end, and for the best state. */
  public TrainingSetup withMonitoring(Monitoring watched) {
    return new TrainingSetup(plan, train, test, probes, checkpoints, listener, watched);
  }
}
