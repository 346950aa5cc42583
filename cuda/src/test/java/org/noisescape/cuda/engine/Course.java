package org.noisescape.cuda.engine;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.optim.Optimizers;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.Vectors;
import org.noisescape.train.Interval;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Progress;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;
import org.noisescape.train.TrainingState;

/**
 * A training run on images of ten classes, the same on every engine.
 *
 * @param model as users write it
 * @param loss as users write it
 * @param optimizer as users write it
 * @param rate learning rate
 * @param dtype element type
 */
record Course(String model, String loss, String optimizer, double rate, DType dtype) {
  /** Sizes of a real GPU; else what an emulated one does in seconds. */
  private static final boolean FULL = Boolean.getBoolean("noisescape.cuda.full");

  static final int SIZE = FULL ? 28 : 16;
  static final int SAMPLES = FULL ? 2003 : 83;
  static final int BATCH = FULL ? 100 : 10;
  static final int STEPS = FULL ? 100 : 40;

  /** Steps between two losses that are looked at. */
  static final int EVERY = 5;

  private static final int CLASSES = 10;
  private static final double NOISE = 0.3;
  private static final Interval LOOKS = new Interval(EVERY, Interval.Unit.STEPS);

  static Course mlp(String optimizer, DType dtype) {
    return new Course("mlp:100,100", "mse", optimizer, 0.05, dtype);
  }

  static Course cnn(DType dtype) {
    return new Course("meng-cnn", "ce", "sgd", 0.1, dtype);
  }

  /** A picture a class, with noise of each sample, as handwriting of one digit varies. */
  ArraySamples samples() {
    int pixels = SIZE * SIZE;
    double[] pictures = Vectors.normals(1, CLASSES * pixels);
    double[] noise = Vectors.normals(2, SAMPLES * pixels);
    float[] features = new float[SAMPLES * pixels];
    float[] targets = new float[SAMPLES * CLASSES];
    for (int n = 0; n < SAMPLES; n++) {
      int label = n % CLASSES;
      targets[n * CLASSES + label] = 1;
      for (int i = 0; i < pixels; i++) {
        double value = pictures[label * pixels + i] + NOISE * noise[n * pixels + i];
        features[n * pixels + i] = (float) Math.clamp(0.5 + 0.25 * value, 0, 1);
      }
    }
    return new ArraySamples(new int[] {1, SIZE, SIZE}, CLASSES, features, targets);
  }

  TrainingPlan plan() {
    return plan(1);
  }

  private TrainingPlan plan(int replicas) {
    return TrainingPlan.of(
            ModelZoo.build(model, new int[] {1, SIZE, SIZE}, CLASSES), Losses.parse(loss))
        .rules(Optimizers.parse(optimizer))
        .learningRate(rate)
        .batch(BATCH)
        .epochs((double) STEPS / (SAMPLES / BATCH))
        .seed(11)
        .replicas(replicas)
        .dtype(dtype)
        .build();
  }

  /** A trainer whose checkpoints, and so looks at the loss, are {@value #EVERY} steps apart. */
  Trainer trainer(Engine engine, TrainingEvent.Listener listener) {
    return trainer(engine, listener, 1);
  }

  /** As {@link #trainer(Engine, TrainingEvent.Listener)} with several replicas. */
  Trainer trainer(Engine engine, TrainingEvent.Listener listener, int replicas) {
    return new Trainer(
        engine,
        TrainingSetup.of(plan(replicas), samples()).withCheckpoints(LOOKS).withListener(listener));
  }

  /** Trains from the start, or from a state that is not null. */
  Ended run(Engine engine, TrainingState from) {
    Ended ended = new Ended(new ArrayList<>(), new ArrayList<>());
    try (Trainer trainer = trainer(engine, ended::take)) {
      if (from != null) {
        trainer.restore(from);
      }
      trainer.run();
    }
    return ended;
  }

  /**
   * What a run announced.
   *
   * @param losses mean mini-batch loss of every {@value #EVERY} steps
   * @param states at the same steps
   */
  record Ended(List<Double> losses, List<TrainingState> states) {
    void take(TrainingEvent event) {
      if (event instanceof Progress progress) {
        losses.add(progress.batchLoss());
      } else if (event instanceof CheckpointDue due) {
        states.add(due.state());
      }
    }
  }
}
