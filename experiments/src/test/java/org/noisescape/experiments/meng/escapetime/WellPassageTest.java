package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.dynamics.statistics.MeanPassageTime;

class WellPassageTest {
  @Test
  void ofDozensOfHalvingsOneMayDifferByFourErrors() {
    assertThat(error(true, 3.9)).isEqualTo(0.3);
    assertThat(error(true, -3.9)).isEqualTo(0.3);
    assertThat(error(true, 4.1)).isNaN();
    assertThat(error(true, -4.1)).isNaN();
    assertThat(error(true, Double.NaN)).isNaN();
    assertThat(error(false, 0)).isNaN();
  }

  /** Standard error of a number that rests on a good passage and on this one. */
  private static double error(boolean reliable, double errors) {
    List<WellPassage> passages = List.of(passage(true, 0), passage(reliable, errors));
    return EscapeTimeLaws.estimate(2, 0.3, passages).standardError();
  }

  private static WellPassage passage(boolean reliable, double errors) {
    MeanPassageTime time =
        new MeanPassageTime(
            6, 0.4, 0, 99, 21, 4, MeanPassageTime.Method.SURVIVAL_AND_TAIL, reliable);
    return new WellPassage(
        WellDynamics.POWER_LAW_ITO,
        new WellCoordinate(new QuarticWell(4, 2), 1, 0.8),
        1,
        time,
        time,
        new StepHalving(new Reading(6 + 0.5 * errors, 0.3), new Reading(6, 0.4), 0.02),
        6,
        3,
        6);
  }
}
