package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products and sums of matrices and vectors. */
class LinearAlgebraContractTest extends EngineContract {
  /** m, n, k. */
  private static final int[][] PRODUCTS = {
    {1, 1, 1},
    {7, 13, 17},
    {16, 15, 33},
    {1, 127, 31},
    {31, 1, 17},
    {33, 16, 1},
    {127, 7, 2},
    {17, 31, 127},
    {3, 5, 0},
    {0, 5, 3},
    {5, 0, 3}
  };

  /** α, β. */
  private static final double[][] SCALES = {{1, 0}, {-0.5, 1}, {2, 0.25}};

  private static double[] gemmOperand(int seed, int replicas, int rows, int columns) {
    return Workbench.normals(seed, replicas * rows * columns);
  }

  private static void product(
      Workbench bench, Subject subject, int[] sizes, int replicas, int variant) {
    Transpose transposeA = (variant & 1) == 0 ? Transpose.NO : Transpose.YES;
    Transpose transposeB = (variant & 2) == 0 ? Transpose.NO : Transpose.YES;
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    double[] scales = SCALES[(m + n + variant) % SCALES.length];
    int replicasA = (m + variant) % 3 == 0 ? 1 : replicas;
    int replicasB = (m + variant) % 3 == 1 ? 1 : replicas;
    double[] a = gemmOperand(1, replicasA, m, k);
    double[] b = gemmOperand(2, replicasB, k, n);
    double[] c = gemmOperand(3, replicas, m, n);
    Tensor left =
        transposeA == Transpose.NO
            ? bench.input(subject.dtype(), a, replicasA, m, k)
            : bench.input(subject.dtype(), a, replicasA, k, m);
    Tensor right =
        transposeB == Transpose.NO
            ? bench.input(subject.dtype(), b, replicasB, k, n)
            : bench.input(subject.dtype(), b, replicasB, n, k);
    Tensor target =
        scales[1] == 0
            ? bench.output(subject.dtype(), replicas, m, n)
            : bench.inOut(subject.dtype(), c, replicas, m, n);
    subject
        .engine()
        .linearAlgebra()
        .gemm(transposeA, transposeB, scales[0], left, right, scales[1], target);
    LinearAlgebraOracle oracle = new LinearAlgebraOracle(transposeA, transposeB, m, n, k);
    Tolerance.check(
        "gemm %s %s m=%d n=%d k=%d α=%s β=%s"
            .formatted(transposeA, transposeB, m, n, k, scales[0], scales[1]),
        bench.read(target),
        oracle.gemm(replicas, scales[0], a, replicasA, b, replicasB, scales[1], c),
        subject.dtype());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void gemmIsTheScaledProductPlusTheScaledTarget(Subject subject) {
    for (int[] sizes : PRODUCTS) {
      for (int variant = 0; variant < 4; variant++) {
        int chosen = variant;
        everywhere(subject, (bench, replicas) -> product(bench, subject, sizes, replicas, chosen));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void gemmOfSlicedWeightsReadsTheirRowsOnly(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          double[] parameters = Workbench.normals(4, replicas * 30);
          Tensor theta = bench.input(subject.dtype(), parameters, replicas, 30);
          double[] x = Workbench.normals(5, replicas * 8);
          Tensor input = bench.input(subject.dtype(), x, replicas, 2, 4);
          Tensor output = bench.output(subject.dtype(), replicas, 2, 5);
          subject
              .engine()
              .linearAlgebra()
              .gemm(Transpose.NO, Transpose.YES, 1, input, theta.slice(7, 5, 4), 0, output);
          double[] weights = new double[replicas * 20];
          for (int r = 0; r < replicas; r++) {
            System.arraycopy(parameters, 30 * r + 7, weights, 20 * r, 20);
          }
          Tolerance.check(
              "sliced weights",
              bench.read(output),
              new LinearAlgebraOracle(Transpose.NO, Transpose.YES, 2, 5, 4)
                  .gemm(replicas, 1, x, replicas, weights, replicas, 0, null),
              subject.dtype());
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void axpyScalesEachReplicaByItsOwnCoefficient(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            int size = replicas * length;
            double[] alpha = Workbench.normals(6, replicas);
            double[] x = Workbench.normals(7, size);
            double[] y = Workbench.normals(8, size);
            Tensor target = bench.inOut(subject.dtype(), y, replicas, length);
            subject
                .engine()
                .linearAlgebra()
                .axpy(
                    bench.input(DType.FLOAT64, alpha, replicas),
                    bench.input(subject.dtype(), x, replicas, length),
                    target);
            Tolerance.Expected expected = new Tolerance.Expected(size, 2);
            for (int i = 0; i < size; i++) {
              expected.add(i, y[i]);
              expected.add(i, alpha[i / length] * x[i]);
            }
            Tolerance.check("axpy P=" + length, bench.read(target), expected, subject.dtype());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void axpbyCombinesAndIgnoresTheTargetAtBetaZero(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            int size = replicas * length;
            double[] x = Workbench.normals(9, size);
            double[] y = Workbench.normals(10, size);
            Tensor source = bench.input(subject.dtype(), x, replicas, length);
            Tensor combined = bench.inOut(subject.dtype(), y, replicas, length);
            Tensor replaced = bench.output(subject.dtype(), replicas, length);
            subject.engine().linearAlgebra().axpby(-0.75, source, 0.3, combined);
            subject.engine().linearAlgebra().axpby(-0.75, source, 0, replaced);
            Tolerance.Expected sum = new Tolerance.Expected(size, 2);
            Tolerance.Expected product = new Tolerance.Expected(size, 1);
            for (int i = 0; i < size; i++) {
              sum.add(i, -0.75 * x[i]);
              sum.add(i, 0.3 * y[i]);
              product.add(i, -0.75 * x[i]);
            }
            Tolerance.check("axpby", bench.read(combined), sum, subject.dtype());
            Tolerance.check("axpby β=0", bench.read(replaced), product, subject.dtype());
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void addProductsAccumulatesInFloat64(Subject subject) {
    int[][] shapes = {{1}, {7}, {16}, {127}, {5, 5}, {3, 33}, {0}, {3, 0}, {2, 3, 17}};
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] inner : shapes) {
            int[] shape = new int[inner.length + 1];
            shape[0] = replicas;
            System.arraycopy(inner, 0, shape, 1, inner.length);
            double[] a = Workbench.normals(11, Workbench.size(shape));
            double[] b = Workbench.normals(12, a.length);
            double[] held = Workbench.normals(13, a.length);
            for (double offset : new double[] {0, 1, -0.75}) {
              Tensor left = bench.input(subject.dtype(), a, shape);
              Tensor right = bench.input(subject.dtype(), b, shape);
              Tensor out = bench.inOut(DType.FLOAT64, held, shape);
              subject.engine().linearAlgebra().addProducts(offset, left, right, out);
              Tolerance.Expected expected = new Tolerance.Expected(a.length, 3);
              for (int i = 0; i < a.length; i++) {
                expected.add(i, held[i]);
                expected.add(i, offset * b[i]);
                expected.add(i, a[i] * b[i]);
              }
              Tolerance.check("addProducts", bench.read(out), expected, DType.FLOAT64);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void notANumberInTheOperandsReachesTheProduct(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor a = bench.input(subject.dtype(), new double[] {Double.NaN, 0, 1, 0}, 1, 2, 2);
      Tensor b = bench.input(subject.dtype(), new double[] {0, 0, 0, 0}, 1, 2, 2);
      Tensor c = bench.output(subject.dtype(), 1, 2, 2);
      subject.engine().linearAlgebra().gemm(Transpose.NO, Transpose.NO, 1, a, b, 0, c);
      assertThat(bench.read(c)).containsExactly(Double.NaN, Double.NaN, 0, 0);
    }
  }
}
