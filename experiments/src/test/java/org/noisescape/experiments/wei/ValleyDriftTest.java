package org.noisescape.experiments.wei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;

class ValleyDriftTest {
  @Test
  void averagedDriftRestsWhereTheForcesBalance() {
    double eta = 0.05;
    Valley valley = Valley.inclined(1e-3);
    ValleyDrift drift = new ValleyDrift(valley, ValleyNoise.aligned(valley, 1), eta);
    double[] end = drift.after(new double[] {3, 0.1}, 100_000);
    // ηsθ₂/(2 − ηλ) + α = 0 with λ = 1 + θ₂²
    double lambda = 1 + end[1] * end[1];
    assertThat(end[1]).isCloseTo(-1e-3 * (2 - eta * lambda) / eta, within(1e-12));
    assertThat(end[0]).isZero();
  }
}
