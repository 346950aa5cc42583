package org.noisescape.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.testing.Vectors.close;

import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.linop.Counting;
import org.noisescape.linop.Scaled;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;
import org.noisescape.testing.TestedEngines;

@Tag(TestedEngines.TAG)
class AlignmentTest {
  private static final RealMatrix A = matrix(1, 0.7);
  private static final RealMatrix B = A.add(matrix(2, 0.8).scalarMultiply(0.3));

  private static RealMatrix matrix(long seed, double ratio) {
    return new Array2DRowRealMatrix(
        Spectra.matrix(seed, Spectra.values(97, i -> Math.pow(ratio, i) - (i == 7 ? 1 : 0))));
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static double similarity() {
    return A.multiply(B).getTrace() / (A.getFrobeniusNorm() * B.getFrobeniusNorm());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void similarityIsThatOfTheMatrices(EngineUnderTest engine) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      try (DenseOperator a = new DenseOperator(engine.engine(), dtype, 3, A.getData());
          DenseOperator b = new DenseOperator(engine.engine(), dtype, 2, B.getData())) {
        Counting first = new Counting(a);
        Counting second = new Counting(b);
        Alignment plain =
            Alignment.estimate(first, second, List.of(), StoppingRule.relative(0.02, 4000), 8);
        within(plain.similarity(), similarity());
        within(plain.traceOfProduct(), A.multiply(B).getTrace());
        within(plain.firstSquared(), Math.pow(A.getFrobeniusNorm(), 2));
        within(plain.secondSquared(), Math.pow(B.getFrobeniusNorm(), 2));
        assertThat(plain.similarity().converged()).isTrue();
        assertThat(plain.similarity().products()).isEqualTo(first.products() + second.products());
      }
    }
  }

  private static void within(Estimate estimate, double exact) {
    close("estimate", estimate.value(), exact, 3 * estimate.standardError());
  }

  @Test
  void deflationTakesMostOfTheVariance() {
    try (DenseOperator a = dense(A);
        DenseOperator b = dense(B);
        RitzPairs ofA = Lanczos.solve(a, LanczosOptions.of(a, 6, End.LARGEST, 1));
        RitzPairs ofB = Lanczos.solve(b, LanczosOptions.of(b, 6, End.LARGEST, 1))) {
      StoppingRule precision = StoppingRule.fixed(50);
      Alignment plain = Alignment.estimate(a, b, List.of(), precision, 8);
      Alignment deflated =
          Alignment.estimate(a, b, List.of(ofA.vectors(), ofB.vectors()), precision, 8);
      within(plain.similarity(), similarity());
      within(deflated.similarity(), similarity());
      within(deflated.traceOfProduct(), A.multiply(B).getTrace());
      assertThat(deflated.traceOfProduct().standardError())
          .isLessThan(0.5 * plain.traceOfProduct().standardError());
      assertThat(deflated.similarity().products()).isEqualTo(2 * (50 + 12));
    }
  }

  @Test
  void allDirectionsMakeItExact() {
    RealMatrix a = new Array2DRowRealMatrix(Spectra.matrix(1, 3, 1, -1, 0.5));
    RealMatrix b = new Array2DRowRealMatrix(Spectra.matrix(2, 2, 1, 0, -4));
    try (DenseOperator first = dense(a);
        DenseOperator second = dense(b);
        RitzPairs all = Lanczos.solve(first, LanczosOptions.of(first, 4, End.LARGEST, 1))) {
      // given twice: the second time in the span of the first
      Alignment exact =
          Alignment.estimate(
              first, second, List.of(all.vectors(), all.vectors()), StoppingRule.fixed(2), 1);
      double expected = a.multiply(b).getTrace() / (a.getFrobeniusNorm() * b.getFrobeniusNorm());
      close("similarity", exact.similarity().value(), expected, 1e-14);
      close("trace", exact.traceOfProduct().value(), a.multiply(b).getTrace(), 1e-13);
      assertThat(exact.similarity().standardError()).isLessThan(1e-14);
      assertThat(exact.similarity().degreesOfFreedom()).isInfinite();
      assertThat(exact.similarity().products()).isEqualTo(8);
    }
  }

  @Test
  void anOperatorIsAlignedWithItselfAndAgainstItsNegative() {
    try (DenseOperator a = dense(A)) {
      StoppingRule few = StoppingRule.fixed(5);
      close("self", Alignment.estimate(a, a, List.of(), few, 1).similarity().value(), 1, 1e-14);
      Alignment against = Alignment.estimate(a, new Scaled(a, -2), List.of(), few, 1);
      close("negative", against.similarity().value(), -1, 1e-14);
      close("error", against.similarity().standardError(), 0, 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void principalAnglesAreFoundAtAllSizes(EngineUnderTest engine) {
    // rows e1, e2, e3 against rows turned by each angle into e4, e5, e6
    double[] angles = {1e-9, 1e-4, 1.2};
    Tensor first = engine.engine().tensor(DType.FLOAT64, 3, 7);
    Tensor second = engine.engine().tensor(DType.FLOAT64, 3, 7);
    double[] unit = new double[21];
    double[] turned = new double[21];
    double overlap = 0;
    for (int i = 0; i < 3; i++) {
      unit[7 * i + i] = 1;
      turned[7 * i + i] = Math.cos(angles[i]);
      turned[7 * i + i + 3] = Math.sin(angles[i]);
      overlap += Math.pow(Math.cos(angles[i]), 2) / 3;
    }
    engine.engine().memory().write(first, unit);
    engine.engine().memory().write(second, turned);
    SubspaceOverlap found = SubspaceOverlap.of(first, second);
    close("angles", found.angles(), angles, 1e-14);
    close("overlap", found.overlap(), overlap, 1e-14);
    SubspaceOverlap within = SubspaceOverlap.of(first, second.rows(2, 1));
    close("one angle", within.angles(), new double[] {1.2}, 1e-14);
    close("same", SubspaceOverlap.of(first, first).angles(), new double[3], 1e-14);
    assertThat(engine.engine().memory().readDoubles(second)).isEqualTo(turned);
    first.arena().close();
    second.arena().close();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    try (DenseOperator a = dense(A);
        DenseOperator small = dense(new Array2DRowRealMatrix(Spectra.matrix(1, 1, 2)))) {
      assertThatThrownBy(() -> Alignment.estimate(a, small, List.of(), StoppingRule.fixed(2), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dense (97 float64) and dense (2 float64)");
      Tensor rows = a.engine().tensor(DType.FLOAT64, 2, 5);
      Tensor others = a.engine().tensor(DType.FLOAT64, 2, 6);
      assertThatThrownBy(() -> SubspaceOverlap.of(rows, others))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("(2, 5) float64 and (2, 6) float64");
      rows.arena().close();
      others.arena().close();
    }
  }

  private static DenseOperator dense(RealMatrix matrix) {
    return new DenseOperator(EngineUnderTest.HOST.engine(), DType.FLOAT64, 4, matrix.getData());
  }
}
