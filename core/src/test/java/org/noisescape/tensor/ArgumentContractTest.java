package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments are refused with the operation, the argument, what was expected and got. */
class ArgumentContractTest extends EngineContract {
  private static void refused(ThrowingCallable call, String... parts) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContainingAll(parts);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void productsOfWrongShapesAreRefused(Subject subject) {
    try (Arena arena = subject.engine().arena()) {
      LinearAlgebra algebra = subject.engine().linearAlgebra();
      Tensor a = arena.reserve(subject.dtype(), 2, 3, 4);
      Tensor b = arena.reserve(subject.dtype(), 2, 5, 6);
      Tensor c = arena.reserve(subject.dtype(), 2, 3, 6);
      Tensor matrix = arena.reserve(subject.dtype(), 2, 3);
      Tensor alpha = arena.reserve(DType.FLOAT64, 3);
      arena.commit();
      refused(
          () -> algebra.gemm(Transpose.NO, Transpose.NO, 1, a, b, 0, c),
          "gemm",
          "B",
          "(2, 4, 6)",
          "(2, 5, 6)");
      refused(
          () -> algebra.gemm(Transpose.NO, Transpose.NO, 1, matrix, b, 0, c),
          "gemm",
          "A",
          "3 axes",
          "(2, 3)");
      refused(() -> algebra.axpy(alpha, matrix, matrix), "axpy", "coefficients", "(2)", "(3)");
      refused(() -> algebra.axpby(1, a, 1, b), "axpby", "y", "(2, 3, 4)", "(2, 5, 6)");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void lossesOfWrongArgumentsAreRefused(Subject subject) {
    try (Arena arena = subject.engine().arena()) {
      Pointwise pointwise = subject.engine().pointwise();
      Tensor f = arena.reserve(subject.dtype(), 2, 3, 4);
      Tensor t = arena.reserve(subject.dtype(), 2, 3, 5);
      Tensor bias = arena.reserve(subject.dtype(), 2, 3);
      Tensor scale = arena.reserve(DType.FLOAT64, 2);
      Tensor losses = arena.reserve(DType.FLOAT64, 2, 3);
      Tensor single = arena.reserve(DType.FLOAT32, 2, 3);
      arena.commit();
      refused(
          () -> pointwise.squaredError(f, t, 3, scale, losses, null),
          "squaredError",
          "target",
          "(2, 3, 4)",
          "(2, 3, 5)");
      refused(
          () -> pointwise.softmaxCrossEntropy(f, f, 4, scale, losses, null),
          "softmaxCrossEntropy",
          "valid",
          "0..3",
          "got 4");
      refused(
          () -> pointwise.squaredError(f, f, 3, scale, single, null),
          "squaredError",
          "losses",
          "float64",
          "float32");
      refused(
          () -> pointwise.biasActivation(Activation.RELU, bias, f),
          "biasActivation",
          "bias",
          "(2, 4)",
          "(2, 3)");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void selectionsOfWrongArgumentsAreRefused(Subject subject) {
    Engine engine = subject.engine();
    try (Arena arena = engine.arena()) {
      Tensor source = arena.reserve(subject.dtype(), 9, 4);
      Tensor out = arena.reserve(subject.dtype(), 1, 7, 5);
      Tensor indices = arena.reserve(DType.INT32, 1, 7);
      Tensor all = arena.reserve(subject.dtype(), 1, 7, 4);
      Tensor few = arena.reserve(subject.dtype(), 2, 3);
      Tensor drawn = arena.reserve(subject.dtype(), 1, 7, 3);
      Tensor keys = arena.reserve(DType.INT32, 1, 2);
      Tensor step = arena.reserve(DType.INT32, 2);
      Tensor sums = arena.reserve(DType.FLOAT64, 2);
      arena.commit();
      refused(
          () -> engine.indexing().gather(source, indices, out),
          "gather",
          "out",
          "(1, 7, 4)",
          "(1, 7, 5)");
      refused(
          () -> engine.indexing().gather(source, source, out),
          "gather",
          "indices",
          "int32",
          subject.dtype().label());
      refused(
          () -> engine.random().permuteIndices(indices, 6, keys, step),
          "permuteIndices",
          "batch 7",
          "6 samples");
      refused(
          () ->
              engine
                  .indexing()
                  .drawBatch(
                      Sampling.WITH_REPLACEMENT,
                      keys,
                      step,
                      step,
                      indices,
                      source,
                      all,
                      few,
                      drawn),
          "drawBatch",
          "features of 9 samples",
          "targets of 2");
      refused(
          () ->
              engine
                  .indexing()
                  .drawBatch(
                      Sampling.WITHOUT_REPLACEMENT,
                      keys,
                      step,
                      null,
                      indices,
                      null,
                      null,
                      few,
                      drawn),
          "drawBatch",
          "batch 7",
          "2 samples");
      refused(
          () -> engine.random().drawIndices(indices, 0, keys, step),
          "drawIndices",
          "size",
          "got 0");
      refused(
          () -> engine.random().addNormal(source, sums, keys, step),
          "addNormal",
          "keys",
          "(9, 2)",
          "(1, 2)");
      refused(
          () -> engine.reduction().sum(source, sums, Accumulation.ADD), "sum", "out", "(9)", "(2)");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void convolutionsOfWrongShapesAreRefused(Subject subject) {
    Engine engine = subject.engine();
    ConvolutionGeometry geometry = new ConvolutionGeometry(5, 4, 2, 3, 3, 3, 1, 0);
    try (Arena arena = engine.arena()) {
      ConvolutionPlan plan =
          engine.convolution().plan(geometry, Activation.RELU, subject.dtype(), 1, 2, arena);
      Tensor x = arena.reserve(subject.dtype(), 1, 2, 40);
      Tensor w = arena.reserve(subject.dtype(), 1, 54);
      Tensor b = arena.reserve(subject.dtype(), 1, 3);
      Tensor y = arena.reserve(subject.dtype(), 1, 2, 18);
      arena.commit();
      refused(() -> plan.forward(y, w, b, y), "forward", "x", "(1, 2, 40)", "(1, 2, 18)");
      refused(() -> plan.forward(x, b, b, y), "forward", "w", "(1, 54)", "(1, 3)");
      refused(
          () -> plan.weightGradient(x, x, w, b, Accumulation.ADD),
          "weightGradient",
          "y",
          "(1, 2, 18)",
          "(1, 2, 40)");
      refused(() -> plan.weightGradient(x, y, w, w, Accumulation.ADD), "weightGradient", "b");
      refused(() -> plan.linear(x, b, y, Accumulation.ADD), "linear", "w", "(1, 54)", "(1, 3)");
      refused(() -> plan.sampleGradients(x, y, x), "sampleGradients", "rows", "(1, 2, 57)");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void tangentsOfWrongArgumentsAreRefused(Subject subject) {
    try (Arena arena = subject.engine().arena()) {
      Tangents tangents = subject.engine().tangents();
      Tensor y = arena.reserve(subject.dtype(), 2, 3, 4);
      Tensor other = arena.reserve(subject.dtype(), 2, 3, 5);
      Tensor bias = arena.reserve(subject.dtype(), 2, 3);
      Tensor scale = arena.reserve(DType.FLOAT64, 2);
      Tensor weights = arena.reserve(DType.FLOAT64, 2, 4);
      arena.commit();
      Activation tanh = Activation.TANH;
      Accumulation add = Accumulation.ADD;
      refused(() -> tangents.activation(tanh, other, null, y), "activationTangent", "y", "5)");
      refused(() -> tangents.activation(tanh, y, bias, y), "biasDot", "(2, 4)", "(2, 3)");
      String operation = "activationBackwardTangent";
      refused(
          () -> tangents.activationBackward(tanh, other, y, y, y, null, add), operation, "y must");
      refused(
          () -> tangents.activationBackward(tanh, y, other, y, y, null, add), operation, "yDot");
      refused(
          () -> tangents.activationBackward(tanh, y, y, other, y, null, add), operation, "yBar");
      refused(
          () -> tangents.activationBackward(tanh, y, y, y, y, bias, add),
          operation,
          "biasBarDot",
          "(2, 4)",
          "(2, 3)");
      refused(() -> tangents.squaredError(y, 4, scale, y), "squaredErrorTangent", "0..3", "got 4");
      refused(() -> tangents.squaredError(y, 3, bias, y), "squaredErrorTangent", "coefficients");
      refused(
          () -> tangents.softmaxCrossEntropy(other, y, 3, scale, y),
          "softmaxCrossEntropyTangent",
          "output",
          "(2, 3, 4)",
          "(2, 3, 5)");
      refused(() -> tangents.squaredErrorRoot(4, 3, scale, y), "squaredErrorRoot", "k", "0..3");
      refused(
          () -> tangents.softmaxCrossEntropyRoot(y, -1, 3, scale, y),
          "softmaxCrossEntropyRoot",
          "k",
          "0..3",
          "got -1");
      refused(
          () -> tangents.scaleSamples(weights, y, y),
          "scaleSamples",
          "weights",
          "(2, 3)",
          "(2, 4)");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void sampleProductsOfWrongArgumentsAreRefused(Subject subject) {
    Engine engine = subject.engine();
    try (Arena arena = engine.arena()) {
      Tensor x = arena.reserve(subject.dtype(), 2, 3, 4);
      Tensor matrix = arena.reserve(subject.dtype(), 2, 3);
      Tensor single = arena.reserve(DType.FLOAT32, 2, 3);
      Tensor wide = arena.reserve(DType.FLOAT64, 2, 4);
      Tensor keys = arena.reserve(DType.INT32, 1, 2);
      Tensor step = arena.reserve(DType.INT32, 2);
      arena.commit();
      refused(() -> engine.reduction().sampleDots(x, matrix, wide), "sampleDots", "y", "(2, 3, 4)");
      refused(
          () -> engine.reduction().sampleDots(x, x, wide), "sampleDots", "out", "(2, 3)", "(2, 4)");
      LinearAlgebra algebra = engine.linearAlgebra();
      refused(() -> algebra.addProducts(1, matrix, x, wide), "addProducts", "b", "(2, 3, 4)");
      refused(() -> algebra.addProducts(1, matrix, matrix, single), "addProducts", "float64");
      refused(
          () -> algebra.addProducts(1, matrix, matrix, wide),
          "addProducts",
          "out",
          "(2, 3)",
          "(2, 4)");
      refused(() -> engine.random().rademacher(matrix, keys, step), "rademacher", "keys", "(2, 2)");
    }
  }
}
