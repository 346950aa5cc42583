package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.Vectors.part;
import static org.noisescape.train.DrawnPictures.IMAGE;
import static org.noisescape.train.DrawnPictures.SAMPLES;
import static org.noisescape.train.DrawnPictures.SIZE;
import static org.noisescape.train.DrawnPictures.documented;
import static org.noisescape.train.DrawnPictures.plan;
import static org.noisescape.train.DrawnPictures.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.objective.Augmentation;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.RunSchedules;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** That training sees the pictures that are drawn, the same ones whatever it runs on. */
@Tag(TestedEngines.TAG)
class AugmentationTest {
  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static double[] trained(Engine engine, TrainingPlan plan) {
    try (Trainer trainer = new Trainer(engine, TrainingSetup.of(plan, samples()))) {
      trainer.run();
      return trainer.state().theta();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "sam:rho=0.05+momentum:0.9"})
  void threadsAndGroupsOfReplicasDoNotChangeABit(String optimizer) {
    TrainingPlan plan = plan("mlp:301,203").rules(Optimizers.parse(optimizer)).replicas(3).build();
    double[] one = trained(EngineUnderTest.HOST.engine(), plan);
    try (Engine two = Engines.open("host", 2)) {
      assertThat(trained(two, plan)).isEqualTo(one);
    }
    double[] last =
        trained(
            EngineUnderTest.HOST.engine(), plan.toBuilder().replicas(1).firstReplica(2).build());
    assertThat(last).isEqualTo(part(one, 2 * last.length, last.length));
    assertThat(
            trained(
                EngineUnderTest.HOST.engine(),
                plan.toBuilder().augmentation(Augmentation.NONE).build()))
        .isNotEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRestoredRunIsTheUninterruptedOne(EngineUnderTest on) {
    for (Sampling sampling : Sampling.values()) {
      TrainingPlan plan = plan("mlp:7").sampling(sampling).replicas(2).build();
      List<TrainingState> due = new ArrayList<>();
      TrainingSetup setup =
          TrainingSetup.of(plan, samples())
              .withCheckpoints(new Interval(5, Interval.Unit.STEPS))
              .withListener(
                  event -> {
                    if (event instanceof TrainingEvent.CheckpointDue point) {
                      due.add(point.state());
                    }
                  });
      double[] whole;
      try (Trainer trainer = new Trainer(on.engine(), setup)) {
        trainer.run();
        whole = trainer.state().theta();
      }
      assertThat(due).hasSizeGreaterThan(4);
      for (TrainingState from : List.copyOf(due).subList(1, 4)) {
        try (Trainer trainer = new Trainer(on.engine(), TrainingSetup.of(plan, samples()))) {
          trainer.restore(from);
          trainer.run();
          assertThat(trainer.state().theta()).isEqualTo(whole);
        }
      }
    }
  }

  /** Pictures drawn in one epoch, as data of their own. */
  private static ArraySamples drawnIn(int epoch) {
    float[] shown = new float[SAMPLES * SIZE];
    float[] targets = new float[SAMPLES * 3];
    samples().copyTargets(0, SAMPLES, targets);
    for (int n = 0; n < SAMPLES; n++) {
      double[] view = documented(0, n, n, epoch);
      for (int i = 0; i < SIZE; i++) {
        shown[n * SIZE + i] = (float) view[i];
      }
    }
    return new ArraySamples(IMAGE, 3, shown, targets);
  }

  /** Bit for bit, six steps an epoch, with nothing but the pictures exchanged. */
  @ParameterizedTest
  @MethodSource("engines")
  void anEpochIsTrainingOnThePicturesDrawnInIt(EngineUnderTest on) {
    TrainingPlan plan = plan("mlp:7").dtype(DType.FLOAT64).epochs(2).build();
    List<TrainingState> due = checkpoints(on.engine(), plan);
    TrainingPlan plain = plan.toBuilder().augmentation(Augmentation.NONE).build();
    for (int epoch = 0; epoch < 2; epoch++) {
      TrainingState from = due.get(epoch);
      TrainingPlan until = plain.toBuilder().epochs(epoch + 1).build();
      try (Trainer trainer = new Trainer(on.engine(), TrainingSetup.of(until, drawnIn(epoch)))) {
        trainer.restore(from);
        trainer.run();
        assertThat(trainer.state().theta())
            .as("epoch %d", epoch)
            .isEqualTo(due.get(epoch + 1).theta());
      }
    }
  }

  /** The states at steps 0 and after each epoch. */
  private static List<TrainingState> checkpoints(Engine engine, TrainingPlan plan) {
    List<TrainingState> due = new ArrayList<>();
    TrainingSetup setup =
        TrainingSetup.of(plan, samples())
            .withListener(
                event -> {
                  if (event instanceof TrainingEvent.CheckpointDue point) {
                    due.add(point.state());
                  }
                });
    try (Trainer trainer = new Trainer(engine, setup)) {
      trainer.run();
    }
    return due;
  }

  /** A step of 53 draws with replacement is one of all pictures that these draws see. */
  @Test
  void drawsWithReplacementHaveViewsOfTheirOwn() {
    TrainingPlan plan =
        plan("mlp:7")
            .sampling(Sampling.WITH_REPLACEMENT)
            .batch(SAMPLES)
            .epochs(1)
            .dtype(DType.FLOAT64)
            .build();
    float[] shown = new float[SAMPLES * SIZE];
    float[] targets = new float[SAMPLES * 3];
    RandomKey key = RandomKey.of(21, Purpose.SAMPLING, 0);
    int[] words = new int[4];
    for (int place = 0; place < SAMPLES; place++) {
      key.words(0, place / 4, words);
      int sample = (int) (SAMPLES * Integer.toUnsignedLong(words[place % 4]) >>> 32);
      float[] target = new float[3];
      samples().copyTargets(sample, 1, target);
      System.arraycopy(target, 0, targets, 3 * place, 3);
      double[] view = documented(0, sample, place, 0);
      for (int i = 0; i < SIZE; i++) {
        shown[place * SIZE + i] = (float) view[i];
      }
    }
    TrainingPlan plain =
        plan.toBuilder()
            .augmentation(Augmentation.NONE)
            .sampling(Sampling.WITHOUT_REPLACEMENT)
            .build();
    Engine engine = EngineUnderTest.HOST.engine();
    double[] expected;
    try (Trainer trainer =
        new Trainer(engine, TrainingSetup.of(plain, new ArraySamples(IMAGE, 3, shown, targets)))) {
      trainer.run();
      expected = trainer.state().theta();
    }
    double[] found = trained(engine, plan);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-13));
    }
  }

  /** Epochs of the timeline, not steps over those of the first batch, tell views apart. */
  @Test
  void aRunWhoseBatchHasGrownSeesThePicturesOfTheLargerBatch() {
    TrainingPlan growing =
        plan("mlp:7")
            .batch(8)
            .epochs(4)
            .schedules(RunSchedules.parse("constant/batch=step:2@2"))
            .build();
    Engine engine = EngineUnderTest.HOST.engine();
    List<TrainingState> due = checkpoints(engine, growing);
    double[] whole = due.getLast().theta();
    TrainingState grown =
        due.stream().filter(state -> state.epoch() == 2).findFirst().orElseThrow();
    TrainingPlan large = growing.toBuilder().batch(16).schedules(RunSchedules.constant()).build();
    try (Trainer trainer = new Trainer(engine, TrainingSetup.of(large, samples()))) {
      trainer.restore(new TrainingState(6, 2, grown.theta(), List.of()));
      trainer.run();
      assertThat(trainer.state().theta()).isEqualTo(whole);
    }
  }
}
