package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.objective.GradientNoise;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;

/**
 * What the engine {@code host} gives for the courses of {@link HostAgreementTest}: computed, or
 * read from the folder of the system property {@value #FOLDER}, where what is missing is left.
 *
 * <p>The main method fills that folder, so that another machine need not compute it.
 */
final class HostResults {
  /** System property. */
  static final String FOLDER = "noisescape.host.results";

  /** The first of {@link #noise}; the last is the accuracy. */
  static final List<String> NOISE =
      List.of("loss", "standard error of the loss", "noise strength", "‖ḡ‖²");

  private static final int EIGENVALUES = 3;
  private static final int BLOCK = 5;

  private HostResults() {}

  /** Computes all of them. */
  public static void main(String[] none) {
    HostAgreementTest.courses().forEach(HostResults::losses);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      HostAgreementTest.trainedCourses(dtype)
          .forEach(
              course -> {
                noise(course);
                top(course);
              });
    }
  }

  /** Mean losses of a training. */
  static double[] losses(Course course) {
    return of(
        course,
        "losses",
        () ->
            course.run(EngineUnderTest.HOST.engine(), null).losses().stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
  }

  /** Parameters after some training, so that per-sample gradients are not all alike. */
  static double[] theta(Course course) {
    return of(
        course,
        "theta",
        () -> course.run(EngineUnderTest.HOST.engine(), null).states().getLast().theta());
  }

  /** {@link #NOISE} and the accuracy at {@link #theta}. */
  static double[] noise(Course course) {
    return of(course, "noise", () -> noise(EngineUnderTest.HOST, course, theta(course)));
  }

  /** The largest eigenvalues of the Hessian at {@link #theta}. */
  static double[] top(Course course) {
    return of(course, "top", () -> top(EngineUnderTest.HOST, course, theta(course)));
  }

  static double[] noise(EngineUnderTest on, Course course, double[] theta) {
    try (Curvature curvature = curvature(on, course, theta)) {
      GradientNoise noise = curvature.noise();
      return new double[] {
        noise.value().loss(),
        noise.value().lossStandardError(),
        noise.noiseStrength(),
        noise.gradientNormSquared(),
        noise.value().accuracy()
      };
    }
  }

  static double[] top(EngineUnderTest on, Course course, double[] theta) {
    try (Curvature curvature = curvature(on, course, theta);
        RitzPairs pairs =
            Lanczos.solve(
                curvature.hessian(),
                LanczosOptions.of(curvature.hessian(), EIGENVALUES, End.LARGEST, BLOCK))) {
      assertThat(pairs.allConverged()).isTrue();
      return pairs.values();
    }
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

  private static double[] of(Course course, String what, Supplier<double[]> compute) {
    String folder = System.getProperty(FOLDER, "");
    if (folder.isEmpty()) {
      return compute.get();
    }
    String name =
        "%s-%s-%s-%d-%s"
            .formatted(
                course.model(), course.optimizer(), course.dtype().label(), Course.SIZE, what)
            .replaceAll("[^\\w.-]+", "_");
    Path file = Path.of(folder, name);
    try {
      if (Files.exists(file)) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
      }
      double[] values = compute.get();
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      bytes.asDoubleBuffer().put(values);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.array());
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
