package org.noisescape.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.normals;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Losses from prepared targets to values and cotangents, against their formulas in float64. */
@Tag(TestedEngines.TAG)
class LossTest {
  private static final int SAMPLES = 5;
  private static final double SCALE = 0.25;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void meanSquareIsHalfTheSquaredDistance(EngineUnderTest on) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (int outputs : new int[] {1, 3}) {
        double[] f = normals(1, SAMPLES * outputs);
        double[] y = normals(2, SAMPLES * outputs);
        double[][] result = evaluate(on, dtype, "mse", f, y, outputs);
        for (int n = 0; n < SAMPLES; n++) {
          double loss = 0;
          for (int i = n * outputs; i < (n + 1) * outputs; i++) {
            loss += 0.5 * (f[i] - y[i]) * (f[i] - y[i]);
            close("cotangent", result[1][i], SCALE * (f[i] - y[i]), bound(dtype, f[i], y[i]));
          }
          close("loss", result[0][n], loss, bound(dtype, loss));
        }
      }
    }
  }

  /** PyTorch: (1 − ε) times the cross-entropy plus ε times the mean of −log p over the classes. */
  @ParameterizedTest
  @MethodSource("engines")
  void crossEntropySmoothsLabelsAsPyTorch(EngineUnderTest on) {
    int classes = 7;
    double[] f = normals(3, SAMPLES * classes);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      for (double smoothing : new double[] {0, 0.1, 0.6}) {
        double[][] result = evaluate(on, dtype, "ce:" + smoothing, f, oneHot(classes), classes);
        for (int n = 0; n < SAMPLES; n++) {
          double[] logits = part(f, n * classes, classes);
          double logSum = Math.log(Arrays.stream(logits).map(Math::exp).sum());
          int label = 2 * n % classes;
          double mean = logSum - Arrays.stream(logits).average().orElseThrow();
          double loss = (1 - smoothing) * (logSum - logits[label]) + smoothing * mean;
          close("loss", result[0][n], loss, bound(dtype, logSum));
          for (int k = 0; k < classes; k++) {
            double target = (k == label ? 1 - smoothing : 0) + smoothing / classes;
            double expected = SCALE * (Math.exp(logits[k] - logSum) - target);
            close("cotangent", result[1][n * classes + k], expected, bound(dtype, 1));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void crossEntropyOfEqualLogitsIsTheLogarithmOfTheClasses(EngineUnderTest on) {
    int classes = 7;
    for (String loss : new String[] {"ce", "ce:0.3"}) {
      double[] f = new double[SAMPLES * classes];
      double[][] result = evaluate(on, DType.FLOAT64, loss, f, oneHot(classes), classes);
      for (double value : result[0]) {
        close(loss, value, Math.log(classes), bound(DType.FLOAT64, 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aShiftOfTheLogitsChangesNothing(EngineUnderTest on) {
    int classes = 7;
    double[] f = normals(4, SAMPLES * classes);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      double[][] plain = evaluate(on, dtype, "ce:0.1", f, oneHot(classes), classes);
      for (double shift : new double[] {-3, 700, -5000}) {
        double[] shifted = Arrays.stream(f).map(x -> x + shift).toArray();
        double[][] result = evaluate(on, dtype, "ce:0.1", shifted, oneHot(classes), classes);
        double bound = SAMPLES * classes * bound(dtype, shift);
        close("losses", result[0], plain[0], bound);
        close("cotangents", result[1], plain[1], bound);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aConfidentErrorCostsTheDifferenceOfTheLogits(EngineUnderTest on) {
    double[] f = {1000, -1000};
    double[][] result = evaluate(on, DType.FLOAT32, "ce", f, new double[] {0, 1}, 2);
    assertThat(result[0]).containsExactly(2000);
    assertThat(result[1]).containsExactly(SCALE, -SCALE);
  }

  @Test
  void crossEntropyRefusesTargetsThatAreNoDistribution() {
    CrossEntropy loss = new CrossEntropy(0);
    assertThatThrownBy(() -> loss.prepareTargets(new double[] {1, -1, 1}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 classes, got 1 output: use loss mse, or target");
    assertThatThrownBy(() -> loss.prepareTargets(new double[] {1, -1}, 2))
        .hasMessageContaining("targets in [0, 1], got -1.0: use target one-hot");
    assertThatThrownBy(() -> loss.prepareTargets(new double[] {1, Double.NaN}, 2))
        .hasMessageContaining("targets in [0, 1], got NaN");
    assertThatThrownBy(() -> loss.prepareTargets(new double[] {0, 1, 1, 1}, 2))
        .hasMessageContaining("targets of sum 1, got a sum of 2.0: use target one-hot");
  }

  @Test
  void meanSquareTakesParityTargetsAsTheyAre() {
    double[] targets = {1, -1, -1};
    new MeanSquare().prepareTargets(targets, 1);
    assertThat(targets).containsExactly(1, -1, -1);
  }

  @ParameterizedTest
  @CsvSource({"mse,mse", "ce,ce", "ce:0.1,ce:0.1", "ce:0,ce"})
  void namesAreParsedAndComeBack(String name, String back) {
    assertThat(Losses.parse(name).name()).isEqualTo(back);
    assertThat(Losses.parse(back)).isEqualTo(Losses.parse(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mae|unknown loss 'mae': use one of mse, ce",
        "mse:2|loss 'mse:2': mse takes no arguments, write mse",
        "ce:x|loss 'ce:x': label smoothing must be a number, for example ce:0.1",
        "ce:1|label smoothing must lie in [0, 1), got 1.0",
        "ce:-0.1|label smoothing must lie in [0, 1), got -0.1",
        "ce:NaN|label smoothing must lie in [0, 1), got NaN",
      })
  void aWrongNameIsOneClearLine(String name, String message) {
    assertThatThrownBy(() -> Losses.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** Labels 0, 2, 4, …. */
  private static double[] oneHot(int classes) {
    double[] targets = new double[SAMPLES * classes];
    for (int n = 0; n < SAMPLES; n++) {
      targets[n * classes + 2 * n % classes] = 1;
    }
    return targets;
  }

  /** Rounding of numbers of these sizes, through a handful of operations. */
  private static double bound(DType dtype, double... sizes) {
    return 16 * Vectors.epsilon(dtype) * (1 + Arrays.stream(sizes).map(Math::abs).sum());
  }

  private static double[][] evaluate(
      EngineUnderTest on, DType dtype, String name, double[] f, double[] y, int outputs) {
    Loss loss = Losses.parse(name);
    double[] prepared = y.clone();
    loss.prepareTargets(prepared, outputs);
    int samples = f.length / outputs;
    try (Arena arena = on.engine().arena()) {
      Tensor output = arena.reserve(dtype, 1, samples, outputs);
      Tensor target = arena.reserve(dtype, 1, samples, outputs);
      Tensor outputBar = arena.reserve(dtype, 1, samples, outputs);
      Tensor scale = arena.reserve(DType.FLOAT64, 1);
      Tensor losses = arena.reserve(DType.FLOAT64, 1, samples);
      arena.commit();
      on.engine().memory().write(output, f);
      on.engine().memory().write(target, prepared);
      on.engine().memory().write(scale, SCALE);
      loss.evaluate(on.engine(), output, target, samples, scale, losses, outputBar);
      return new double[][] {
        on.engine().memory().readDoubles(losses), on.engine().memory().readDoubles(outputBar)
      };
    }
  }
}
