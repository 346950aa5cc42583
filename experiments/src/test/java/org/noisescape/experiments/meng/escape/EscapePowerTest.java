package org.noisescape.experiments.meng.escape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Rates of nine dynamics over 10⁴ replicas as {@code standard} has them; theirs at f = 4, and such
 * as the text's figure has with SGD near λ₁ = 32.
 */
class EscapePowerTest {
  private static final int REPLICAS = 10_000;
  private static final int REPEATS = 100;
  private static final List<Double> LAMBDAS = List.of(4.0, 8.0, 16.0, 24.0, 32.0, 48.0, 64.0);
  private static final double[] FIGURE = {0.03, 0.05, 0.2, 0.35, 0.5, 0.7, 0.9};
  private static final double[] WORKING = {0.001, 0.005, 0.14, 0.84, 1, 1, 1};
  private static final double[] FLATTER = {0.0001, 0.001, 0.05, 0.5, 0.98, 1, 1};

  @Test
  void theFigureAgrees() {
    assertThat(agreeing(0.5, 0.01, FIGURE)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(0.51, 0.001, WORKING)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheFigure() {
    double[] same = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
    double[] falling = {0.03, 0.4, 0.2, 0.35, 0.5, 0.7, 0.9};
    assertThat(agreeing(0.5, 0.5, same)).as("no difference").isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.05, 0.01, FIGURE)).as("near 8").isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.97, 0.01, FIGURE)).as("near 128").isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.01, 0.01, FIGURE)).as("Langevin").isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.5, 0.01, falling)).as("falling").isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void aFlatterLossThatIsSlowerAgrees() {
    assertThat(flatter(REPLICAS, 0.51, WORKING, 0.22, FLATTER)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void aFlatterLossThatMakesNoDifferenceDoesNotPass() {
    assertThat(flatter(REPLICAS, 0.51, WORKING, 0.51, WORKING)).isLessThanOrEqualTo(Power.MOST);
    assertThat(flatter(REPEATS, 0.5, FIGURE, 0.5, FIGURE)).isLessThanOrEqualTo(Power.MOST);
    // faster
    assertThat(flatter(REPLICAS, 0.22, FLATTER, 0.51, WORKING)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(double sgd, double langevin, double... powerLaw) {
    return Power.agreeing(
        seed -> {
          EscapeReading reading = reading(stream(seed, 0), REPLICAS, sgd, langevin, powerLaw);
          Findings found = Findings.of(reading.figure("working")).rivals(reading.rivals("working"));
          assertThat(found.verdict()).isEqualTo(reading.verdict());
          return found;
        });
  }

  private static long flatter(
      int replicas, double sgd, double[] powerLaw, double flatSgd, double... flat) {
    return Power.agreeing(
        seed ->
            Findings.of(
                EscapeNumbers.flatter(
                    reading(stream(seed, 0), replicas, sgd, 0.001, powerLaw),
                    reading(stream(seed, 1), replicas, flatSgd, 0.001, flat)),
                new Measurements()));
  }

  private static RandomStream stream(long seed, int which) {
    return RandomKey.of(seed, Purpose.SYNTHETIC_DATA, which).stream(0);
  }

  private static EscapeReading reading(
      RandomStream random, int replicas, double sgd, double langevin, double... powerLaw) {
    List<EscapedShare> rates = new ArrayList<>();
    for (double rate : powerLaw) {
      rates.add(share(random, replicas, rate));
    }
    return new EscapeReading(
        4,
        1,
        Meaning.DEVIATION,
        0.89,
        share(random, replicas, sgd),
        share(random, replicas, langevin),
        LAMBDAS,
        rates);
  }

  private static EscapedShare share(RandomStream random, int replicas, double rate) {
    // normal as good as binomial, cut at its ends
    double successes =
        replicas * rate + Math.sqrt(replicas * rate * (1 - rate)) * random.nextGaussian();
    Share share = new Share((int) Math.max(0, Math.min(replicas, Math.rint(successes))), replicas);
    return new EscapedShare(share, share, 0);
  }
}
