package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic of single elements. */
class ElementwiseContractTest extends EngineContract {
  /** Not-a-number, infinities, zeros and both signs; pairs with their reverse. */
  private static final double[] AWKWARD = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, 1, -1, 4, -2.5
  };

  @ParameterizedTest
  @MethodSource("subjects")
  void everyOperationIsThatOfEachPairOfElements(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            double[] a = Workbench.normals(1, replicas * length);
            double[] b = Workbench.normals(2, replicas * length);
            for (Elementwise operation : Elementwise.values()) {
              check(subject.dtype(), bench, operation, a, b, replicas, length);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void awkwardNumbersAreThoseOfIeee754(Subject subject) {
    double[] b = new double[AWKWARD.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = AWKWARD[b.length - 1 - i];
    }
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      for (Elementwise operation : Elementwise.values()) {
        Tensor out = bench.output(subject.dtype(), 1, b.length);
        apply(
            operation,
            bench.input(subject.dtype(), AWKWARD, 1, b.length),
            bench.input(subject.dtype(), b, 1, b.length),
            out);
        double[] found = bench.read(out);
        for (int i = 0; i < b.length; i++) {
          double expected = oracle(operation).applyAsDouble(AWKWARD[i], b[i]);
          // + 0 makes one of both zeros; boxed, not-a-number equals itself
          assertThat(found[i] + 0)
              .as("%s of %s, %s", operation, AWKWARD[i], b[i])
              .isEqualTo(
                  Double.valueOf(
                      (subject.dtype() == DType.FLOAT32 ? (float) expected : expected) + 0));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void anyOperandMayBeTheResult(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.STRIDED)) {
      double[] a = {3, -5};
      double[] b = {2, 4};
      Tensor left = bench.inOut(subject.dtype(), a, 2, 1);
      Tensor right = bench.inOut(subject.dtype(), b, 2, 1);
      Pointwise pointwise = subject.engine().pointwise();
      pointwise.multiply(left, right, left);
      assertThat(bench.read(left)).containsExactly(6, -20);
      pointwise.divide(left, right, right);
      assertThat(bench.read(right)).containsExactly(3, -5);
      pointwise.multiply(right, right, right);
      pointwise.sqrt(right, right);
      assertThat(bench.read(right)).containsExactly(3, 5);
      pointwise.sign(left, left);
      assertThat(bench.read(left)).containsExactly(1, -1);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void otherShapesAndTypesAreRefused(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor out = bench.inOut(subject.dtype(), new double[6], 2, 3);
      Tensor other = bench.inOut(subject.dtype(), new double[6], 3, 2);
      Tensor whole = bench.input(new int[6], 2, 3);
      Pointwise pointwise = subject.engine().pointwise();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.multiply(other, out, out))
          .withMessageContaining("multiply: a must be the shape and type of out");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.divide(out, other, out))
          .withMessageContaining("divide: b must be");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.sqrt(other, out))
          .withMessageContaining("sqrt: a must be");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.sign(whole, whole))
          .withMessageContaining("sign: out must be float32 or float64");
    }
  }

  private static void check(
      DType dtype,
      Workbench bench,
      Elementwise operation,
      double[] a,
      double[] b,
      int replicas,
      int length) {
    Tensor out = bench.output(dtype, replicas, length);
    double[] first = a.clone();
    double[] expected = new double[a.length];
    double[] bounds = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      first[i] = operation == Elementwise.SQRT ? Math.abs(a[i]) : a[i];
      expected[i] = oracle(operation).applyAsDouble(first[i], b[i]);
      bounds[i] = 2 * Tolerance.epsilon(dtype) * Math.abs(expected[i]);
    }
    apply(
        operation,
        bench.input(dtype, first, replicas, length),
        bench.input(dtype, b, replicas, length),
        out);
    Tolerance.check(operation + " of " + length, bench.read(out), expected, bounds);
  }

  private static void apply(Elementwise operation, Tensor a, Tensor b, Tensor out) {
    Pointwise pointwise = out.engine().pointwise();
    switch (operation) {
      case MULTIPLY -> pointwise.multiply(a, b, out);
      case DIVIDE -> pointwise.divide(a, b, out);
      case SQRT -> pointwise.sqrt(a, out);
      case SIGN -> pointwise.sign(a, out);
    }
  }

  private static DoubleBinaryOperator oracle(Elementwise operation) {
    return switch (operation) {
      case MULTIPLY -> (x, y) -> x * y;
      case DIVIDE -> (x, y) -> x / y;
      case SQRT -> (x, y) -> Math.sqrt(x);
      case SIGN -> (x, y) -> Math.signum(x);
    };
  }
}
