package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums: float64 bounds for float32 elements too. */
class ReductionContractTest extends EngineContract {
  @ParameterizedTest
  @MethodSource("subjects")
  void sumsAreTakenReplicaByReplica(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            double[] x = Workbench.normals(1, replicas * length);
            double[] held = Workbench.normals(2, replicas);
            Tensor source = bench.input(subject.dtype(), x, replicas, length);
            Tensor replaced = bench.output(DType.FLOAT64, replicas);
            Tensor added = bench.inOut(DType.FLOAT64, held, replicas);
            subject.engine().reduction().sum(source, replaced, Accumulation.OVERWRITE);
            subject.engine().reduction().sum(source, added, Accumulation.ADD);
            Tolerance.Expected expected = new Tolerance.Expected(replicas, length + 1.0);
            for (int i = 0; i < x.length; i++) {
              expected.add(i / length, x[i]);
            }
            Tolerance.check("sum of " + length, bench.read(replaced), expected, DType.FLOAT64);
            for (int r = 0; r < replicas; r++) {
              expected.add(r, held[r]);
            }
            Tolerance.check("sum added", bench.read(added), expected, DType.FLOAT64);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void sumsRunOverAllInnerAxes(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          double[] x = new double[replicas * 3 * 5 * 7];
          Arrays.fill(x, 0.5);
          Tensor out = bench.output(DType.FLOAT64, replicas);
          Tensor source = bench.input(subject.dtype(), x, replicas, 3, 5, 7);
          subject.engine().reduction().sum(source, out, Accumulation.OVERWRITE);
          assertThat(bench.read(out)).containsOnly(52.5);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aLongSumLosesNoSmallTerms(Subject subject) {
    double[] x = new double[10_007];
    Arrays.fill(x, 1);
    x[0] = 0x1p24;
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor out = bench.output(DType.FLOAT64, 1);
      Tensor source = bench.input(subject.dtype(), x, 1, x.length);
      subject.engine().reduction().sum(source, out, Accumulation.OVERWRITE);
      assertThat(bench.read(out)).containsExactly(0x1p24 + 10_006);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void anEmptySumIsZero(Subject subject) {
    Engine engine = subject.engine();
    Tensor empty = engine.tensor(subject.dtype(), 2, 0);
    try (Workbench bench = new Workbench(engine, Workbench.Layout.STRIDED)) {
      Tensor sum = bench.output(DType.FLOAT64, 2);
      Tensor dot = bench.output(DType.FLOAT64, 2);
      Tensor kept = bench.inOut(DType.FLOAT64, new double[] {1, 2}, 2);
      engine.reduction().sum(empty, sum, Accumulation.OVERWRITE);
      engine.reduction().dot(empty, empty, dot);
      engine.reduction().sum(empty, kept, Accumulation.ADD);
      assertThat(bench.read(sum)).containsExactly(0, 0);
      assertThat(bench.read(dot)).containsExactly(0, 0);
      assertThat(bench.read(kept)).containsExactly(1, 2);
    }
    empty.arena().close();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void dotMultipliesAndSumsInFloat64(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            double[] x = Workbench.normals(3, replicas * length);
            double[] y = Workbench.normals(4, replicas * length);
            Tensor left = bench.input(subject.dtype(), x, replicas, length);
            Tensor out = bench.output(DType.FLOAT64, replicas);
            Tensor square = bench.output(DType.FLOAT64, replicas);
            Tensor right = bench.input(subject.dtype(), y, replicas, length);
            subject.engine().reduction().dot(left, right, out);
            subject.engine().reduction().dot(left, left, square);
            Tolerance.Expected products = new Tolerance.Expected(replicas, length);
            Tolerance.Expected squares = new Tolerance.Expected(replicas, length);
            for (int i = 0; i < x.length; i++) {
              products.add(i / length, x[i] * y[i]);
              squares.add(i / length, x[i] * x[i]);
            }
            Tolerance.check("dot of " + length, bench.read(out), products, DType.FLOAT64);
            Tolerance.check("squared norm", bench.read(square), squares, DType.FLOAT64);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void sampleDotsMultiplyRowByRowInFloat64(Subject subject) {
    int[][] sizes = {{1, 1}, {7, 13}, {1, 127}, {13, 1}, {5, 33}, {3, 16}, {0, 3}, {3, 0}};
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : sizes) {
            int samples = replicas * size[0];
            double[] x = Workbench.normals(10, samples * size[1]);
            double[] y = Workbench.normals(11, samples * size[1]);
            int[] shape = {replicas, size[0], size[1]};
            Tensor out = bench.output(DType.FLOAT64, replicas, size[0]);
            Tensor left = bench.input(subject.dtype(), x, shape);
            Tensor right = bench.input(subject.dtype(), y, shape);
            subject.engine().reduction().sampleDots(left, right, out);
            Tolerance.Expected expected = new Tolerance.Expected(samples, size[1]);
            for (int i = 0; i < x.length; i++) {
              expected.add(i / size[1], x[i] * y[i]);
            }
            String what = "N = " + size[0] + ", K = " + size[1];
            Tolerance.check(what, bench.read(out), expected, DType.FLOAT64);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void denseGradientNormsAreThoseOfTheOuterProducts(Subject subject) {
    int[][] sizes = {{1, 1, 1}, {3, 7, 5}, {5, 17, 1}, {2, 1, 16}, {7, 33, 15}};
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : sizes) {
            int samples = size[0];
            int inputs = size[1];
            int outputs = size[2];
            double[] x = Workbench.normals(5, replicas * samples * inputs);
            double[] yBar = Workbench.normals(6, replicas * samples * outputs);
            double[] held = Workbench.normals(7, replicas * samples);
            Tensor norms = bench.inOut(DType.FLOAT64, held, replicas, samples);
            Tensor input = bench.input(subject.dtype(), x, replicas, samples, inputs);
            Tensor cotangent = bench.input(subject.dtype(), yBar, replicas, samples, outputs);
            subject.engine().reduction().addDenseGradientNorms(input, cotangent, norms);
            int terms = (inputs + 1) * outputs;
            Tolerance.Expected expected = new Tolerance.Expected(held.length, terms + 1.0);
            for (int n = 0; n < held.length; n++) {
              expected.add(n, held[n]);
              for (int o = 0; o < outputs; o++) {
                double bar = yBar[n * outputs + o];
                expected.add(n, bar * bar);
                for (int i = 0; i < inputs; i++) {
                  double weight = bar * x[n * inputs + i];
                  expected.add(n, weight * weight);
                }
              }
            }
            Tolerance.check("norms", bench.read(norms), expected, DType.FLOAT64);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void countCorrectComparesTheFirstLargestOfTheValidSamples(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int classes : new int[] {1, 2, 10, 17}) {
            for (int valid : new int[] {0, 1, 12, 13}) {
              checkCount(subject, bench, replicas, classes, valid);
            }
          }
        });
  }

  private static void checkCount(
      Subject subject, Workbench bench, int replicas, int classes, int valid) {
    int samples = 13;
    double[] f = Workbench.normals(8, replicas * samples * classes);
    double[] t = Workbench.normals(9, f.length);
    double[] expected = new double[replicas];
    for (int row = 0; row < replicas * samples; row++) {
      int start = row * classes;
      if (row % 3 == 0) {
        System.arraycopy(f, start, t, start, classes);
      }
      if (row % 5 == 0) {
        f[start] = 0;
      }
      boolean right =
          classes == 1
              ? (f[start] >= 0) == (t[start] >= 0)
              : largest(f, start, classes) == largest(t, start, classes);
      if (right && row % samples < valid) {
        expected[row / samples]++;
      }
    }
    Tensor output = bench.input(subject.dtype(), f, replicas, samples, classes);
    Tensor target = bench.input(subject.dtype(), t, replicas, samples, classes);
    Tensor out = bench.output(DType.FLOAT64, replicas);
    Reduction reduction = subject.engine().reduction();
    String what = "K = " + classes + ", valid = " + valid;
    reduction.countCorrect(output, target, valid, out, Accumulation.OVERWRITE);
    assertThat(bench.read(out)).as(what).isEqualTo(expected);
    reduction.countCorrect(output, target, valid, out, Accumulation.ADD);
    for (int r = 0; r < replicas; r++) {
      expected[r] *= 2;
    }
    assertThat(bench.read(out)).as(what + ", added").isEqualTo(expected);
  }

  private static int largest(double[] values, int start, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[start + i] > values[start + best]) {
        best = i;
      }
    }
    return best;
  }
}
