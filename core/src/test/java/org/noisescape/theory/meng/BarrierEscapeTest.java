package org.noisescape.theory.meng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.theory.mori.EscapeRate;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.FirstPassage;
import org.noisescape.theory.passage.Integral;
import org.noisescape.theory.passage.Interpretation;

/**
 * Escape times against exact quadrature, in wells made of parabolas.
 *
 * <p>L = H_a w²/2 near a = 0 and ΔL − |H_b|(w − b)²/2 near b, joined at b/4 for H_a = 3|H_b|, and
 * the mirror image beyond b. There is nothing anharmonic then, so that the formulas hold but for
 * the weight at the joints: here below 1e-8.
 */
class BarrierEscapeTest {
  private static final double HA = 3;
  private static final double HB = -1;
  private static final double BARRIER = 0.2;

  /** b from ΔL = H_a (b/4)²/2 · (1 + H_a/|H_b|). */
  private static final double B = 4 * Math.sqrt(BARRIER * 2 / (HA * (1 + HA / -HB)));

  private static double loss(double w) {
    double x = w > B ? 2 * B - w : w;
    return x < B / 4 ? HA * x * x / 2 : BARRIER + HB * (x - B) * (x - B) / 2;
  }

  private static double gradient(double w) {
    double x = w > B ? 2 * B - w : w;
    double slope = x < B / 4 ? HA * x : HB * (x - B);
    return w > B ? -slope : slope;
  }

  private static Integral exact(
      double learningRate, double sigma, double mu, Interpretation interpretation, double end) {
    Diffusion process =
        new Diffusion(
            BarrierEscapeTest::gradient,
            w -> learningRate * (sigma + mu * loss(w)),
            interpretation);
    Integral time = FirstPassage.meanTime(process, -4 * B, 0, end);
    assertThat(time.converged()).isTrue();
    return time;
  }

  /** κ = ημ/2 = 0.05, (μ/σ)ΔL = 10. */
  @ParameterizedTest
  @EnumSource(Interpretation.class)
  void timeToTheOtherSideIsExact(Interpretation interpretation) {
    BarrierEscape escape = new BarrierEscape(0.1, 0.02, 1, HA, HB, BARRIER);
    double other = exact(0.1, 0.02, 1, interpretation, 2 * B).logValue();
    assertThat(escape.logTime(interpretation)).isCloseTo(other, offset(1e-7));
    assertThat(escape.time(interpretation)).isEqualTo(Math.exp(escape.logTime(interpretation)));
    // Definition 5: until b itself
    double top = exact(0.1, 0.02, 1, interpretation, B).logValue();
    assertThat(other - top).isCloseTo(Math.log(2), offset(1e-7));
  }

  @Test
  void interpretationsDifferByOnePowerOfTheNoise() {
    BarrierEscape escape = new BarrierEscape(0.1, 0.02, 1, HA, HB, BARRIER);
    assertThat(
            escape.logTime(Interpretation.ITO) - escape.logTime(Interpretation.HANGGI_KLIMONTOVICH))
        .isCloseTo(Math.log(11) + Math.log(0.975 / 1.025), offset(1e-12));
  }

  @Test
  void langevinExponentCarriesTheFactorTwo() {
    double sigma = BARRIER / 40 / 0.1;
    BarrierEscape escape = new BarrierEscape(0.1, sigma, 0, HA, HB, BARRIER);
    double exact = exact(0.1, sigma, 0, Interpretation.ITO, 2 * B).logValue();
    assertThat(Math.log(escape.langevinTime())).isCloseTo(exact, offset(1e-6));
    assertThat(exact - Math.log(escape.literalLangevinTime())).isCloseTo(40, offset(1e-6));
  }

  @Test
  void withoutStateDependenceBothFormsAreLangevins() {
    double langevin = new BarrierEscape(0.1, 0.2, 0, HA, HB, BARRIER).langevinTime();
    for (Interpretation interpretation : Interpretation.values()) {
      BarrierEscape zero = new BarrierEscape(0.1, 0.2, 0, HA, HB, BARRIER);
      BarrierEscape small = new BarrierEscape(0.1, 0.2, 1e-9, HA, HB, BARRIER);
      assertThat(zero.time(interpretation) / langevin).isCloseTo(1, offset(1e-12));
      assertThat(small.time(interpretation) / langevin).isCloseTo(1, offset(1e-6));
    }
  }

  /** μ = 2h/B, σ = μL*: the noise of Mori et al., whose rate lacks 1 + ημ/4. */
  @Test
  void itoFormIsTheRateOfTheLogarithmicLandscape() {
    double eta = 0.05;
    int batch = 2;
    double minimum = 0.1;
    double mu = 2 * HA / batch;
    BarrierEscape escape = new BarrierEscape(eta, mu * minimum, mu, HA, HB, BARRIER);
    double rate = EscapeRate.oneDimensional(HA, HB, 1 + BARRIER / minimum, batch / (eta * HA));
    assertThat(rate * escape.time(Interpretation.ITO) * (1 + eta * mu / 4))
        .isCloseTo(1, offset(1e-12));
  }

