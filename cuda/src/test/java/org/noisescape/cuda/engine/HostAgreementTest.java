package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.Vectors.close;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingState;

/**
 * Training and what is measured of it on the engines host and cuda, which share no arithmetic but
 * the random numbers.
 *
 * <p>With {@code -Dnoisescape.cuda.full=true} in the sizes of a real GPU. {@link HostResults} may
 * have travelled along.
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
    double[] host = HostResults.losses(course);
    assertThat(cuda).hasSize(Course.STEPS / Course.EVERY).hasSize(host.length);
    for (int i = 0; i < host.length; i++) {
      int step = (i + 1) * Course.EVERY;
      double bound = bound(course.dtype(), step) * Math.abs(host[i]);
      close("mean loss up to step " + step, cuda.get(i), host[i], bound);
    }
    // else nothing was trained that could differ
    assertThat(host[host.length - 1]).isLessThan(0.99 * host[0]);
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

  static Stream<Course> trainedCourses(DType dtype) {
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
              double[] cuda = HostResults.noise(CUDA, course, HostResults.theta(course));
              double[] host = HostResults.noise(course);
              for (int i = 0; i < HostResults.NOISE.size(); i++) {
                String what = HostResults.NOISE.get(i);
                close(what, cuda[i], host[i], relative * Math.abs(host[i]));
              }
              int last = HostResults.NOISE.size();
              assertThat(cuda[last])
                  .as("accuracy")
                  .isCloseTo(host[last], within(dtype == DType.FLOAT32 ? 1.5 / Course.SAMPLES : 0));
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
              double[] cuda = HostResults.top(CUDA, course, HostResults.theta(course));
              double[] host = HostResults.top(course);
              for (int i = 0; i < host.length; i++) {
                close("eigenvalue " + i, cuda[i], host[i], relative * Math.abs(host[0]));
              }
            });
  }
}
