package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hessians of losses in the outputs, and their roots. */
class LossTangentsContractTest extends EngineContract {
  /** N, K, valid. */
  private static final int[][] SIZES = {
    {1, 1, 1},
    {7, 10, 7},
    {7, 10, 5},
    {13, 1, 12},
    {3, 17, 0},
    {16, 2, 15},
    {33, 127, 31},
    {0, 3, 0}
  };

  private enum Loss {
    SQUARED_ERROR,
    CROSS_ENTROPY;

    /** Logits that are not read are not written either. */
    void product(Engine engine, Tensor f, Tensor fDot, int valid, Tensor scale, Tensor out) {
      if (this == SQUARED_ERROR) {
        engine.tangents().squaredError(fDot, valid, scale, out);
      } else {
        engine.tangents().softmaxCrossEntropy(f, fDot, valid, scale, out);
      }
    }

    Tolerance.Expected product(LossTangentOracle samples) {
      return this == SQUARED_ERROR ? samples.squaredErrorProduct() : samples.crossEntropyProduct();
    }

    Tolerance.Expected root(LossTangentOracle samples, int k) {
      return this == SQUARED_ERROR ? samples.squaredErrorRoot(k) : samples.crossEntropyRoot(k);
    }

    void root(Engine engine, Tensor f, int k, int valid, Tensor scale, Tensor out) {
      if (this == SQUARED_ERROR) {
        engine.tangents().squaredErrorRoot(k, valid, scale, out);
      } else {
        engine.tangents().softmaxCrossEntropyRoot(f, k, valid, scale, out);
      }
    }
  }

  private static void check(
      Subject subject, Workbench bench, Loss loss, int replicas, int[] size, double spread) {
    LossTangentOracle samples = LossTangentOracle.of(replicas, size, spread);
    Tensor f = bench.input(subject.dtype(), samples.f(), samples.shape());
    Tensor fDot = bench.input(subject.dtype(), samples.fDot(), samples.shape());
    Tensor scale = bench.input(DType.FLOAT64, samples.scale(), replicas);
    Tensor apart = bench.output(subject.dtype(), samples.shape());
    Tensor inPlace = bench.inOut(subject.dtype(), samples.fDot(), samples.shape());
    loss.product(subject.engine(), f, fDot, size[2], scale, apart);
    loss.product(subject.engine(), f, inPlace, size[2], scale, inPlace);
    String what = loss + " N, K, valid = " + Arrays.toString(size);
    Tolerance.Expected expected = loss.product(samples);
    Tolerance.check(what, bench.read(apart), expected, subject.dtype());
    Tolerance.check(what + ", in place", bench.read(inPlace), expected, subject.dtype());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void hessianProductsMatchTheirFormulasAndPaddingIsZero(Subject subject) {
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
  void productsAtLogitsOfTenThousandAreFinite(Subject subject) {
    int[] size = {5, 10, 5};
    everywhere(
        subject,
        (bench, replicas) -> check(subject, bench, Loss.CROSS_ENTROPY, replicas, size, 1e4));
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor f = bench.input(subject.dtype(), new double[] {1e4, -1e4}, 1, 1, 2);
      Tensor scale = bench.input(DType.FLOAT64, new double[] {1}, 1);
      Tensor root = bench.output(subject.dtype(), 1, 1, 2);
      subject.engine().tangents().softmaxCrossEntropyRoot(f, 1, 1, scale, root);
      Tolerance.check("root", bench.read(root), new double[2], new double[2]);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void rootsMatchTheirFormulasAndPaddingIsZero(Subject subject) {
    for (Loss loss : Loss.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int[] size : SIZES) {
              LossTangentOracle samples = LossTangentOracle.of(replicas, size, 1);
              Tensor f = bench.input(subject.dtype(), samples.f(), samples.shape());
              Tensor scale = bench.input(DType.FLOAT64, samples.scale(), replicas);
              for (int k : new int[] {0, size[1] - 1}) {
                Tensor out = bench.output(subject.dtype(), samples.shape());
                loss.root(subject.engine(), f, k, size[2], scale, out);
                String what = loss + " column " + k + " of " + Arrays.toString(size);
                Tolerance.check(what, bench.read(out), loss.root(samples, k), subject.dtype());
              }
            }
          });
    }
  }

