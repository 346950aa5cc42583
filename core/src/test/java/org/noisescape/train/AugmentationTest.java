package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.Vectors.part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.Augmentation;
import org.noisescape.objective.PictureViews;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.RunSchedules;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Pictures of a step: which views there are, what they depend on, and that training sees them. */
@Tag(TestedEngines.TAG)
class AugmentationTest {
  private static final Augmentation ALL = Augmentation.parse("crop:2+flip+cutout:3");
  private static final int[] IMAGE = {2, 9, 8};
  private static final int AREA = 72;
  private static final int SIZE = 2 * AREA;
  private static final int SAMPLES = 53;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** Samples whose black is 3 in the first channel and −4 in the second. */
  private record Shifted(ArraySamples all) implements SampleSource {
    @Override
    public int size() {
      return all.size();
    }

    @Override
    public int[] imageShape() {
      return all.imageShape();
    }

    @Override
    public int outputs() {
      return all.outputs();
    }

    @Override
    public void copyFeatures(int first, int count, float[] destination) {
      all.copyFeatures(first, count, destination);
    }

    @Override
    public void copyTargets(int first, int count, float[] destination) {
      all.copyTargets(first, count, destination);
    }

    @Override
    public float[] black() {
      return new float[] {3, -4};
    }
  }

  private static SampleSource samples() {
    return new Shifted(ArraySamples.normal(1, SAMPLES, IMAGE, 3));
  }

  private static TrainingPlan.Builder plan(String model) {
    return TrainingPlan.of(ModelZoo.build(model, IMAGE, 3), Losses.parse("ce"))
        .augmentation(ALL)
        .learningRate(0.05)
        .batch(8)
        .epochs(3.5)
        .seed(21);
  }

  private static double[] trained(Engine engine, TrainingPlan plan) {
    try (Trainer trainer = new Trainer(engine, TrainingSetup.of(plan, samples()))) {
      trainer.run();
      return trainer.state().theta();
    }
  }

  /** The pictures (R, B, D) of some samples in one epoch. */
  private static double[] pictures(
      Engine engine, String model, int firstReplica, int replicas, int epoch, int... indices) {
    try (Arena arena = engine.arena()) {
      Network network = ModelZoo.build(model, IMAGE, 3);
      ResidentData data =
          new ResidentData(samples(), network, Losses.parse("ce"), DType.FLOAT32, arena);
      int batch = indices.length / replicas;
      Tensor out = arena.reserve(DType.FLOAT32, replicas, batch, SIZE);
      Tensor chosen = arena.reserve(DType.INT32, replicas, batch);
      Tensor step = arena.reserve(DType.INT32, 2);
      PictureViews views =
          new PictureViews(
              ALL, data, new PictureViews.Draws(Purpose.AUGMENTATION, 21, firstReplica), out, step);
      arena.commit();
      engine.memory().write(chosen, indices);
      engine.memory().write(step, 10 * epoch + 3, 0);
      views.gather(chosen, chosen, 10);
      return engine.memory().readDoubles(out);
    }
  }

