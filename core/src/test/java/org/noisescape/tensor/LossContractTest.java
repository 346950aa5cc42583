package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and their cotangents. */
class LossContractTest extends EngineContract {
  /** N, K, valid. */
  private static final int[][] SIZES = {
    {1, 1, 1}, {7, 10, 7}, {7, 10, 5}, {13, 1, 12}, {3, 17, 0}, {16, 2, 15}, {33, 127, 31}
  };

  private enum Loss {
    SQUARED_ERROR,
    CROSS_ENTROPY;

    void compute(
        Engine engine, Tensor f, Tensor t, int valid, Tensor scale, Tensor losses, Tensor fBar) {
      if (this == SQUARED_ERROR) {
        engine.pointwise().squaredError(f, t, valid, scale, losses, fBar);
      } else {
        engine.pointwise().softmaxCrossEntropy(f, t, valid, scale, losses, fBar);
      }
    }
  }

  /**
   * Scalar losses of one sample, float64: the loss in [0], its size in [1], then f − y or p − t.
   */
  private static double[] sample(Loss loss, double[] f, double[] t) {
    int outputs = f.length;
    double[] result = new double[outputs + 2];
    if (loss == Loss.SQUARED_ERROR) {
      for (int k = 0; k < outputs; k++) {
        result[k + 2] = f[k] - t[k];
        result[0] += 0.5 * result[k + 2] * result[k + 2];
      }
      result[1] = result[0];
      return result;
    }
    double max = Arrays.stream(f).max().orElseThrow();
    double sum = 0;
    for (double logit : f) {
      sum += Math.exp(logit - max);
    }
    for (int k = 0; k < outputs; k++) {
      double logProbability = f[k] - max - Math.log(sum);
      result[k + 2] = Math.exp(logProbability) - t[k];
      result[0] -= t[k] * logProbability;
      result[1] += Math.abs(t[k]) * (Math.abs(f[k]) + Math.abs(max) + Math.log(sum));
    }
    return result;
  }

  /** For the cross-entropy smoothed labels whose sum is exactly 1 in float32 too. */
  private static double[] targets(Loss loss, int rows, int outputs) {
    double[] targets = Workbench.normals(2, rows * outputs);
    if (loss == Loss.CROSS_ENTROPY) {
      double other = 0x1p-10;
      Arrays.fill(targets, other);
      for (int n = 0; n < rows; n++) {
        targets[n * outputs + n % outputs] = 1 - (outputs - 1) * other;
      }
    }
    return targets;
  }

  private static void check(
      Subject subject, Workbench bench, Loss loss, int replicas, int[] size, double spread) {
    int samples = size[0];
    int outputs = size[1];
    int valid = size[2];
    double[] f = Workbench.normals(1, replicas * samples * outputs);
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) (f[i] * spread);
    }
    double[] t = targets(loss, replicas * samples, outputs);
    double[] scale = Workbench.normals(3, replicas);
    double[] losses = new double[replicas * samples];
    double[] lossBounds = new double[losses.length];
    double[] fBar = new double[f.length];
    double[] bounds = new double[f.length];
    for (int row = 0; row < losses.length; row++) {
      int start = row * outputs;
      if (row % samples >= valid) {
        Arrays.fill(f, start, start + outputs, Double.NaN);
        continue;
      }
      double[] inputs = Arrays.copyOfRange(f, start, start + outputs);
      double[] one = sample(loss, inputs, Arrays.copyOfRange(t, start, start + outputs));
      double s = scale[row / samples];
      losses[row] = one[0];
      lossBounds[row] = Tolerance.sum(subject.dtype(), 2.0 * outputs, one[1] + 1);
      for (int k = 0; k < outputs; k++) {
        double terms = 1 + Math.abs(inputs[k]) + Math.abs(t[start + k]);
        fBar[start + k] = s * one[k + 2];
        bounds[start + k] = Math.abs(s) * Tolerance.sum(subject.dtype(), 2.0 * outputs, terms);
      }
    }
    int[] shape = {replicas, samples, outputs};
    Tensor output = bench.input(subject.dtype(), f, shape);
    Tensor target = bench.input(subject.dtype(), t, shape);
    Tensor scales = bench.input(DType.FLOAT64, scale, replicas);
    Tensor lossTensor = bench.output(DType.FLOAT64, replicas, samples);
    Tensor lossAlone = bench.output(DType.FLOAT64, replicas, samples);
    Tensor outputBar = bench.output(subject.dtype(), shape);
    loss.compute(subject.engine(), output, target, valid, scales, lossTensor, outputBar);
    loss.compute(subject.engine(), output, target, valid, scales, lossAlone, null);
    String what = loss + " N, K, valid = " + Arrays.toString(size);
    Tolerance.check(what, bench.read(lossTensor), losses, lossBounds);
    Tolerance.check(what + ", no cotangent", bench.read(lossAlone), losses, lossBounds);
    Tolerance.check(what + " cotangent", bench.read(outputBar), fBar, bounds);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void lossesAndCotangentsMatchTheirFormulasAndPaddingIsZero(Subject subject) {
    for (Loss loss : Loss.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int[] size : SIZES) {
              check(subject, bench, loss, replicas, size, 1);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void crossEntropyOfLogitsOfTenThousandIsFinite(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) ->
            check(subject, bench, Loss.CROSS_ENTROPY, replicas, new int[] {5, 10, 5}, 1e4));
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor f = bench.input(subject.dtype(), new double[] {1e4, -1e4}, 1, 1, 2);
      Tensor t = bench.input(subject.dtype(), new double[] {0, 1}, 1, 1, 2);
      Tensor scale = bench.input(DType.FLOAT64, new double[] {1}, 1);
      Tensor losses = bench.output(DType.FLOAT64, 1, 1);
      Tensor fBar = bench.output(subject.dtype(), 1, 1, 2);
      subject.engine().pointwise().softmaxCrossEntropy(f, t, 1, scale, losses, fBar);
      assertThat(bench.read(losses)).containsExactly(2e4);
      assertThat(bench.read(fBar)).containsExactly(1, -1);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aDivergedOutputGivesALossThatIsNotANumber(Subject subject) {
    for (Loss loss : Loss.values()) {
      try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
        Tensor f = bench.input(subject.dtype(), new double[] {0, Double.NaN, 1}, 1, 1, 3);
        Tensor t = bench.input(subject.dtype(), new double[] {0, 0, 1}, 1, 1, 3);
        Tensor scale = bench.input(DType.FLOAT64, new double[] {1}, 1);
        Tensor losses = bench.inOut(DType.FLOAT64, new double[] {0}, 1, 1);
        loss.compute(subject.engine(), f, t, 1, scale, losses, null);
        assertThat(bench.read(losses)).as(loss.name()).containsOnly(Double.NaN);
      }
    }
  }
}