  /** Σ_k r_k (r_k·ḟ) with the scale s in each root, against the product with the scale s². */
  @ParameterizedTest
  @MethodSource("subjects")
  void rootsTimesTheirTransposesAreTheHessian(Subject subject) {
    int[] size = {5, 7, 4};
    for (Loss loss : Loss.values()) {
      try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.STRIDED)) {
        LossTangentOracle samples = LossTangentOracle.of(2, size, 1.5);
        double[] square = Arrays.stream(samples.scale()).map(s -> s * s).toArray();
        Tensor f = bench.input(subject.dtype(), samples.f(), samples.shape());
        Tensor fDot = bench.input(subject.dtype(), samples.fDot(), samples.shape());
        Tensor scale = bench.input(DType.FLOAT64, samples.scale(), 2);
        Tensor squared = bench.input(DType.FLOAT64, square, 2);
        Tensor product = bench.output(subject.dtype(), samples.shape());
        loss.product(subject.engine(), f, fDot, size[2], squared, product);
        Tolerance.Expected sum = new Tolerance.Expected(samples.f().length, 4.0 * size[1]);
        for (int k = 0; k < size[1]; k++) {
          Tensor column = bench.output(subject.dtype(), samples.shape());
          loss.root(subject.engine(), f, k, size[2], scale, column);
          double[] root = bench.read(column);
          for (int i = 0; i < root.length; i++) {
            int start = i / size[1] * size[1];
            for (int j = start; j < start + size[1] && !samples.isPadding(i); j++) {
              sum.add(i, root[i] * root[j] * samples.fDot()[j]);
            }
          }
        }
        Tolerance.check(loss.name(), bench.read(product), sum, subject.dtype());
      }
    }
  }

  /**
   * Fourth-order differences of the loss's own cotangent: with a step of 2⁻⁷ along tangents of size
   * one the remainder is below h⁴/30 times the fifth derivative, bounded here by 100.
   */
  @ParameterizedTest
  @MethodSource("subjects")
  void productsAreDerivativesOfTheCotangent(Subject subject) {
    double h = 0x1p-7;
    int[] size = {3, 5, 3};
    for (Loss loss : Loss.values()) {
      try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
        LossTangentOracle samples = LossTangentOracle.of(1, size, 1);
        double[] expected = new double[samples.f().length];
        Tensor scale = bench.input(DType.FLOAT64, samples.scale(), 1);
        for (int point : new int[] {-2, -1, 1, 2}) {
          double weight = (Math.abs(point) == 1 ? 8 : -1) * Integer.signum(point) / (12 * h);
          double[] moved = new double[expected.length];
          for (int i = 0; i < moved.length; i++) {
            moved[i] = samples.f()[i] + point * h * samples.fDot()[i];
          }
          Tensor f = bench.input(DType.FLOAT64, moved, samples.shape());
          Tensor target = bench.input(DType.FLOAT64, oneHot(size), samples.shape());
          Tensor losses = bench.output(DType.FLOAT64, 1, size[0]);
          Tensor fBar = bench.output(DType.FLOAT64, samples.shape());
          Pointwise pointwise = subject.engine().pointwise();
          if (loss == Loss.SQUARED_ERROR) {
            pointwise.squaredError(f, target, size[2], scale, losses, fBar);
          } else {
            pointwise.softmaxCrossEntropy(f, target, size[2], scale, losses, fBar);
          }
          double[] read = bench.read(fBar);
          for (int i = 0; i < read.length; i++) {
            expected[i] += weight * read[i];
          }
        }
        Tensor f = bench.input(subject.dtype(), samples.f(), samples.shape());
        Tensor fDot = bench.input(subject.dtype(), samples.fDot(), samples.shape());
        Tensor product = bench.output(subject.dtype(), samples.shape());
        loss.product(subject.engine(), f, fDot, size[2], scale, product);
        double[] bounds = new double[expected.length];
        double largest = Arrays.stream(samples.fDot()).map(Math::abs).max().orElseThrow();
        double magnitude = Math.abs(samples.scale()[0]) * largest;
        double remainder = 100.0 / 30 * Math.pow(h * largest, 4) * magnitude;
        double rounding = Tolerance.sum(DType.FLOAT64, 10, magnitude) / h;
        Arrays.fill(bounds, remainder + rounding + Tolerance.sum(subject.dtype(), 10, magnitude));
        Tolerance.check(loss.name(), bench.read(product), expected, bounds);
      }
    }
  }

  private static double[] oneHot(int[] size) {
    double[] targets = new double[size[0] * size[1]];
    for (int n = 0; n < size[0]; n++) {
      targets[n * size[1] + n % size[1]] = 1;
    }
    return targets;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aDivergedOutputGivesAProductThatIsNotANumber(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor f = bench.input(subject.dtype(), new double[] {0, Double.NaN, 1}, 1, 1, 3);
      Tensor fDot = bench.input(subject.dtype(), new double[] {1, 2, 3}, 1, 1, 3);
      Tensor scale = bench.input(DType.FLOAT64, new double[] {1}, 1);
      Tensor out = bench.output(subject.dtype(), 1, 1, 3);
      Tensor root = bench.inOut(subject.dtype(), new double[3], 1, 1, 3);
      subject.engine().tangents().softmaxCrossEntropy(f, fDot, 1, scale, out);
      subject.engine().tangents().softmaxCrossEntropyRoot(f, 0, 1, scale, root);
      assertThat(bench.read(out)).containsOnly(Double.NaN);
      assertThat(bench.read(root)).containsOnly(Double.NaN);
    }
  }
}
