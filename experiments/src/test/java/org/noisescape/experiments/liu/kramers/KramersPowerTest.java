package org.noisescape.experiments.liu.kramers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.liu.KramersRate;

/** Eleven scales with 3,500 escapes of the 4,000 replicas of {@code quick} each. */
class KramersPowerTest {
  private static final int ESCAPES = 3500;
  private static final double[] SCALES = {0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

  /** Constant of Eq. 52 as measured. */
  private static final double CONSTANT = 1.7;

  @Test
  void equation52TimesAConstantAgrees() {
    double exact = CONSTANT * point(NoiseReading.TWO_TEMPERATURES, 0.02, 1).discrete();
    assertThat(agreeing(p -> CONSTANT * p.discrete(), exact)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void aRateThatDoesNotDependOnTheScaleDoesNotPass() {
    double exact = point(NoiseReading.TWO_TEMPERATURES, 0.02, 1).continuous();
    assertThat(agreeing(EscapePoint::continuous, 3 * exact)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(p -> 3 * exact, 3 * exact)).isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void equation51AtSmallRatesDoesNotPass() {
    double limit = point(NoiseReading.TWO_TEMPERATURES, 0.02, 1).continuous();
    double constant = limit / point(NoiseReading.TWO_TEMPERATURES, 0.02, 1).discrete();
    assertThat(agreeing(p -> constant * p.discrete(), CONSTANT * limit))
        .isLessThanOrEqualTo(Power.MOST);
  }

  /**
   * Counts.
   *
   * @param truth γ/|k_b|
   * @param exact what continuous time says of it
   */
  private static long agreeing(ToDoubleFunction<EscapePoint> truth, double exact) {
    return Power.agreeing(seed -> findings(truth, exact, seed));
  }

  private static Findings findings(ToDoubleFunction<EscapePoint> truth, double exact, long seed) {
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<EscapePoint> points = new ArrayList<>();
    for (NoiseReading reading : NoiseReading.values()) {
      for (double scale : SCALES) {
        double rate = truth.applyAsDouble(point(reading, scale, 1)) * scale;
        double scatter = Math.exp(normals.nextGaussian() / Math.sqrt(ESCAPES));
        points.add(point(reading, scale, rate * scatter));
      }
    }
    return Kramers.findings(points, exact);
  }

  private static EscapePoint point(NoiseReading reading, double scale, double rate) {
    ExponentialTail law =
        new ExponentialTail(0, rate, rate / Math.sqrt(ESCAPES), ESCAPES, 1000, 0.5, true);
    KramersRate theory = new KramersRate(scale / 4, 2 * scale, -scale, 4.0 / 9, 10);
    return new EscapePoint(reading, scale, law, 4000, theory, 1);
  }
}
