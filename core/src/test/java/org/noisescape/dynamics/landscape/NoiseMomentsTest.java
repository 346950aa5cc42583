package org.noisescape.dynamics.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.LandscapeProgram;

/** First and second moments of noises, and the characteristic function of the stable one. */
class NoiseMomentsTest {
  private static final int DRAWS = 40_000;

  /** A tenth added to one of the exponents of Chambers, Mallows and Stuck is seen at each index. */
  private static final int STABLE_DRAWS = 1_000_000;

  /** Five standard errors: one moment in two million misses by chance. */
  private static final double STANDARD_ERRORS = 5;

  record Case(
      String name, Landscape landscape, LandscapeNoise noise, double[] at, double[] covariance) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    double[] at = {0.3, -0.2, 0.5, -0.4};
    Valley valley = Valley.gaussian();
    double first = 8 - 4 * Math.exp(-0.41);
    double second = 2 * Math.exp(-0.81);
    // eigenvalues 3 and −1: H₊ = 3 (1, 1)(1, 1)ᵀ/2
    Landscape saddle = new Quadratic(new double[] {1, 2, 2, 1});
    double[] two = {0.7, -1};
    return List.of(
        new Case(
            "aligned in a valley",
            valley,
            ValleyNoise.aligned(valley, 0.4),
            at,
            diagonal(0.4 * first, 0.4 * second, 0, 0)),
        new Case(
            "isotropic in the curved directions",
            valley,
            ValleyNoise.isotropic(valley, 0.6),
            at,
            diagonal(0.6, 0.6, 0, 0)),
        new Case(
            "designed in a valley",
            valley,
            ValleyNoise.designed(valley, 0.3, lambda -> 2 * lambda),
            at,
            diagonal(0.6 * first * first, 0.6 * second * second, 0, 0)),
        new Case(
            "leading directions", valley, DiagonalNoise.leading(3, 2), at, diagonal(2, 2, 2, 0)),
        new Case(
            "Hessian", saddle, new HessianNoise(0.5), two, new double[] {0.75, 0.75, 0.75, 0.75}),
        new Case(
            "Hessian at the floor of a valley",
            valley,
            new HessianNoise(0.4),
            new double[] {0, 0, 0.5, -0.4},
            diagonal(0.4 * first, 0.4 * second, 0, 0)),
        new Case(
            "power law",
            saddle,
            DiagonalNoise.powerLaw(0.3, 2, 1, 1),
            two,
            diagonal(0.3 + 2 * 0.09, 0.3 + 2 * 4)),
        new Case("stable of index 2", saddle, new StableNoise(0.25, 2, 3), two, diagonal(72, 72)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void meanIsTheGradientAndCovarianceIsTheFormulas(Case c) {
    int size = c.at.length;
    double[] mean = new double[size];
    c.landscape.gradient(c.at, mean);
    double[] draws = draws(c.landscape, c.noise, c.at, DRAWS);
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int r = 0; r < DRAWS; r++) {
        sum += draws[r * size + i] - mean[i];
      }
      double error = Math.sqrt(c.covariance[i * size + i] / DRAWS);
      assertThat(sum / DRAWS).isCloseTo(0, within(STANDARD_ERRORS * error + 1e-12));
      for (int j = 0; j < size; j++) {
        double product = 0;
        for (int r = 0; r < DRAWS; r++) {
          product += (draws[r * size + i] - mean[i]) * (draws[r * size + j] - mean[j]);
        }
        // of normals: var(xy) = C_ii C_jj + C_ij²
        double cij = c.covariance[i * size + j];
        double ciijj = c.covariance[i * size + i] * c.covariance[j * size + j];
        double spread = Math.sqrt((ciijj + cij * cij) / DRAWS);
        assertThat(product / DRAWS).isCloseTo(cij, within(STANDARD_ERRORS * spread + 1e-12));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.6, 1, 1.3, 1.7, 2})
  void stableNoiseHasTheStableCharacteristicFunction(double alpha) {
    double dt = 0.01;
    double scale = 0.8;
    Landscape flat = Quadratic.diagonal(0);
    double[] draws = draws(flat, new StableNoise(dt, alpha, scale), new double[] {0}, STABLE_DRAWS);
    for (double k : new double[] {0.3, 1, 2.5}) {
      double cosine = 0;
      double sine = 0;
      for (double g : draws) {
        // the step is dt·g = ε dt^(1/α) X
        double x = g * dt / (scale * Math.pow(dt, 1 / alpha));
        cosine += Math.cos(k * x) / STABLE_DRAWS;
        sine += Math.sin(k * x) / STABLE_DRAWS;
      }
      double theory = Math.exp(-Math.pow(k, alpha));
      double twice = Math.exp(-Math.pow(2 * k, alpha));
      double spread = Math.sqrt(((1 + twice) / 2 - theory * theory) / STABLE_DRAWS);
      assertThat(cosine).isCloseTo(theory, within(STANDARD_ERRORS * spread));
      assertThat(sine)
          .isCloseTo(0, within(STANDARD_ERRORS * Math.sqrt((1 - twice) / 2 / STABLE_DRAWS)));
    }
  }

  @Test
  void badNoisesAreRefusedInOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StableNoise(0.1, 2.1, 1))
        .withMessage("the index alpha of stable noise must be in (0, 2], got 2.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StableNoise(0.1, 0, 1))
        .withMessageContaining("(0, 2], got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StableNoise(0, 1, 1))
        .withMessageContaining("the step of time must be a number > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HessianNoise(-0.1))
        .withMessageContaining("a variance must be >= 0, got -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagonalNoise.powerLaw(1, -1, 0))
        .withMessageContaining("quadratic part of power-law noise: a variance must be >= 0");
  }

  /** One gradient of every replica. */
  private static double[] draws(Landscape landscape, LandscapeNoise noise, double[] at, int count) {
    LandscapePlan plan =
        LandscapePlan.of(landscape, noise)
            .learningRate(1)
            .start(at)
            .seed(11)
            .replicas(count)
            .build();
    try (LandscapeProgram program = new LandscapeProgram(plan, 2)) {
      program.advance(1);
      double[] gradients = program.theta();
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = at[i % at.length] - gradients[i];
      }
      return gradients;
    }
  }

  private static double[] diagonal(double... values) {
    double[] matrix = new double[values.length * values.length];
    for (int i = 0; i < values.length; i++) {
      matrix[i * (values.length + 1)] = values[i];
    }
    return matrix;
  }
}
