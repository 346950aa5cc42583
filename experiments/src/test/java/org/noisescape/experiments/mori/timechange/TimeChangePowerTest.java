package org.noisescape.experiments.mori.timechange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LossTime;

/** The judged dynamics with the errors of {@code quick}, the larger of the two presets. */
class TimeChangePowerTest {
  private static final double WINDOW = 0.3;
  private static final double FREEDOM = 39;

  @Test
  void additiveNoiseOnLogLAgrees() {
    assertThat(agreeing(ClockLaw.TEXT)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    for (ClockLaw rival : ClockLaw.RIVALS) {
      assertThat(agreeing(rival)).as(rival.label()).isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(ClockLaw truth) {
    return Power.agreeing(
        seed -> {
          RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
          return TimeChangeNumbers.findings(
              List.of(
                  point(truth, ClockDynamics.ITO, 1, 1 / 3.0, 0.02, 0.036, random),
                  point(truth, ClockDynamics.ITO_MANY, 4, 1 / 4.5, 0.02, 0.036, random),
                  point(truth, ClockDynamics.SGD, 1, 0.1, 0.1, 0.03, random)),
              WINDOW,
              new Measurements());
        });
  }

  private static ClockPoint point(
      ClockLaw truth,
      ClockDynamics dynamics,
      int dimension,
      double temperature,
      double rate,
      double exponentError,
      RandomStream random) {
    // a law that names no clock has that of the text
    ClockLaw clock = truth.namesAClock() ? truth : ClockLaw.TEXT;
    LossTime theory = new LossTime((1 - rate / 2) / temperature);
    return new ClockPoint(
        dynamics,
        dimension,
        temperature,
        rate,
        drawn(theory.stationaryExponent(0), exponentError, random),
        drawn(clock.exponent(theory), exponentError, random),
        drawn(clock.difference(theory), 0.02, random),
        drawn(truth.variation(), 0.005, random),
        drawn(clock.slope(theory), 0.025, random),
        clock.slope(theory),
        drawn(clock.kurtosis(theory, dimension), 0.02, random),
        List.of());
  }

  private static PointEstimate drawn(double truth, double error, RandomStream random) {
    double squares = 0;
    for (int i = 0; i < FREEDOM; i++) {
      squares += Math.pow(random.nextGaussian(), 2) / FREEDOM;
    }
    return new PointEstimate(
        truth + error * random.nextGaussian(), error * Math.sqrt(squares), FREEDOM);
  }
}
