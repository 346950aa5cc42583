package org.noisescape.train;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.Schedule;
import org.noisescape.optim.Schedules;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;

/**
 * A short training run with everything it announces.
 *
 * @param model as users write it
 * @param loss as users write it
 * @param optimizer as users write it
 * @param dtype element type
 * @param replicas R
 * @param sampling how mini-batches are drawn
 */
record Trial(
    String model, String loss, String optimizer, DType dtype, int replicas, Sampling sampling) {
  /** Leaves five samples out of every epoch of six steps. */
  static final int SAMPLES = 53;

  static final int BATCH = 8;
  static final int STEPS_PER_EPOCH = 6;
  static final long SEED = 21;

  /** More than two looks at the loss. */
  static final double EPOCHS = 7.5;

  static final long STEPS = 45;

  private static final Interval NEVER = new Interval(1e6, Interval.Unit.STEPS);

  /** How a run ended: its state and its events. */
  record Ended(TrainingEvent.Outcome outcome, TrainingState state, List<TrainingEvent> events) {
    <T extends TrainingEvent> List<T> only(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  static Trial mlp(String optimizer, DType dtype, int replicas) {
    return new Trial("mlp:7", "ce", optimizer, dtype, replicas, Sampling.WITHOUT_REPLACEMENT);
  }

  ArraySamples samples() {
    int[] image = new int[] {6, 1, 1};
    if (model.endsWith("cnn")) {
      image = new int[] {1, 16, 16};
    } else if (model.contains("resnet")) {
      image = new int[] {1, 8, 8};
    }
    return ArraySamples.normal(1, SAMPLES, image, loss.equals("mse") ? 1 : 3);
  }

  TrainingPlan plan(double learningRate, double epochs) {
    return plan(learningRate, epochs, Schedules.parse("cosine"));
  }

  TrainingPlan plan(double learningRate, double epochs, Schedule schedule) {
    return TrainingPlan.of(
            ModelZoo.build(model, samples().imageShape(), samples().outputs()), Losses.parse(loss))
        .rules(Optimizers.parse(optimizer))
        .learningRate(learningRate)
        .schedule(schedule)
        .batch(BATCH)
        .sampling(sampling)
        .epochs(epochs)
        .seed(SEED)
        .replicas(replicas)
        .dtype(dtype)
        .build();
  }

  /** The whole run at rate 0.05 without probes. */
  Ended run(Engine engine) {
    return run(engine, plan(0.05, EPOCHS), List.of(), NEVER, null);
  }

  /** A run from a state, or from the start where it is null. */
  Ended run(Engine engine, TrainingPlan plan, List<Probe.Scheduled> probes, TrainingState from) {
    return run(engine, plan, probes, NEVER, from);
  }

  Ended run(
      Engine engine,
      TrainingPlan plan,
      List<Probe.Scheduled> probes,
      Interval checkpoints,
      TrainingState from) {
    List<TrainingEvent> events = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(
            engine,
            TrainingSetup.of(plan, samples())
                .withProbes(probes)
                .withCheckpoints(checkpoints)
                .withListener(events::add))) {
      if (from != null) {
        trainer.restore(from);
      }
      TrainingEvent.Outcome outcome = trainer.run();
      return new Ended(outcome, trainer.state(), events);
    }
  }
}
