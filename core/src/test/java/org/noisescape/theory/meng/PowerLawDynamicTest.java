package org.noisescape.theory.meng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.passage.Interpretation;
import org.noisescape.theory.passage.StationaryDensity;

/** Stationary densities and second moments of one coordinate. */
class PowerLawDynamicTest {
  /** κ = 0.25, β = 8. */
  private static final PowerLawDynamic DYNAMIC = new PowerLawDynamic(0.8, 0.2, 0.5, 1);

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(Interpretation.class)
  void stationaryDensityIsThatOfTheDiffusion(Interpretation interpretation) {
    StationaryDensity exact =
        new StationaryDensity(DYNAMIC.diffusion(interpretation), -INFINITE, 0, 0.3, INFINITE);
    KappaDensity density = DYNAMIC.stationaryDensity(interpretation);
    assertThat(1 / density.kappa())
        .isCloseTo(DYNAMIC.stationaryExponent(interpretation), offset(1e-12));
    assertThat(density.beta() * density.kappa())
        .isCloseTo(DYNAMIC.rho() / DYNAMIC.sigma(), offset(1e-12));
    for (double r : new double[] {0.1, 0.5, 4}) {
      double tail = 2 * exact.probability(r, INFINITE).value();
      assertThat(density.tail(r) / tail).isCloseTo(1, offset(1e-9));
    }
    double moment = exact.expectation(w -> w * w).value();
    assertThat(density.variance() / moment).isCloseTo(1, offset(1e-9));
    assertThat(DYNAMIC.stationarySecondMoment(interpretation) / moment).isCloseTo(1, offset(1e-9));
    // the β of the appendix is that of h = 2
    KappaDensity appendix = new KappaDensity(0, DYNAMIC.literalAppendixBeta(), DYNAMIC.kappa());
    assertThat(Math.abs(appendix.variance() / moment - 1)).isGreaterThan(0.3);
  }

  /** 40 000 paths at 1/4 of a relaxation time; the step's own error is of the order of the step. */
  @ParameterizedTest
  @EnumSource(Interpretation.class)
  void secondMomentIsThatOfSimulatedPaths(Interpretation interpretation) {
    int paths = 40_000;
    int steps = 200;
    double end = 0.25 / DYNAMIC.curvature();
    double dt = end / steps;
    double sum = 0;
    double squares = 0;
    for (int path = 0; path < paths; path++) {
      double w = simulate(interpretation, path, steps, dt);
      sum += w * w;
      squares += w * w * w * w;
    }
    double mean = sum / paths;
    double error = Math.sqrt((squares / paths - mean * mean) / (paths - 1));
    double exact = DYNAMIC.secondMoment(end, interpretation);
    assertThat(Math.abs(mean - exact)).isLessThan(3 * error + exact * dt);
    TsallisBukman text = new TsallisBukman(DYNAMIC);
    assertThat(text.literalSecondMoment(end)).isGreaterThan(exact + 20 * error);
    assertThat(Math.abs(text.secondMoment(end) - exact)).isGreaterThan(5 * error);
  }

  private static double simulate(Interpretation interpretation, int path, int steps, double dt) {
    RandomStream stream = RandomKey.of(17, Purpose.ADDITIVE_NOISE, path).stream(0);
    double w = 0;
    for (int k = 0; k < steps; k++) {
      double noise = Math.sqrt(DYNAMIC.learningRate() * dt) * stream.nextGaussian();
      double at =
          interpretation == Interpretation.ITO
              ? w
              : w + Math.sqrt(DYNAMIC.noiseVariance(w)) * noise;
      w += -DYNAMIC.curvature() * w * dt + Math.sqrt(DYNAMIC.noiseVariance(at)) * noise;
    }
    return w;
  }

  @Test
  void discreteMomentIsThatOfTheRecursion() {
    double h = DYNAMIC.curvature();
    double eta = DYNAMIC.learningRate();
    double v = 0;
    for (int k = 1; k <= 3000; k++) {
      v = (1 - eta * h) * (1 - eta * h) * v + eta * eta * (DYNAMIC.sigma() + DYNAMIC.rho() * v);
      if (k == 1 || k == 7 || k == 3000) {
        assertThat(DYNAMIC.discreteSecondMoment(k) / v).isCloseTo(1, offset(1e-12));
      }
    }
    assertThat(DYNAMIC.discreteStationarySecondMoment() / v).isCloseTo(1, offset(1e-12));
  }