  @Test
  void tableOnePrintsHalfOfThePower() {
    // the power of ΔL at large ΔL
    BarrierEscape low = new BarrierEscape(0.1, 0.02, 1, HA, HB, 1e6);
    BarrierEscape high = new BarrierEscape(0.1, 0.02, 1, HA, HB, 2e6);
    Interpretation text = Interpretation.HANGGI_KLIMONTOVICH;
    assertThat((high.logTime(text) - low.logTime(text)) / Math.log(2))
        .isCloseTo(19.5, offset(1e-5));
    assertThat(Math.log(high.literalTableOneOrder() / low.literalTableOneOrder()) / Math.log(2))
        .isCloseTo(9.5, offset(1e-5));
  }

  @Test
  void theoremTenIsTheoremSixOnlyBetweenNeighbouringWells() {
    BarrierEscape escape = new BarrierEscape(0.1, 0.02, 1, HA, HB, BARRIER);
    double alone = escape.time(Interpretation.HANGGI_KLIMONTOVICH);
    ManyCoordinates.Spectator resting = new ManyCoordinates.Spectator(0.3, 2, 1.5, 1.5, 0);
    assertThat(ManyCoordinates.literalTime(escape, List.of()) / alone).isCloseTo(1, offset(1e-12));
    assertThat(ManyCoordinates.literalTime(escape, List.of(resting, resting)) / alone)
        .isCloseTo(1, offset(1e-12));
    ManyCoordinates.Spectator moved = new ManyCoordinates.Spectator(0.3, 2, 1.5, 6, 0.15);
    assertThat(ManyCoordinates.literalTime(escape, List.of(moved, resting)) / alone)
        .isCloseTo(2 * Math.pow(2, 9.5), offset(1e-6));
  }

  /** E min of exponential times is ∫ Π e^{−t/τ_j} dt. */
  @Test
  void theFirstOfSeveralCoordinatesAddsTheRates() {
    double sum = 0;
    for (double t = 0.005; t < 400; t += 0.01) {
      sum += 0.01 * Math.exp(-t / 20 - t / 30 - t / 60);
    }
    assertThat(ManyCoordinates.firstOf(20, 30, 60)).isCloseTo(sum, offset(1e-5));
    assertThat(ManyCoordinates.firstOf(7)).isEqualTo(7);
  }

  /** Rate of jumps beyond the width, ∫_{b−a}^∞ y^{−1−α} dy, by the substitution y = e^x. */
  @Test
  void alphaStableTimeIsThatOfOneJump() {
    double alpha = 1.3;
    double width = 0.6;
    double rate = 0;
    for (double x = Math.log(width) + 5e-4; x < 60; x += 1e-3) {
      rate += 1e-3 * Math.exp(-alpha * x);
    }
    assertThat(AlphaStableEscape.order(alpha, width) * rate).isCloseTo(1, offset(1e-6));
    assertThat(AlphaStableEscape.time(alpha, width, 0.1))
        .isCloseTo(AlphaStableEscape.order(alpha, width / 0.1), offset(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> AlphaStableEscape.order(2, 1));
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BarrierEscape(0.1, 1, 1, 1, 1, 1))
        .withMessageContaining("minus the curvature at the barrier");
    BarrierEscape noisy = new BarrierEscape(1, 1, 4, 1, -1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> noisy.time(Interpretation.HANGGI_KLIMONTOVICH))
        .withMessageContaining("got 4.0");
    assertThat(noisy.time(Interpretation.ITO)).isFinite();
    assertThatIllegalArgumentException().isThrownBy(noisy::literalTableOneOrder);
  }

  /** Numbers put into the printed expressions: ημ = ½, μΔL/σ = 12, √(H_a|H_b|) = 4. */
  @Test
  void printedExpressionsByHand() {
    BarrierEscape escape = new BarrierEscape(0.25, 0.5, 2, 2, -8, 3);
    assertThat(escape.literalTableOneOrder() / (1 + Math.pow(12, 1.5))).isCloseTo(1, offset(1e-14));
    double prefactor = 2 * Math.PI / 4;
    assertThat(escape.time(Interpretation.HANGGI_KLIMONTOVICH))
        .isCloseTo(prefactor / 0.875 * Math.pow(13, 3.5), offset(1e-9));
    assertThat(escape.time(Interpretation.ITO))
        .isCloseTo(prefactor / 1.125 * Math.pow(13, 4.5), offset(1e-8));
    assertThat(escape.langevinTime() / (prefactor * Math.exp(48))).isCloseTo(1, offset(1e-12));
    assertThat(escape.literalLangevinTime() / (prefactor * Math.exp(24)))
        .isCloseTo(1, offset(1e-12));
    assertThat(EpsilonEscape.literalOrder(0.1, 0.5, 4))
        .isCloseTo(Math.pow(0.1, 1.5) / 4, offset(1e-17));
    assertThat(EpsilonEscape.literalOrder(0.1, 0, 4)).isCloseTo(0.0025, offset(1e-17));
  }
}
