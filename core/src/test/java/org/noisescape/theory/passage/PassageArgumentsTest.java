package org.noisescape.theory.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.WrongArguments.refused;

import org.junit.jupiter.api.Test;

class PassageArgumentsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final Diffusion PROCESS = Diffusion.additive(w -> w, 1);

  @Test
  void passages() {
    String message = "left <= start < right";
    refused(message, v -> FirstPassage.meanTime(PROCESS, v, 1, 2), 1.5, INFINITY, Double.NaN);
    refused(message, v -> FirstPassage.meanTime(PROCESS, 0, v, 2), -1, 2, 3, Double.NaN);
    refused(message, v -> FirstPassage.meanTime(PROCESS, -INFINITY, v, 2), -INFINITY);
    refused(message, v -> FirstPassage.meanTime(PROCESS, 0, 1, v), 1, 0, INFINITY, Double.NaN);
    refused(message, v -> FirstPassage.splitting(PROCESS, 0, v, 2), -1, 2, Double.NaN);
    refused("left must be finite", v -> FirstPassage.splitting(PROCESS, v, 0, 1), -INFINITY);
    assertThat(FirstPassage.splitting(PROCESS, 0, 0, 1).value()).isZero();
  }

  @Test
  void densities() {
    String message = "left < centre < right and width > 0";
    refused(message, v -> new StationaryDensity(PROCESS, v, 0, 1, 1), 0, 1, Double.NaN);
    refused(message, v -> new StationaryDensity(PROCESS, -1, v, 1, 1), -1, 1, Double.NaN);
    refused(message, v -> new StationaryDensity(PROCESS, -1, 0, v, 1), 0, -1, Double.NaN);
    refused(message, v -> new StationaryDensity(PROCESS, -1, 0, 1, v), 0, -1, Double.NaN);
    StationaryDensity good = new StationaryDensity(PROCESS, -1, 0, 1, 1);
    refused("left <= from < to <= right", v -> good.probability(v, 0.5), -2, 0.5, Double.NaN);
    refused("left <= from < to <= right", v -> good.probability(-0.5, v), 2, -0.5, Double.NaN);
    assertThat(good.probability(-1, 1).value()).isEqualTo(1);
  }

  @Test
  void noiseMustBeThereOnTheWholeInterval() {
    String message = "the variance of the noise must be > 0";
    refused(message, v -> FirstPassage.meanTime(Diffusion.additive(w -> w, v), 0, 0, 1), 0, -1);
    refused(message, v -> FirstPassage.splitting(Diffusion.additive(w -> w, v), 0, 0.5, 1), 0, -1);
  }
}
