package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalSlopeTest {
  /** 𝒩 ∝ L down to L = .01, 𝒩 ∝ L² below; before the maximum of 𝒩 nothing counts. */
  private static List<NoisePoint> run() {
    List<NoisePoint> run = new ArrayList<>();
    run.add(point(0, 3, 1));
    run.add(point(1, 2, 100));
    for (int i = 0; i <= 80; i++) {
      double loss = Math.pow(10, -i / 20.0);
      run.add(point(i + 2, loss, loss > 0.01 ? loss : 100 * loss * loss));
    }
    return run;
  }

  private static NoisePoint point(int step, double loss, double noise) {
    return new NoisePoint(step, step, loss, 0, noise, 0, 0, 0.5, 0.5, WrongShares.NONE);
  }

  @Test
  void thePowerOfEachHalfDecadeIsFound() {
    List<LocalSlope> slopes = LocalSlope.of(List.of(run(), run()), 1e-3);

    assertThat(slopes).allMatch(s -> s.slope().seeds() == 2 && s.slope().deviation() == 0);
    for (LocalSlope slope : slopes) {
      double decades = Math.log10(slope.loss()) + 2;
      if (Math.abs(decades) > LocalSlope.WIDTH / 2 + 1e-9) {
        assertThat(slope.slope().mean()).isCloseTo(decades > 0 ? 1 : 2, within(1e-9));
      } else if (Math.abs(decades) < 0.1) {
        assertThat(slope.slope().mean()).isBetween(1.2, 1.8);
      }
    }
    assertThat(slopes.getFirst().loss()).isBetween(0.5, 1.1);
    assertThat(slopes.getLast().loss()).isBetween(0.9e-3, 2e-3);
  }

  @Test
  void whereNoSeedHasPointsThereIsNoSlope() {
    assertThat(LocalSlope.of(List.of(List.of()), 1e-3)).isEmpty();
    assertThat(LocalSlope.of(List.of(run().subList(0, 4)), 1e-3)).isEmpty();
  }
}