  @Test
  void iterationsOfSmallStepsHaveTheItoMoment() {
    // ρ scales with 1/η so that κ stays
    double eta = 1e-6;
    PowerLawDynamic small = new PowerLawDynamic(0.8, eta, 0.5, 0.2 / eta);
    assertThat(
            small.discreteStationarySecondMoment()
                / small.stationarySecondMoment(Interpretation.ITO))
        .isCloseTo(1, offset(2 * eta));
    assertThat(
            small.discreteStationarySecondMoment()
                / small.stationarySecondMoment(Interpretation.HANGGI_KLIMONTOVICH))
        .isCloseTo((2 - 3 * 0.25) / (2 - 0.25), offset(1e-5));
  }

  @Test
  void withoutStateDependenceEverythingIsGaussian() {
    PowerLawDynamic gaussian = new PowerLawDynamic(0.8, 0.2, 0.5, 0);
    for (Interpretation interpretation : Interpretation.values()) {
      assertThat(gaussian.stationaryExponent(interpretation)).isInfinite();
      assertThat(gaussian.stationarySecondMoment(interpretation))
          .isCloseTo(0.2 * 0.5 / 1.6, offset(1e-15));
      assertThat(gaussian.stationaryDensity(interpretation).variance())
          .isCloseTo(0.2 * 0.5 / 1.6, offset(1e-15));
    }
  }

  @Test
  void momentsGrowForEverBeyondTheirKappa() {
    // κ = 0.8: no second moment in one interpretation, one in the other
    PowerLawDynamic heavy = new PowerLawDynamic(1, 0.8, 0.5, 1);
    assertThat(heavy.stationarySecondMoment(Interpretation.HANGGI_KLIMONTOVICH)).isInfinite();
    assertThat(heavy.stationarySecondMoment(Interpretation.ITO)).isFinite();
    assertThat(heavy.secondMoment(30, Interpretation.HANGGI_KLIMONTOVICH)).isGreaterThan(1000);
    // r = 0: linear in time
    PowerLawDynamic edge = new PowerLawDynamic(1, 0.5, 0.5, 4);
    assertThat(edge.secondMomentRate(Interpretation.ITO)).isZero();
    assertThat(edge.secondMoment(3, Interpretation.ITO)).isEqualTo(0.75);
    assertThat(EpsilonEscape.time(edge, 0.5, Interpretation.ITO)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Interpretation.class)
  void epsilonEscapeTimeInvertsTheSecondMoment(Interpretation interpretation) {
    double epsilon = 0.2;
    double time = EpsilonEscape.time(DYNAMIC, epsilon, interpretation);
    assertThat(DYNAMIC.secondMoment(time, interpretation))
        .isCloseTo(epsilon * epsilon, offset(1e-14));
    assertThat(EpsilonEscape.time(DYNAMIC, 2, interpretation)).isInfinite();
    // κ does not enter the leading order
    double tiny = 1e-4;
    assertThat(EpsilonEscape.time(DYNAMIC, tiny, interpretation) * 0.2 * 0.5 / (tiny * tiny))
        .isCloseTo(1, offset(1e-6));
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PowerLawDynamic(1, 1, 0, 1))
        .withMessageContaining("sigma must be finite and > 0");
    PowerLawDynamic heavy = new PowerLawDynamic(1, 1, 1, 2.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> heavy.stationaryDensity(Interpretation.HANGGI_KLIMONTOVICH))
        .withMessageContaining("got 2.5");
    assertThat(heavy.stationaryDensity(Interpretation.ITO).logNorm()).isFinite();
    assertThatIllegalArgumentException().isThrownBy(() -> new TsallisBukman(heavy));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EpsilonEscape.literalOrder(0.1, 0.7, 1))
        .withMessageContaining("got 0.7");
  }

  @Test
  void literalBetaOfTheAppendixIsTwoOverTheNoise() {
    assertThat(new PowerLawDynamic(1, 0.5, 0.25, 0).literalAppendixBeta()).isEqualTo(16);
  }

  /** 2h = ηρ in time, ηh(2 − ηh) = η²ρ in steps. */
  @Test
  void atTheEdgeTheSecondMomentGrowsLinearlyForEver() {
    PowerLawDynamic inTime = new PowerLawDynamic(1, 0.5, 3, 4);
    assertThat(inTime.secondMoment(7, Interpretation.ITO)).isEqualTo(0.5 * 3 * 7);
    assertThat(inTime.stationarySecondMoment(Interpretation.ITO)).isInfinite();
    PowerLawDynamic inSteps = new PowerLawDynamic(1, 0.5, 3, 3);
    assertThat(inSteps.discreteSecondMoment(7)).isEqualTo(0.25 * 3 * 7);
    assertThat(inSteps.discreteStationarySecondMoment()).isInfinite();
  }
}
