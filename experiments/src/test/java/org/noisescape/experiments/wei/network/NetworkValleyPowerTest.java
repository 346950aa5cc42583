package org.noisescape.experiments.wei.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.wei.ValleyMinima;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Eight networks with eight replicas, as {@code quick} has them. With 16 replicas ratios spread by
 * .0024 and .0054 between networks, slopes of variance by .06 at one rate; with 8 by √2 more.
 * {@code standard} has 16.
 */
class NetworkValleyPowerTest {
  private static final int NETWORKS = 8;
  private static final double[] EIGENVALUES = {16, 2, 1.5, 1, 0.8, 0.6, 0.5, 0.4};
  private static final double STRENGTH = 0.02;

  /** What isotropic noise gives: nearly the same rate, and variances ∝ 1/λ. */
  private static final double ISOTROPIC = 0.97;

  private static final double WHOLE = 1.6;

  @Test
  void theTheoremAgrees() {
    assertThat(agreeing(1, 2, 0)).isGreaterThanOrEqualTo(Power.LEAST);
    // with what it leaves out, eta lambda/2
    assertThat(Power.agreeing(seed -> findings(seed, 1.025, 2.035, 0)))
        .isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(0, 2, 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.5, 2, 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(2, 2, 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(WHOLE, 2, 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(1, 1, 0)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(ISOTROPIC, 2, -1)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(double ratio, double exponent, double slope) {
    return Power.agreeing(seed -> findings(seed, ratio, exponent, slope));
  }

  private static Findings findings(long seed, double ratio, double exponent, double slope) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    NetworkRate low = rate(random, 0.05, ratio, 0.01, slope);
    NetworkRate high = rate(random, 0.1, ratio * Math.pow(2, exponent - 2), 0.02, slope);
    return NetworkNumbers.findings(STRENGTH, minima(), List.of(low, high));
  }

  private static NetworkRate rate(
      RandomStream random, double sharpness, double ratio, double spread, double slope) {
    double rate = sharpness / EIGENVALUES[0];
    double[][] trace = new double[NETWORKS][];
    double[][] theorem = new double[NETWORKS][];
    double[][] isotropic = new double[NETWORKS][];
    double[][] whole = new double[NETWORKS][];
    LemmaNumbers lemmas = LemmaNumbers.empty(NETWORKS, EIGENVALUES.length);
    for (int i = 0; i < NETWORKS; i++) {
      double law = -rate * rate / 4 * STRENGTH * 200;
      theorem[i] = new double[] {law, law};
      isotropic[i] = new double[] {ISOTROPIC * law, ISOTROPIC * law};
      whole[i] = new double[] {WHOLE * law, WHOLE * law};
      double noise = ratio == 0 ? spread * random.nextGaussian() : 0;
      double measured = ratio * (1 + spread * random.nextGaussian()) + noise;
      trace[i] = new double[] {22, 22 + measured * law * 1000};
      double tilt = slope + 0.09 * random.nextGaussian();
      for (int j = 0; j < EIGENVALUES.length; j++) {
        lemmas.eigenvalues()[i][j] = EIGENVALUES[j];
        lemmas.variances()[i][j] = Math.pow(EIGENVALUES[j], tilt);
      }
      lemmas.first()[i] = 3 + 0.1 * random.nextGaussian();
      lemmas.moved()[i] = 1e-4 * (1 + 0.1 * random.nextGaussian());
    }
    return new NetworkRate(
        sharpness,
        rate,
        1000,
        8,
        trace,
        new double[NETWORKS],
        theorem,
        isotropic,
        whole,
        0,
        lemmas);
  }

  private static ValleyMinima minima() {
    double[][] all = new double[NETWORKS][];
    Arrays.fill(all, EIGENVALUES);
    double[] none = new double[NETWORKS];
    return new ValleyMinima(new double[NETWORKS][1], none, all, none, none, none, none, none);
  }
}
