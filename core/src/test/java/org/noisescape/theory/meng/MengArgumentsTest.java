package org.noisescape.theory.meng;

import static org.noisescape.testing.WrongArguments.NEGATIVE;
import static org.noisescape.testing.WrongArguments.NOT_POSITIVE;
import static org.noisescape.testing.WrongArguments.refused;
import static org.noisescape.theory.passage.Interpretation.HANGGI_KLIMONTOVICH;
import static org.noisescape.theory.passage.Interpretation.ITO;

import org.junit.jupiter.api.Test;
import org.noisescape.theory.meng.ManyCoordinates.Spectator;

class MengArgumentsTest {
  private static final PowerLawDynamic LIGHT = new PowerLawDynamic(1, 0.1, 1, 1);

  @Test
  void dynamicOfPowerLaw() {
    refused("curvature", v -> new PowerLawDynamic(v, 0.1, 1, 1), NOT_POSITIVE);
    refused("learning rate", v -> new PowerLawDynamic(1, v, 1, 1), NOT_POSITIVE);
    refused("sigma", v -> new PowerLawDynamic(1, 0.1, v, 1), NOT_POSITIVE);
    refused("rho", v -> new PowerLawDynamic(1, 0.1, 1, v), NEGATIVE);
    refused("time", v -> LIGHT.secondMoment(v, ITO), NEGATIVE);
    refused("steps", v -> LIGHT.discreteSecondMoment((long) v), -1);
  }

  @Test
  void kappaDensity() {
    refused("beta", v -> new KappaDensity(0, v, 1), NOT_POSITIVE);
    refused("kappa", v -> new KappaDensity(0, 1, v), Double.NaN, -1, 2);
    refused("distance", new KappaDensity(0, 1, 1)::tail, NEGATIVE);
  }

  @Test
  void densityInTime() {
    refused("kappa", v -> new TsallisBukman(new PowerLawDynamic(1, 1, 1, v)), 2, 3);
    TsallisBukman good = new TsallisBukman(LIGHT);
    refused("time", good::literalNorm, NOT_POSITIVE);
    refused("time", good::norm, NOT_POSITIVE);
    refused("time", good::literalSmallTimeSecondMoment, NOT_POSITIVE);
    refused("epsilon", good::literalEscapeTime, NOT_POSITIVE);
    // 2/3 has no second moment any more
    TsallisBukman heavy = new TsallisBukman(new PowerLawDynamic(1, 1, 1, 2.0 / 3));
    refused("kappa", heavy::literalEscapeTime, 1);
    refused("kappa", heavy::literalSmallTimeSecondMoment, 1);
  }

  @Test
  void escapeOverABarrier() {
    refused("learning rate", v -> new BarrierEscape(v, 1, 1, 1, -1, 1), NOT_POSITIVE);
    refused("sigma", v -> new BarrierEscape(0.1, v, 1, 1, -1, 1), NOT_POSITIVE);
    refused("mu", v -> new BarrierEscape(0.1, 1, v, 1, -1, 1), NEGATIVE);
    refused("curvature at the minimum", v -> new BarrierEscape(0.1, 1, 1, v, -1, 1), NOT_POSITIVE);
    refused(
        "minus the curvature at the barrier",
        v -> new BarrierEscape(0.1, 1, 1, 1, -v, 1),
        NOT_POSITIVE);
    refused("barrier", v -> new BarrierEscape(0.1, 1, 1, 1, -1, v), NEGATIVE);
    refused("Theorem 6", () -> new BarrierEscape(1, 1, 4, 1, -1, 1).logTime(HANGGI_KLIMONTOVICH));
    refused("eta*mu", v -> new BarrierEscape(1, 1, v, 1, -1, 1).literalTableOneOrder(), 0, 2);
  }

  @Test
  void manyCoordinates() {
    refused("sigma", v -> new Spectator(v, 1, 1, 1, 1), NOT_POSITIVE);
    refused("mu", v -> new Spectator(1, v, 1, 1, 1), NOT_POSITIVE);
    refused("curvature at the minimum", v -> new Spectator(1, 1, v, 1, 1), NOT_POSITIVE);
    refused("curvature at the saddle", v -> new Spectator(1, 1, 1, v, 1), NOT_POSITIVE);
    refused("difference", v -> new Spectator(1, 1, 1, 1, v), NEGATIVE);
    refused("times", () -> ManyCoordinates.firstOf());
    refused("times", v -> ManyCoordinates.firstOf(1, v), Double.NaN, Double.POSITIVE_INFINITY);
    refused("time must", v -> ManyCoordinates.firstOf(1, v), 0, -1);
  }

  @Test
  void otherEscapes() {
    refused("epsilon", v -> EpsilonEscape.time(LIGHT, v, ITO), NOT_POSITIVE);
    refused("epsilon", v -> EpsilonEscape.literalOrder(v, 0.1, 1), NOT_POSITIVE);
    refused("kappa", v -> EpsilonEscape.literalOrder(0.1, v, 1), Double.NaN, -1, 2.0 / 3);
    refused("trace of Sigma", v -> EpsilonEscape.literalOrder(0.1, 0.1, v), NOT_POSITIVE);
    refused("alpha", v -> AlphaStableEscape.order(v, 1), Double.NaN, 0, 2);
    refused("width", v -> AlphaStableEscape.order(1, v), NOT_POSITIVE);
    refused("strength", v -> AlphaStableEscape.time(1, 1, v), NOT_POSITIVE);
  }
}
