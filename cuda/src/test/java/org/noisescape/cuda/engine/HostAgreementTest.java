package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.Vectors.close;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.objective.GradientNoise;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingState;

/**
 * Training and what is measured of it on the engines host and cuda, which share no arithmetic but
 * the random numbers.
 *
 * <p>With {@code -Dnoisescape.cuda.full=true} in the sizes of a real GPU.
 */
class HostAgreementTest {
  private static final EngineUnderTest CUDA = new EngineUnderTest("cuda");

  static Stream<Course> courses() {
    return Stream.of(DType.FLOAT32, DType.FLOAT64)
        .flatMap(
            dtype ->
                Stream.of(
                    Course.mlp("sgd", dtype),
                    Course.mlp("momentum:0.9", dtype),
                    Course.mlp("pl-sgd:l1=0.02,l2=1e-4", dtype),
                    Course.mlp("sgld:l3=1e-3", dtype),
                    Course.cnn(dtype)));
  }

  /**
   * Rounding differs from the first step on, and training amplifies differences; so what losses may
   * differ by, relatively, grows geometrically, by 100 in 100 steps: from 10⁻⁵ in float32, from
   * 10⁻¹² in float64.
   */
  private static double bound(DType dtype, int step) {
    return (dtype == DType.FLOAT32 ? 1e-5 : 1e-12) * Math.pow(100, step / 100.0);
  }

  @ParameterizedTest
  @MethodSource("courses")
  void trainingFollowsTheSameLosses(Course course) {
    List<Double> cuda = course.run(CUDA.engine(), null).losses();
    List<Double> host = course.run(EngineUnderTest.HOST.engine(), null).losses();
    assertThat(cuda).hasSameSizeAs(host).hasSize(Course.STEPS / Course.EVERY);
    for (int i = 0; i < host.size(); i++) {
      int step = (i + 1) * Course.EVERY;
      double bound = bound(course.dtype(), step) * Math.abs(host.get(i));
      close("mean loss up to step " + step, cuda.get(i), host.get(i), bound);
    }
    // else nothing was trained that could differ
    assertThat(host.getLast()).isLessThan(0.99 * host.getFirst());
  }

  @ParameterizedTest
  @MethodSource("courses")
  void repeatsAndRestoredRunsAreTheSameBits(Course course) {
    List<TrainingState> once = course.run(CUDA.engine(), null).states();
    List<TrainingState> again = course.run(CUDA.engine(), null).states();
    assertThat(again.getLast().theta()).isEqualTo(once.getLast().theta());
    TrainingState middle = once.get(once.size() / 2);
    TrainingState end = course.run(CUDA.engine(), middle).states().getLast();
    assertThat(end.step()).isEqualTo(Course.STEPS);
    assertThat(end.theta()).isEqualTo(once.getLast().theta());
    assertThat(end.optimizer()).usingRecursiveComparison().isEqualTo(once.getLast().optimizer());
  }

  /** After some training, so that per-sample gradients are not all alike. */
  private static double[] trained(Course course) {
    return course.run(EngineUnderTest.HOST.engine(), null).states().getLast().theta();
  }

  private static Curvature curvature(EngineUnderTest on, Course course, double[] theta) {
    return Curvature.over(
            on.engine(),
            course.plan().network(),
            course.plan().loss(),
            course.samples(),
            CurvatureOptions.of(course.dtype()).withBlock(1))
        .at(theta);
  }

  private static Stream<Course> trainedCourses(DType dtype) {
    return Stream.of(Course.mlp("sgd", dtype), Course.cnn(dtype));
  }

  /** Sums of N·P terms of rounding error ε that partly cancel, with a margin of 100. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void lossAndNoiseStrengthAgree(DType dtype) {
    double relative = dtype == DType.FLOAT32 ? 1e-4 : 1e-11;
    trainedCourses(dtype)
        .forEach(
            course -> {
              double[] theta = trained(course);
              try (Curvature cuda = curvature(CUDA, course, theta);
                  Curvature host = curvature(EngineUnderTest.HOST, course, theta)) {
                GradientNoise actual = cuda.noise();
                GradientNoise expected = host.noise();
                compare("loss", actual.value().loss(), expected.value().loss(), relative);
                compare(
                    "standard error of the loss",
                    actual.value().lossStandardError(),
                    expected.value().lossStandardError(),
                    relative);
                compare(
                    "noise strength", actual.noiseStrength(), expected.noiseStrength(), relative);
                compare(
                    "‖ḡ‖²", actual.gradientNormSquared(), expected.gradientNormSquared(), relative);
                assertThat(actual.value().accuracy())
                    .isCloseTo(
                        expected.value().accuracy(),
                        within(dtype == DType.FLOAT32 ? 1.5 / Course.SAMPLES : 0));
              }
            });
  }

  /** An eigenvalue's error is the square of the residual, √ε relative, and the rounding of H v. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void topEigenvaluesOfTheHessianAgree(DType dtype) {
    double relative = dtype == DType.FLOAT32 ? 1e-4 : 1e-10;
    trainedCourses(dtype)
        .forEach(
            course -> {
              double[] theta = trained(course);
              double[] cuda = top(CUDA, course, theta);
              double[] host = top(EngineUnderTest.HOST, course, theta);
              for (int i = 0; i < host.length; i++) {
                close("eigenvalue " + i, cuda[i], host[i], relative * Math.abs(host[0]));
              }
            });
  }

  private static double[] top(EngineUnderTest on, Course course, double[] theta) {
    try (Curvature curvature = curvature(on, course, theta);
        RitzPairs pairs =
            Lanczos.solve(
                curvature.hessian(), LanczosOptions.of(curvature.hessian(), 3, End.LARGEST, 5))) {
      assertThat(pairs.allConverged()).isTrue();
      return pairs.values();
    }
  }

  private static void compare(String what, double actual, double expected, double relative) {
    close(what, actual, expected, relative * Math.abs(expected));
  }
}
