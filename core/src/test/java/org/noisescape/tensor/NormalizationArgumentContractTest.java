package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of normalisation, average-pooling and columns are refused by name. */
class NormalizationArgumentContractTest extends EngineContract {
  private static void refused(ThrowingCallable call, String... parts) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContainingAll(parts);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void plansOfWrongSizesAreRefused(Subject subject) {
    try (Arena arena = subject.engine().arena()) {
      Normalization normalization = subject.engine().normalization();
      DType dtype = subject.dtype();
      refused(() -> normalization.plan(dtype, 1, 0, 3, 1e-5, arena), "rows", "0 and 3");
      refused(() -> normalization.plan(dtype, 1, 4, 0, 1e-5, arena), "channels", "4 and 0");
      refused(() -> normalization.plan(dtype, 1, 4, 3, 0, arena), "epsilon", "got 0.0");
      refused(() -> normalization.plan(dtype, 1, 4, 3, Double.NaN, arena), "epsilon", "NaN");
      refused(
          () -> normalization.plan(dtype, 1, 4, 6, new Sharing(3, 2), 1e-5, arena),
          "3 sets must divide 4 rows");
      refused(
          () -> normalization.plan(dtype, 1, 4, 6, new Sharing(2, 4), 1e-5, arena),
          "4 groups 6 channels");
      Convolution convolution = subject.engine().convolution();
      ConvolutionGeometry padded = new ConvolutionGeometry(5, 4, 2, 2, 3, 3, 1, 1);
      refused(
          () -> convolution.averagePool(padded, dtype, 1, 2, arena), "averagePool", "padding", "1");
      ConvolutionGeometry unequal = new ConvolutionGeometry(5, 4, 2, 3, 3, 3, 1, 0);
      refused(() -> convolution.averagePool(unequal, dtype, 1, 2, arena), "channels", "2 and 3");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void normalizationsOfWrongShapesAreRefused(Subject subject) {
    try (Arena arena = subject.engine().arena()) {
      NormalizationPlan plan =
          subject.engine().normalization().plan(subject.dtype(), 2, 6, 4, 1e-5, arena);
      Tensor x = arena.reserve(subject.dtype(), 2, 6, 4);
      Tensor other = arena.reserve(subject.dtype(), 2, 5, 4);
      Tensor v = arena.reserve(subject.dtype(), 2, 4);
      Tensor narrow = arena.reserve(subject.dtype(), 2, 3);
      Tensor mu = arena.reserve(DType.FLOAT64, 2, 4);
      Tensor single = arena.reserve(DType.FLOAT32, 2, 4);
      Tensor samples = arena.reserve(subject.dtype(), 2, 4, 8);
      arena.commit();
      Moments rows = new Moments(mu, mu, Moments.Origin.ROWS);
      Moments fixed = new Moments(mu, mu, Moments.Origin.FIXED);
      Moments wrong = new Moments(mu, single, Moments.Origin.ROWS);
      Activation act = Activation.RELU;
      Accumulation add = Accumulation.ADD;
      refused(() -> plan.moments(other, mu, mu), "moments", "x", "(2, 6, 4)", "(2, 5, 4)");
      refused(() -> plan.moments(x, single, mu), "moments", "mean", "float64", "float32");
      refused(() -> plan.forward(act, x, wrong, v, v, x), "forward", "variance", "float64");
      refused(() -> plan.forward(act, x, rows, narrow, v, x), "forward", "gamma", "(2, 3)");
      refused(() -> plan.forward(act, x, rows, v, narrow, x), "forward", "beta", "(2, 3)");
      refused(() -> plan.forward(act, x, rows, v, v, other), "forward", "y", "(2, 5, 4)");
      refused(() -> plan.backward(x, rows, v, other, x, v, v, add), "backward", "yBar");
      refused(() -> plan.backward(x, rows, v, x, other, v, v, add), "backward", "xBar");
      refused(() -> plan.backward(x, rows, v, x, x, v, null, add), "backward", "or neither");
      refused(() -> plan.backward(x, rows, v, x, x, narrow, v, add), "backward", "gammaBar");
      refused(() -> plan.tangent(x, rows, v, other, v, v, x), "tangent", "xDot");
      refused(() -> plan.tangent(x, rows, v, x, narrow, v, x), "tangent", "gammaDot");
      refused(
          () -> plan.backwardTangent(x, rows, v, x, v, x, other, x, v, v, add),
          "backwardTangent",
          "yBarDot");
      refused(
          () -> plan.backwardTangent(x, rows, v, x, v, x, x, other, v, v, add),
          "backwardTangent",
          "xBarDot");
      refused(() -> plan.sampleGradients(x, rows, x, samples), "sampleGradients", "coupled");
      refused(() -> plan.sampleGradients(x, fixed, x, samples), "divide", "6 rows", "got 4");
      refused(() -> plan.sampleGradients(x, fixed, x, x), "sampleGradients", "samples", "8)");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void poolingsAndColumnsOfWrongShapesAreRefused(Subject subject) {
    Engine engine = subject.engine();
    ConvolutionGeometry geometry = new ConvolutionGeometry(4, 4, 2, 2, 2, 2, 2, 0);
    try (Arena arena = engine.arena()) {
      AveragePoolPlan plan =
          engine.convolution().averagePool(geometry, subject.dtype(), 1, 3, arena);
      Tensor x = arena.reserve(subject.dtype(), 1, 3, 32);
      Tensor y = arena.reserve(subject.dtype(), 1, 3, 8);
      Tensor fewer = arena.reserve(subject.dtype(), 1, 2, 8);
      arena.commit();
      refused(() -> plan.forward(y, y), "averagePool forward", "x", "(1, 3, 32)", "(1, 3, 8)");
      refused(() -> plan.inputGradient(fewer, x), "inputGradient", "y", "(1, 3, 8)");
      Indexing indexing = engine.indexing();
      Accumulation add = Accumulation.ADD;
      refused(() -> indexing.copyColumns(x, 25, y, 0, 8, add), "copyColumns", "25 to 32", "0..31");
      refused(() -> indexing.copyColumns(x, 0, y, 1, 8, add), "copyColumns", "target", "0..7");
      refused(() -> indexing.copyColumns(x, -1, y, 0, 8, add), "copyColumns", "source");
      refused(() -> indexing.copyColumns(x, 0, fewer, 0, 8, add), "copyColumns", "(1, 3, ");
    }
  }
}
