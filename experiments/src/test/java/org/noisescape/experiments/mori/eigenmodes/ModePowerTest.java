package org.noisescape.experiments.mori.eigenmodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Five networks of ten eigenvalues over a decade and a half; variances over 100 replicas, those of
 * a network 5 % off together, and noise that is not quite that of Eq. 6.
 */
class ModePowerTest {
  private static final int SEEDS = 5;
  private static final int MODES = 10;
  private static final int PARAMETERS = 7861;

  /** What Var may be: a power of λ, times the level of the text, and a share of the way. */
  private record Truth(double power, double level, double share) {}

  private static final Truth TEXT = new Truth(0, 1, 0.8);

  @Test
  void theTextsAgree() {
    assertThat(agreeing(TEXT)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForThem() {
    for (Truth rival :
        List.of(
            new Truth(-1, 1, 0.8),
            new Truth(1, 1, 0.8),
            new Truth(0, 0.5, 0.8),
            new Truth(0, 2, 0.8),
            new Truth(0, 1, (double) MODES / PARAMETERS))) {
      assertThat(agreeing(rival)).as(rival.toString()).isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(Truth truth) {
    return Power.agreeing(seed -> findings(truth, seed));
  }

  private static Findings findings(Truth truth, long seed) {
    List<ModePoint> seeds = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      seeds.add(point(s, truth, RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(0)));
    }
    return Eigenmodes.judged(seeds, ModeCriterion.texts(seeds));
  }

  private static ModePoint point(int network, Truth truth, RandomStream random) {
    double rate = 0.01;
    double loss = 0.03;
    double[] eigenvalues = new double[MODES];
    Arrays.setAll(eigenvalues, i -> 90 * Math.pow(10, -1.5 * i / (MODES - 1)));
    double middle = 90 * Math.pow(10, -0.75);
    double[] noise = new double[MODES];
    double[] variances = new double[MODES];
    double common = 1 + 0.05 * random.nextGaussian();
    for (int i = 0; i < MODES; i++) {
      double finite = 1 - rate * eigenvalues[i] / 2;
      noise[i] = 2 * loss * eigenvalues[i] * (1 + 0.05 * random.nextGaussian());
      double scatter = 1 + Math.sqrt(2.0 / 100) * random.nextGaussian();
      variances[i] =
          common
              * truth.level
              * Math.pow(eigenvalues[i] / middle, truth.power)
              * rate
              * loss
              / 10
              / finite
              * scatter;
    }
    double share = truth.share * (1 + 0.05 * random.nextGaussian());
    return new ModePoint(
        network,
        PARAMETERS,
        rate,
        10,
        loss,
        loss,
        true,
        eigenvalues,
        noise,
        0,
        List.of(new ModeSnapshot(1000, variances, share, share)));
  }

  /** Two replicas in the plane, one eigenvector along x: (3, 4) and (1, 0) seen from (0, 0). */
  @Test
  void projectionsAndSharesAreThoseOfTheReplicas() {
    ModeReduction reduction = new ModeReduction(new double[] {1, 1}, new double[] {1, 0});
    double[] kept = reduction.of(50, new double[] {4, 5, 2, 1});
    ModeSnapshot snapshot = reduction.snapshot(50, kept);

    assertThat(snapshot.step()).isEqualTo(50);
    // of 3 and 1: mean 2, variance 2
    assertThat(snapshot.variances()[0]).isCloseTo(2, within(1e-12));
    // 9 + 1 of 25 + 1
    assertThat(snapshot.inside()).isCloseTo(10.0 / 26, within(1e-12));
    // 2 of 2 + 8
    assertThat(snapshot.spreadInside()).isCloseTo(0.2, within(1e-12));
  }
}
