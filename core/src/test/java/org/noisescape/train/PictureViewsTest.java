package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.part;
import static org.noisescape.train.DrawnPictures.ALL;
import static org.noisescape.train.DrawnPictures.AREA;
import static org.noisescape.train.DrawnPictures.IMAGE;
import static org.noisescape.train.DrawnPictures.SIZE;
import static org.noisescape.train.DrawnPictures.documented;
import static org.noisescape.train.DrawnPictures.samples;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.Augmentation;
import org.noisescape.objective.PictureViews;
import org.noisescape.objective.ResidentData;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Which views of a picture there are, and what they depend on. */
@Tag(TestedEngines.TAG)
class PictureViewsTest {
  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
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
