package org.noisescape.dynamics.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.testing.Vectors;

/** One gradient with noise, draw by draw from the streams of its purpose. */
class NoiseDrawsTest {
  private static final Landscape SADDLE = new Quadratic(new double[] {1, 2, 2, 1});
  private static final double[] AT = {0.7, -1};

  /** K θ. */
  private static final double[] GRADIENT = {-1.3, 0.4};

  /** 4 g². */
  private static final DiagonalNoise.Variances SQUARES =
      (theta, into) -> {
        into[0] *= 4 * into[0];
        into[1] *= 4 * into[1];
      };

  private static RandomStream stream(Purpose purpose) {
    return RandomKey.of(5, purpose, 3).stream(8);
  }

  private static double[] drawn(Landscape landscape, LandscapeNoise noise, double... at) {
    double[] into = new double[at.length];
    LandscapeNoise.Source source = noise.bind(landscape);
    source.gradient(at, NoiseDrawsTest::stream, into);
    double[] again = new double[at.length];
    source.gradient(at, NoiseDrawsTest::stream, again);
    assertThat(again).as("nothing is remembered").isEqualTo(into);
    return into;
  }

  private static void isGradientAnd(LandscapeNoise noise, double first, double second) {
    RandomStream normals = stream(Purpose.GRADIENT_NOISE);
    double[] expected = {
      GRADIENT[0] + first * normals.nextGaussian(), GRADIENT[1] + second * normals.nextGaussian()
    };
    assertThat(drawn(SADDLE, noise, AT)).containsExactly(expected, within(1e-14));
  }

  @Test
  void diagonalNoiseAddsItsDeviationTimesANormal() {
    isGradientAnd(new NoNoise(), 0, 0);
    isGradientAnd(DiagonalNoise.white(0.25), 0.5, 0.5);
    isGradientAnd(DiagonalNoise.white(0), 0, 0);
    isGradientAnd(DiagonalNoise.constant(0.25, 4), 0.5, 2);
    isGradientAnd(DiagonalNoise.constant(0, 4), 0, 2);
    isGradientAnd(DiagonalNoise.leading(1, 4), 2, 0);
    isGradientAnd(DiagonalNoise.leading(0, 4), 0, 0);
    isGradientAnd(DiagonalNoise.leading(2, 0), 0, 0);
    // 0.3 + 2 (w − c)²
    isGradientAnd(DiagonalNoise.powerLaw(0.3, 2, 0.2, 1), Math.sqrt(0.8), Math.sqrt(8.3));
    isGradientAnd(new DiagonalNoise(SQUARES), 2.6, 0.8);
  }

  /** dt·g = dt·L′ + √(D dt) ξ, in the second sense with −½ D′ beside L′. */
  @Test
  void diffusionHasTheVarianceOfItsTimeAndTheDriftOfItsSense() {
    isGradientAnd(DiffusionNoise.ito(0.25, (theta, into) -> into[0] = into[1] = 4), 4, 4);
    isGradientAnd(DiffusionNoise.ito(0.25, SQUARES), 5.2, 1.6);
    RandomStream normals = stream(Purpose.GRADIENT_NOISE);
    double[] expected = {
      GRADIENT[0] + 2 * normals.nextGaussian() - 0.5 * 3,
      GRADIENT[1] + 4 * normals.nextGaussian() - 0.5 * -7
    };
    LandscapeNoise second =
        DiffusionNoise.haenggiKlimontovich(
            0.25,
            (theta, into) -> {
              into[0] = 1;
              into[1] = 4;
            },
            (theta, into) -> {
              into[0] = 3;
              into[1] = -7;
            });
    assertThat(drawn(SADDLE, second, AT)).containsExactly(expected, within(1e-14));
  }

  /** Index 2 is a normal by Box and Muller: 2 sin v √w. */
  @Test
  void stableNoiseIsTheFormulaOfChambersMallowsAndStuck() {
    for (double alpha : new double[] {0.6, 1, 1.7, 2}) {
      RandomStream stream = stream(Purpose.GRADIENT_NOISE);
      double[] expected = new double[2];
      for (int i = 0; i < 2; i++) {
        double v = Math.PI * (stream.nextDouble() - 0.5);
        double w = -Math.log(stream.nextDouble());
        double x =
            Math.sin(alpha * v)
                / Math.pow(Math.cos(v), 1 / alpha)
                * Math.pow(Math.cos(v - alpha * v) / w, 1 / alpha - 1);
        expected[i] = GRADIENT[i] + 3 * Math.pow(0.25, 1 / alpha - 1) * x;
      }
      assertThat(drawn(SADDLE, new StableNoise(0.25, alpha, 3), AT))
          .containsExactly(expected, within(1e-12));
    }
    assertThat(drawn(SADDLE, new StableNoise(0.25, 1.5, 0), AT))
        .containsExactly(GRADIENT, within(1e-15));
  }

  @Test
  void miniBatchesAreMeansOfTheSamplesThatAreDrawn() {
    LinearRegression regression =
        new LinearRegression(2, Vectors.normals(1, 14), Vectors.normals(2, 7));
    RandomStream indices = stream(Purpose.SAMPLING);
    double[] expected = new double[2];
    for (int b = 0; b < 3; b++) {
      long word = indices.nextInt() & 0xFFFFFFFFL;
      regression.addSampleGradient((int) Math.floor(word * 0x1p-32 * 7), AT, expected);
    }
    for (int i = 0; i < 2; i++) {
      expected[i] /= 3;
    }
    assertThat(drawn(regression, new MiniBatchNoise(3), AT))
        .containsExactly(expected, within(1e-14));
  }

  @Test
  void aHessianThatIsNotFiniteGivesNoNumber() {
    Landscape broken = Separable.of(new PowerWell(1, 2.5, 2), new Parabola(1, 0));
    double[] huge = {1e300, 0};
    assertThat(drawn(broken, new HessianNoise(1), huge)).containsOnly(Double.NaN);
    // the noise of one positive direction, whatever the sign of its eigenvector
    double normal = stream(Purpose.GRADIENT_NOISE).nextGaussian();
    double[] one = drawn(Quadratic.diagonal(4), new HessianNoise(0.25), 2);
    assertThat(Math.abs(one[0] - 8)).isCloseTo(Math.abs(normal), within(1e-14));
  }
}
