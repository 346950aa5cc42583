package org.noisescape.experiments.mori.saddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** The wells of both presets with the escapes of {@code quick}, 400 at each c. */
class SaddleEscapePowerTest {
  private static final int ESCAPES = 400;
  private static final double INVERSE = 4;

  private static final List<EscapeCase> ISOTROPIC =
      List.of(
          EscapeCase.isotropic(2, 0.5),
          EscapeCase.isotropic(2, 3),
          EscapeCase.isotropic(3, 0.5),
          EscapeCase.isotropic(3, 3));
  private static final List<EscapeCase> UNEQUAL =
      List.of(EscapeCase.unequal(0.25), EscapeCase.unequal(3), EscapeCase.unequal(0.25, 3));

  @ParameterizedTest
  @EnumSource
  void equation16Agrees(NoiseKind kind) {
    assertThat(agreeing(kind, EscapeLaw.TEXT)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @ParameterizedTest
  @EnumSource
  void noRivalPassesForEquation16(NoiseKind kind) {
    for (EscapeLaw rival : kind.rivals()) {
      assertThat(agreeing(kind, rival)).as(rival.label).isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(NoiseKind kind, EscapeLaw truth) {
    return Power.agreeing(
        seed -> {
          RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
          List<List<SaddleEscapePoint>> wells = new ArrayList<>();
          for (EscapeCase system : kind == NoiseKind.ISOTROPIC ? ISOTROPIC : UNEQUAL) {
            wells.add(List.of(point(truth, system, 2, random), point(truth, system, 4, random)));
          }
          return SaddleEscapeNumbers.findings(kind, wells);
        });
  }

  private static SaddleEscapePoint point(
      EscapeLaw truth, EscapeCase system, double c, RandomStream random) {
    double error = 1 / Math.sqrt(ESCAPES);
    double rate = truth.rate(system, c, INVERSE) * Math.exp(error * random.nextGaussian());
    ExponentialTail tail = new ExponentialTail(0, rate, rate * error, ESCAPES, ESCAPES, 0.5, true);
    return new SaddleEscapePoint(system, c, INVERSE, tail, tail, PointEstimate.exact(1.3));
  }
}
