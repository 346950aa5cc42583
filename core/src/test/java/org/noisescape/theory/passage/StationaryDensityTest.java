package org.noisescape.theory.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stationary probabilities and moments against closed forms. */
class StationaryDensityTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Test
  void additiveNoiseInAParabolaIsGaussian() {
    double variance = 0.3;
    StationaryDensity density =
        new StationaryDensity(
            Diffusion.additive(w -> 2 * (w - 1), 4 * variance), -INFINITE, 0.8, 1, INFINITE);
    double deviation = Math.sqrt(variance);
    isClose(density.probability(1, INFINITE), 0.5);
    isClose(
        density.probability(0.5, 1.2),
        (Erf.erf(0.2 / deviation / Math.sqrt(2)) + Erf.erf(0.5 / deviation / Math.sqrt(2))) / 2);
    isClose(density.expectation(w -> w * w), 1 + variance);
  }

  /** (1 + x²)^−φ: P(|x| &lt; r) is a regularised Beta function of r²/(1 + r²). */
  @ParameterizedTest
  @EnumSource(Interpretation.class)
  void multiplicativeNoiseHasThePowerOfItsInterpretation(Interpretation interpretation) {
    double h = 1;
    double strength = 0.4;
    double phi = 2 * h / (2 * strength) + (interpretation == Interpretation.ITO ? 1 : 0);
    StationaryDensity density =
        new StationaryDensity(
            new Diffusion(w -> h * w, w -> strength * (1 + w * w), interpretation),
            -INFINITE,
            0,
            1,
            INFINITE);
    for (double r : new double[] {0.1, 1, 30}) {
      double x = r * r / (1 + r * r);
      isClose(density.probability(-r, r), Beta.regularizedBeta(x, 0.5, phi - 0.5));
    }
    isClose(density.expectation(w -> w * w), 1 / (2 * phi - 3));
  }

  @Test
  void momentsThatDoNotExistAreInfiniteAndNotConverged() {
    // exponent φ = 1 + 2h/(2ρ) = 1.4: no second moment
    StationaryDensity density =
        new StationaryDensity(
            new Diffusion(w -> w, w -> 2.5 * (1 + w * w), Interpretation.ITO),
            -INFINITE,
            0,
            1,
            INFINITE);
    Integral moment = density.expectation(w -> w * w);
    assertThat(moment.value()).isInfinite();
    assertThat(moment.converged()).isFalse();
    assertThat(density.probability(-1, 1).converged()).isTrue();
  }

  @Test
  void reflectingEndsKeepTheDensityInside() {
    StationaryDensity density = new StationaryDensity(Diffusion.additive(w -> 0, 1), 0, 0.5, 1, 2);
    isClose(density.probability(0, 0.5), 0.25);
    isClose(density.expectation(w -> w), 1);
  }

  private static void isClose(Integral integral, double expected) {
    assertThat(integral.converged()).isTrue();
    assertThat(integral.value() / expected).isCloseTo(1, offset(1e-9));
  }

  @Test
  void withoutAStationaryStateNoProbabilityConverges() {
    for (double end : new double[] {-INFINITE, -2}) {
      StationaryDensity flat =
          new StationaryDensity(Diffusion.additive(w -> 0, 1), end, 0, 1, INFINITE);
      assertThat(flat.probability(-1, 1)).isEqualTo(Integral.infinite());
      assertThat(flat.expectation(w -> 1)).isEqualTo(Integral.infinite());
    }
  }
}
