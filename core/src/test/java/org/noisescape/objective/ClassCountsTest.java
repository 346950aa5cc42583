package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Counts of a classification against brute force, and on every engine those of its accuracy. */
@Tag(TestedEngines.TAG)
class ClassCountsTest {
  private static final int SAMPLES = 101;
  private static final int CLASSES = 5;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static ClassCounts of(double[] outputs, double[] targets, int width) {
    ClassCounts.Sums sums = new ClassCounts.Sums(width);
    int samples = outputs.length / width;
    sums.add(outputs, targets, width, 0, samples / 3);
    sums.add(outputs, targets, width, samples / 3, samples - samples / 3);
    return sums.total();
  }

  /** Outputs of few values, so that many are alike. */
  private static double[] outputs() {
    return IntStream.range(0, SAMPLES * CLASSES)
        .mapToDouble(i -> (i * 7919L % 104_729) % 4)
        .toArray();
  }

  private static int truth(int sample) {
    return sample * sample % CLASSES;
  }

  private static double[] targets(double right, double wrong) {
    return IntStream.range(0, SAMPLES * CLASSES)
        .mapToDouble(i -> i % CLASSES == truth(i / CLASSES) ? right : wrong)
        .toArray();
  }

  /** A stable sort of the classes by falling output: argmax first, then as top-k lists go. */
  private static Integer[] sorted(double[] outputs, int sample) {
    Integer[] classes = IntStream.range(0, CLASSES).boxed().toArray(Integer[]::new);
    Arrays.sort(classes, Comparator.comparingDouble(k -> -outputs[sample * CLASSES + k]));
    return classes;
  }

  @Test
  void matrixAndTopAreThoseOfAStableSort() {
    double[] outputs = outputs();
    ClassCounts counts = of(outputs, targets(1, 0), CLASSES);
    long[] matrix = new long[CLASSES * CLASSES];
    long[] top = new long[CLASSES + 1];
    for (int n = 0; n < SAMPLES; n++) {
      Integer[] order = sorted(outputs, n);
      matrix[truth(n) * CLASSES + order[0]]++;
      for (int k = 1; k <= CLASSES; k++) {
        top[k] += Arrays.asList(order).subList(0, k).contains(truth(n)) ? 1 : 0;
      }
    }
    assertThat(counts.confusion()).isEqualTo(matrix);
    for (int k = 1; k <= CLASSES; k++) {
      assertThat(counts.top(k)).as("top %d", k).isEqualTo(top[k]);
    }
    assertThat(counts.samples()).isEqualTo(SAMPLES);
    assertThat(IntStream.range(0, CLASSES).mapToLong(counts::right).sum()).isEqualTo(counts.top(1));
    assertThat(IntStream.range(0, CLASSES).mapToLong(counts::samples).sum()).isEqualTo(SAMPLES);
  }

  @Test
  void smoothedTargetsNameTheSameClasses() {
    assertThat(of(outputs(), targets(0.92, 0.02), CLASSES).confusion())
        .isEqualTo(of(outputs(), targets(1, 0), CLASSES).confusion());
  }

  /** Zero counts as positive. */
  @Test
  void oneOutputHasTwoClassesByItsSign() {
    ClassCounts counts = of(new double[] {2, 0, -1, -3, 4}, new double[] {1, 1, 1, -1, -1}, 1);
    assertThat(counts.classes()).isEqualTo(2);
    assertThat(counts.confusion()).containsExactly(2, 1, 1, 1);
    assertThat(counts.top(1)).isEqualTo(3);
  }

  @Test
  void theErrorIsThatOfABinomialShare() {
    assertThat(ClassCounts.standardError(20, 100)).isCloseTo(0.04, within(1e-15));
    assertThat(ClassCounts.standardError(100, 100)).isZero();
    assertThat(new RiskValue(0, 0, 0.2, 100).accuracyStandardError())
        .isCloseTo(0.04, within(1e-15));
  }

  @Test
  void targetsThatAreNoClassesAreRefused() {
    for (double[] row : new double[][] {{0.3, 0.5, 0.2}, {1, 1, 0}, {0, 0, 0}}) {
      assertThatThrownBy(() -> new ClassCounts.Sums(3).add(new double[3], row, 3, 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one-hot or parity");
    }
    assertThatThrownBy(
            () -> new ClassCounts.Sums(1).add(new double[1], new double[] {0.7}, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Three replicas, a last chunk that is padded. */
  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineCountsWhatItsAccuracySays(EngineUnderTest under) {
    Engine engine = under.engine();
    ArraySamples samples = ArraySamples.normal(3, 53, new int[] {6, 1, 1}, 4);
    Network network = ModelZoo.build("mlp:7", samples.imageShape(), 4);
    try (Arena arena = engine.arena()) {
      ResidentData data =
          new ResidentData(samples, network, Losses.parse("ce"), DType.FLOAT64, arena);
      Tensor theta = arena.reserve(DType.FLOAT64, 3, network.parameterCount());
      EmpiricalRisk risk =
          new EmpiricalRisk(
              data,
              arena,
              new RiskOptions(3, 20, Backward.NO, org.noisescape.nn.BatchStatistics.none()));
      arena.commit();
      double[] all = new double[3 * network.parameterCount()];
      Arrays.setAll(all, i -> Math.sin(1.7 * i));
      engine.memory().write(theta, all);
      ClassCounts[] counts = new ClassCounts[3];
      RiskValue[] values = risk.value(network.view(theta), counts);
      for (int r = 0; r < 3; r++) {
        assertThat(counts[r].samples()).isEqualTo(53);
        assertThat((double) counts[r].top(1) / 53).isEqualTo(values[r].accuracy());
        assertThat(values[r].accuracy()).isBetween(0.01, 0.99);
      }
      assertThat(counts[0].confusion()).isNotEqualTo(counts[1].confusion());
    }
  }
}