  /** The picture of a sample as the documentation says, planar. */
  private static double[] documented(int replica, int sample, int drawnBy, int epoch) {
    int[] words = new int[8];
    RandomKey key = RandomKey.of(21, Purpose.AUGMENTATION, replica);
    int[] four = new int[4];
    for (int block = 0; block < 2; block++) {
      key.words(epoch, drawnBy + ((long) block << 32), four);
      System.arraycopy(four, 0, words, 4 * block, 4);
    }
    int[] bounds = {5, 5, 2, IMAGE[1], IMAGE[2]};
    int[] view = new int[5];
    Arrays.setAll(view, v -> (int) (bounds[v] * Integer.toUnsignedLong(words[v]) >>> 32));
    float[] plain = new float[SIZE];
    samples().copyFeatures(sample, 1, plain);
    double[] seen = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int c = i / AREA;
      int y = i / 8 % 9;
      int x = i % 8;
      int fromY = y + view[0] - 2;
      int fromX = (view[2] == 1 ? 7 - x : x) + view[1] - 2;
      boolean hole = Math.abs(y - view[3]) <= 1 && Math.abs(x - view[4]) <= 1;
      boolean inside = fromY >= 0 && fromY < 9 && fromX >= 0 && fromX < 8;
      seen[i] = hole ? 0 : inside ? plain[c * AREA + fromY * 8 + fromX] : c == 0 ? 3 : -4;
    }
    return seen;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void picturesAreTheDocumentedOnesInEitherLayout(EngineUnderTest on) {
    int[] samples = {0, 52, 7, 7, 31, 16};
    double[] planar = pictures(on.engine(), "mlp:7", 4, 2, 3, samples);
    double[] interleaved = pictures(on.engine(), "resnet18:1", 4, 2, 3, samples);
    for (int i = 0; i < samples.length; i++) {
      double[] expected = documented(4 + i / 3, samples[i], samples[i], 3);
      assertThat(part(planar, i * SIZE, SIZE)).isEqualTo(expected);
      double[] last = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        last[j % AREA * 2 + j / AREA] = expected[j];
      }
      assertThat(part(interleaved, i * SIZE, SIZE)).isEqualTo(last);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aPictureDoesNotDependOnWhatElseIsInTheBatch(EngineUnderTest on) {
    double[] together = pictures(on.engine(), "mlp:7", 0, 1, 2, 3, 9, 14, 51);
    assertThat(pictures(on.engine(), "mlp:7", 0, 1, 2, 51))
        .isEqualTo(part(together, 3 * SIZE, SIZE));
    assertThat(pictures(on.engine(), "mlp:7", 0, 1, 2, 9, 3, 3))
        .startsWith(part(together, SIZE, SIZE))
        .endsWith(part(together, 0, SIZE));
    assertThat(pictures(on.engine(), "mlp:7", 0, 1, 3, 3, 9, 14, 51)).isNotEqualTo(together);
  }

  /** Views of samples 0, …, count − 1 in an epoch, of two replicas. */
  private static int[] views(Engine engine, ViewGeometry geometry, int count, int epoch) {
    try (Arena arena = engine.arena()) {
      Tensor samples = arena.reserve(DType.INT32, 2, count);
      Tensor views = arena.reserve(DType.INT32, 2, count, ViewGeometry.NUMBERS);
      Tensor keys = arena.reserve(DType.INT32, 2, 2);
      Tensor step = arena.reserve(DType.INT32, 2);
      arena.commit();
      int[] all = new int[2 * count];
      Arrays.setAll(all, i -> i % count);
      engine.memory().write(samples, all);
      engine.memory().write(keys, RandomKey.words(5, Purpose.AUGMENTATION, 0, 2));
      engine.memory().write(step, epoch, 0);
      engine.random().drawViews(views, geometry, samples, 1, keys, step);
      return engine.memory().readInts(views);
    }
  }

  /** χ² of counts that should be alike, less its mean, in its standard deviations. */
  private static double excess(long... counts) {
    double mean = Arrays.stream(counts).average().orElseThrow();
    double sum = 0;
    for (long count : counts) {
      sum += (count - mean) * (count - mean) / mean;
    }
    int degrees = counts.length - 1;
    return (sum - degrees) / Math.sqrt(2.0 * degrees);
  }

  /**
   * 40,000 views with a fixed seed: χ² of each table of counts within 3.5 standard deviations of
   * its mean; counts are sums of squares, so a table of 100 cells has it beyond one time in 2,000.
   */
  @Test
  void offsetsFlipsAndHolesAreUniformAndIndependent() {
    int count = 20_000;
    ViewGeometry geometry = Augmentation.parse("crop:2+flip+cutout:3").views(IMAGE, false);
    int[] now = views(EngineUnderTest.HOST.engine(), geometry, count, 6);
    int[] next = views(EngineUnderTest.HOST.engine(), geometry, count, 7);
    long[] window = new long[50];
    long[] hole = new long[72];
    long[] mixed = new long[90];
    long[] epochs = new long[100];
    long[] replicas = new long[100];
    for (int i = 0; i < now.length; i += 5) {
      int view = (now[i] * 5 + now[i + 1]) * 2 + now[i + 2];
      window[view]++;
      hole[now[i + 3] * 8 + now[i + 4]]++;
      mixed[(now[i + 2] * 9 + now[i + 3]) * 5 + now[i + 1]]++;
      epochs[(now[i + 1] * 2 + now[i + 2]) * 10 + next[i + 1] * 2 + next[i + 2]]++;
      if (i < now.length / 2) {
        int other = i + now.length / 2;
        replicas[(now[i] * 2 + now[i + 2]) * 10 + now[other] * 2 + now[other + 2]]++;
      }
    }
    for (long[] table : List.of(window, hole, mixed, epochs, replicas)) {
      assertThat(excess(table)).isBetween(-3.5, 3.5);
    }
  }

  @Test
  void whatIsNotAskedForIsNotDrawn() {
    int[] views =
        views(
            EngineUnderTest.HOST.engine(), Augmentation.parse("flip").views(IMAGE, false), 100, 1);
    for (int i = 0; i < views.length; i++) {
      assertThat(views[i]).isBetween(0, i % 5 == 2 ? 1 : 0);
    }
    int[] all = views(EngineUnderTest.HOST.engine(), ALL.views(IMAGE, false), 100, 1);
    for (int i = 2; i < views.length; i += 5) {
      assertThat(views[i]).as("a flip is the same beside crops").isEqualTo(all[i]);
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

  @Test
  void chainsThatMeanSomethingElseAreRefused() {
    for (String text :
        List.of("crop:0", "crop", "crop:8", "flip:1", "flip+flip", "cutout:8", "cutout:2+flip")) {
      assertThatThrownBy(() -> Augmentation.parse(text).views(IMAGE, true))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(text.replaceFirst("[:+].*", ""));
    }
    assertThatThrownBy(() -> ALL.views(new int[] {1, 1, 20}, false))
        .hasMessageContaining("(1, 1, 20)");
    assertThat(Augmentation.parse("none")).isEqualTo(Augmentation.NONE);
    assertThat(Augmentation.parse(ALL.text())).isEqualTo(ALL);
  }
}
