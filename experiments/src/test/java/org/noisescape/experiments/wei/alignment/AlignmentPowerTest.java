package org.noisescape.experiments.wei.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;

/**
 * Four seeds of each loss, three late measurements, as {@code standard} has them: CS scatters by
 * .01 between seeds and by .004 by the random vectors.
 */
class AlignmentPowerTest {
  private static final int SEEDS = 4;
  private static final long[] STEPS = {0, 970, 1940, 4850};
  private static final double BETWEEN_SEEDS = 0.01;
  private static final double VECTORS = 0.004;

  @Test
  void alignedMatricesAgree() {
    assertThat(agreeing(0.69, 0.95, 0.02)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void randomOrientationsDoNot() {
    assertThat(agreeing(0.02, 0.02, 0.02)).isLessThanOrEqualTo(Power.MOST);
    // nor matrices so alike in their spectra that a random rotation leaves most of CS
    assertThat(agreeing(0.69, 0.95, 0.9)).isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void anAlignmentThatWasThereBeforeTrainingDoesNot() {
    assertThat(agreeing(0.69, 0.69, 0.02)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(0.95, 0.95, 0.02)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(double start, double late, double rotated) {
    return Power.agreeing(
        seed -> {
          Map<AlignmentPanel, List<AlignmentPoint>> panels = new LinkedHashMap<>();
          for (String name : AlignmentPanel.NAMES) {
            panels.put(panel(name), points(name, seed, start, late, rotated));
          }
          return findings(panels, seed);
        });
  }

  private static Findings findings(Map<AlignmentPanel, List<AlignmentPoint>> panels, long seed) {
    return HessianNoiseAlignment.findings(panels, Map.of(), seed);
  }

  private static AlignmentPanel panel(String name) {
    return new AlignmentPanel(
        name,
        TrainConfiguration.defaults(),
        100,
        List.of(0, 1, 2, 3),
        Optional.empty(),
        Optional.empty());
  }

  private static List<AlignmentPoint> points(
      String name, long seed, double start, double late, double rotated) {
    List<AlignmentPoint> points = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      RandomStream random =
          RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(AlignmentPanel.NAMES.indexOf(name));
      double own = BETWEEN_SEEDS * random.nextGaussian();
      for (int i = 0; i < STEPS.length; i++) {
        double cs = (i == 0 ? start : late) + own + VECTORS * random.nextGaussian();
        // P = 1, so that tr H tr M is CS of a random rotation
        AlignmentSums sums = new AlignmentSums(1, 300, VECTORS, cs, cs, 1, 1, 1, rotated, 1);
        points.add(new AlignmentPoint(s, i, STEPS[i], 1, sums));
      }
    }
    return points;
  }
}
