package org.noisescape.theory.meng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.theory.passage.Interpretation;

/** Proposition 2 and Theorem 4: what the text prints, and what fits its own limits. */
class TsallisBukmanTest {
  private static PowerLawDynamic dynamic(double kappa) {
    double h = 0.8;
    double eta = 0.2;
    return new PowerLawDynamic(h, eta, 0.5, kappa * h / eta);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 1e-5, 0.1, 0.5, 1, 1.9})
  void densityIsNormalised(double kappa) {
    KappaDensity density = new KappaDensity(0.3, 10, kappa);
    // w = 0.3 + sinh x takes the tails, up to |w| = e²⁰⁰ for κ near 2
    double sum = 0;
    double step = 0.005;
    for (double x = -400; x < 400; x += step) {
      sum += step * Math.cosh(x) * Math.exp(density.logDensity(0.3 + Math.sinh(x)));
    }
    // what lies beyond e⁴⁰⁰ for κ = 1.9 is below e^{−400(2/κ − 1)}
    assertThat(sum).isCloseTo(1, offset(1e-8));
    assertThat(density.tail(0)).isCloseTo(1, offset(1e-12));
  }

  /** γ = π(1 + 3κ/4 + …) on both sides of where the series takes over. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 3e-9, 0.99e-8, 1.01e-8, 1e-6})
  void normOfSmallKappaGrowsByThreeQuarters(double kappa) {
    double relative = kappa < 1e-8 ? 1e-15 : 1e-7;
    assertThat(KappaDensity.gamma(kappa) / Math.PI - 1).isCloseTo(0.75 * kappa, offset(relative));
  }

  @Test
  void smallKappaJoinsTheGaussian() {
    KappaDensity below = new KappaDensity(0, 10, 0.99e-8);
    KappaDensity above = new KappaDensity(0, 10, 1.01e-8);
    KappaDensity gaussian = new KappaDensity(0, 10, 0);
    for (double w : new double[] {0, 0.3, 1}) {
      assertThat(below.logDensity(w)).isCloseTo(above.logDensity(w), offset(2e-8));
      assertThat(gaussian.logDensity(w))
          .isCloseTo(Math.log(10 / Math.PI) / 2 - 10 * w * w, offset(1e-12));
      assertThat(below.tail(w)).isCloseTo(above.tail(w), offset(1e-7));
    }
  }

  /** B(3/2, 1/κ − 3/2)/B(½, 1/κ − ½)³ Z², the form of Theorem 4. */
  @Test
  void secondMomentIsTheBetaFunctionOfTheoremFour() {
    double kappa = 0.3;
    TsallisBukman text = new TsallisBukman(dynamic(kappa));
    double time = 0.7;
    double z = text.literalNorm(time);
    double log = Beta.logBeta(1.5, 1 / kappa - 1.5) - 3 * Beta.logBeta(0.5, 1 / kappa - 0.5);
    assertThat(text.literalSecondMoment(time) / (Math.exp(log) * z * z))
        .isCloseTo(1, offset(1e-12));
    double epsilon = Math.sqrt(text.literalSecondMoment(time));
    assertThat(text.literalEscapeTime(epsilon)).isCloseTo(time, offset(1e-12));
    assertThat(text.literalEscapeTime(10)).isInfinite();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5})
  void onlyTheConsistentDensityTendsToTheStationaryOne(double kappa) {
    PowerLawDynamic dynamic = dynamic(kappa);
    TsallisBukman text = new TsallisBukman(dynamic);
    KappaDensity stationary = dynamic.stationaryDensity(Interpretation.HANGGI_KLIMONTOVICH);
    KappaDensity late = text.density(1.5, 1e3);
    assertThat(late.beta()).isCloseTo(stationary.beta(), offset(1e-9));
    assertThat(late.centre()).isCloseTo(0, offset(1e-12));
    double literal = text.literalDensity(1.5, 1e3).beta();
    assertThat(Math.abs(literal / stationary.beta() - 1)).isGreaterThan(0.3);
  }

  /** Z(t)² is Z∞²(1 − e^{−h(2−κ)t})^{2/(2−κ)}, and ⟨w²⟩ goes as Z². */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5})
  void theConsistentSecondMomentGrowsToTheStationaryOne(double kappa) {
    PowerLawDynamic dynamic = dynamic(kappa);
    double late = dynamic.stationaryDensity(Interpretation.HANGGI_KLIMONTOVICH).variance();
    for (double time : new double[] {1e-6, 0.3, 2, 1e3}) {
      double grown = Math.pow(-Math.expm1(-0.8 * (2 - kappa) * time), 2 / (2 - kappa));
      assertThat(new TsallisBukman(dynamic).secondMoment(time) / (late * grown))
          .isCloseTo(1, offset(1e-12));
    }
  }

  @Test
  void withoutStateDependenceOnlyTheConsistentDensityIsOrnsteinUhlenbecks() {
    PowerLawDynamic dynamic = dynamic(0);
    TsallisBukman text = new TsallisBukman(dynamic);
    for (double time : new double[] {0.01, 0.5, 20}) {
      double exact = 0.2 * 0.5 / 1.6 * -Math.expm1(-1.6 * time);
      KappaDensity density = text.density(2, time);
      assertThat(density.variance()).isCloseTo(exact, offset(1e-14));
      assertThat(density.centre()).isCloseTo(2 * Math.exp(-0.8 * time), offset(1e-14));
      assertThat(text.literalSecondMoment(time)).isCloseTo(2 * exact, offset(1e-14));
    }
  }

  @Test
  void theSmallTimePowerOfTheTextIsNotThatOfTheDynamics() {
    double kappa = 0.5;
    PowerLawDynamic dynamic = dynamic(kappa);
    TsallisBukman text = new TsallisBukman(dynamic);
    double t = 1e-7;
    assertThat(text.literalSmallTimeSecondMoment(t) / text.literalSecondMoment(t))
        .isCloseTo(1, offset(1e-6));
    assertThat(slope(text.literalSecondMoment(t), text.literalSecondMoment(2 * t)))
        .isCloseTo(2 / (2 - kappa), offset(1e-6));
    for (Interpretation interpretation : Interpretation.values()) {
      assertThat(
              slope(
                  dynamic.secondMoment(t, interpretation),
                  dynamic.secondMoment(2 * t, interpretation)))
          .isCloseTo(1, offset(1e-6));
    }
  }

  private static double slope(double first, double second) {
    return Math.log(second / first) / Math.log(2);
  }

  /** Eq. 18 diffuses by η(σ + ρw²)/2, that of Tsallis and Bukman by C∂²p^(1−κ), Eq. 20. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5})
  void densityAtFiniteTimesSolvesTheNonlinearEquationOnly(double kappa) {
    PowerLawDynamic dynamic = dynamic(kappa);
    double eta = dynamic.learningRate();
    double late = Math.exp(density(dynamic, 1e3).logNorm());
    double c = eta * dynamic.sigma() * Math.pow(late, -kappa) / (2 * (1 - kappa));
    double linear = residual(dynamic, (w, p) -> flux(dynamic, w));
    double nonlinear =
        residual(
            dynamic,
            (w, p) -> c * derivative(x -> Math.pow(density(dynamic, TIME, x), 1 - kappa), w));
    assertThat(nonlinear).isLessThan(1e-5);
    if (kappa == 0) {
      assertThat(linear).isLessThan(1e-5);
    } else {
      assertThat(linear).isGreaterThan(0.1 * kappa);
    }
  }

  private static final double TIME = 0.4;

  /** η(σ + ρw²)/2 ∂p. */
  private static double flux(PowerLawDynamic dynamic, double w) {
    double diffusion = dynamic.learningRate() * dynamic.noiseVariance(w) / 2;
    return diffusion * derivative(x -> density(dynamic, TIME, x), w);
  }

  /** Largest |∂p/∂t − ∂(hwp + flux)/∂w| over the largest |∂p/∂t|, from w₀ = 0. */
  private static double residual(PowerLawDynamic dynamic, DoubleBinaryOperator flux) {
    double worst = 0;
    double scale = 0;
    double width = Math.sqrt(1 / (2 * density(dynamic, TIME).beta()));
    for (double w = -3 * width; w < 3 * width; w += 0.21 * width) {
      double at = w;
      double change = derivative(t -> density(dynamic, t, at), TIME);
      double current =
          derivative(
              x -> {
                double p = density(dynamic, TIME, x);
                return dynamic.curvature() * x * p + flux.applyAsDouble(x, p);
              },
              at);
      worst = Math.max(worst, Math.abs(change - current));
      scale = Math.max(scale, Math.abs(change));
    }
    return worst / scale;
  }

  private static KappaDensity density(PowerLawDynamic dynamic, double time) {
    return new TsallisBukman(dynamic).density(0, time);
  }

  private static double density(PowerLawDynamic dynamic, double time, double w) {
    return Math.exp(density(dynamic, time).logDensity(w));
  }

  private static double derivative(DoubleUnaryOperator f, double x) {
    double step = 1e-4;
    return (f.applyAsDouble(x + step) - f.applyAsDouble(x - step)) / (2 * step);
  }
}
