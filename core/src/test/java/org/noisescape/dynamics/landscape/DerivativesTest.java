package org.noisescape.dynamics.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.testing.Vectors;

/** Gradients and Hessians are those of the value; second derivatives by central differences. */
class DerivativesTest {
  /** Rounding of f over h against the third derivative times h²: both near 1e-10 relative. */
  private static final double STEP = 1e-5;

  record Case(String name, Landscape landscape, double[] at) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    double[] x = Vectors.normals(1, 3 * 7);
    double[] y = Vectors.normals(2, 7);
    Separable wells = Separable.copies(new PowerWell(15, 2.5, 3), 2);
    return List.of(
        new Case("quadratic", Quadratic.diagonal(1, -0.3, 2), new double[] {0.4, -1, 0.7}),
        new Case("regression", new LinearRegression(3, x, y), new double[] {0.4, -1, 0.7}),
        new Case("quartic", Separable.of(new QuarticWell(3, 0.8)), new double[] {-1.1}),
        new Case("quartic inside", Separable.of(new QuarticWell(3, 0.8)), new double[] {0.3}),
        new Case(
            "mixed",
            Separable.of(new Parabola(2, 0.5), QuarticWell.ofCurvature(2, 5), new Parabola(-1, 0)),
            new double[] {0.4, -1.3, 0.7}),
        new Case("power wells", wells, new double[] {1.3, -0.4}),
        new Case("power wells outside", wells, new double[] {-1.2, 0.2}),
        new Case(
            "power wells of odd powers",
            Separable.of(new PowerWell(0.7, 2.2, Math.PI)),
            new double[] {0.3}),
        new Case("copies", DisplacedCopies.normal(wells, 11, 0.01, 4), new double[] {0.9, -0.6}),
        new Case("absolute valley", Valley.absolute(), new double[] {0.3, -0.2, 0.5, 1}),
        new Case("other sign", Valley.absolute(), new double[] {0.3, -0.2, 2, -1.5}),
        new Case("gaussian valley", Valley.gaussian(), new double[] {0.3, -0.2, 0.5, -0.4}),
        new Case("inclined valley", Valley.inclined(0.2), new double[] {0.3, -0.2}),
        new Case(
            "valley in five dimensions",
            new Valley(
                List.of(
                    new QuadraticForm(2, new double[] {1, 0, -1}, new double[] {0, 3, 1}),
                    new GaussianForm(3, 1, 1, 0.2, 0, 0.2, 2, 0.1, 0, 0.1, 1)),
                new QuadraticForm(0, new double[] {0.1, 0, 0}, new double[] {0, 0, 0.4}),
                3),
            new double[] {0.5, -0.7, 0.2, 0.3, -0.1}));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsTheSlopeOfTheValue(Case c) {
    int size = c.landscape.dimension();
    double[] gradient = new double[size];
    java.util.Arrays.fill(gradient, Double.NaN);
    c.landscape.gradient(c.at, gradient);
    for (int i = 0; i < size; i++) {
      double slope = (c.landscape.value(moved(c, i, 1)) - c.landscape.value(moved(c, i, -1)));
      slope /= 2 * STEP;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hessianIsTheSlopeOfTheGradient(Case c) {
    int size = c.landscape.dimension();
    double[] hessian = new double[size * size];
    java.util.Arrays.fill(hessian, Double.NaN);
    c.landscape.hessian(c.at, hessian);
    double[] up = new double[size];
    double[] down = new double[size];
    for (int i = 0; i < size; i++) {
      c.landscape.gradient(moved(c, i, 1), up);
      c.landscape.gradient(moved(c, i, -1), down);
      for (int j = 0; j < size; j++) {
        double slope = (up[j] - down[j]) / (2 * STEP);
        assertThat(hessian[i * size + j])
            .as("%d, %d", i, j)
            .isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
        assertThat(hessian[i * size + j]).isEqualTo(hessian[j * size + i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sampled")
  void gradientIsTheMeanOfTheSamples(Case c) {
    SampledLandscape sampled = (SampledLandscape) c.landscape;
    double[] mean = new double[sampled.dimension()];
    for (int m = 0; m < sampled.samples(); m++) {
      sampled.addSampleGradient(m, c.at, mean);
    }
    double[] gradient = new double[mean.length];
    sampled.gradient(c.at, gradient);
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i] / sampled.samples()).isCloseTo(gradient[i], within(1e-12));
    }
  }

  static List<Case> sampled() {
    return cases().stream().filter(c -> c.landscape instanceof SampledLandscape).toList();
  }

  @org.junit.jupiter.api.Test
  void badLandscapesAreRefusedInOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QuarticWell(0, 1))
        .withMessage("the barrier of a quartic double well must be a number > 0, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PowerWell(1, 1.5, 3))
        .withMessageContaining("powers between 2 and 64, got 1.5 and 3.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Separable(List.of()))
        .withMessageContaining("a parameter or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DisplacedCopies(Separable.of(new Parabola(1, 0)), new double[0]))
        .withMessageContaining("N >= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DisplacedCopies.normal(Separable.of(new Parabola(1, 0)), 3, Double.NaN, 1))
        .withMessageContaining("a variance must be >= 0, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Valley.flat(2, new AbsoluteForm(2, 1)))
        .withMessageContaining("has 2 degenerate parameters, AbsoluteForm takes 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GaussianForm(0, 1, 1, 2, 3, 4))
        .withMessageContaining("symmetric");
  }

  private static double[] moved(Case c, int i, int sign) {
    double[] moved = c.at.clone();
    moved[i] += sign * STEP;
    return moved;
  }
}
