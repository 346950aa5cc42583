package org.noisescape.theory.passage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Mean first-passage times against simulated paths, in both interpretations. */
class PassageSimulationTest {
  private static final int PATHS = 4000;
  private static final double STEP = 2e-3;
  private static final double BARRIER = 1;

  /** Paths seen at multiples of a step overshoot: Broadie, Glasserman and Kou (1997), −ζ(½)/√2π. */
  private static final double OVERSHOOT = 0.5826;

  private static double variance(double w) {
    return 0.5 + 1.5 * w * w;
  }

  @ParameterizedTest
  @EnumSource(Interpretation.class)
  void meanIsThatOfSimulatedPaths(Interpretation interpretation) {
    double sum = 0;
    double squares = 0;
    for (int path = 0; path < PATHS; path++) {
      double time = passage(interpretation, path);
      sum += time;
      squares += time * time;
    }
    double mean = sum / PATHS;
    double error = Math.sqrt((squares / PATHS - mean * mean) / (PATHS - 1));
    Diffusion process = new Diffusion(w -> 2 * w, PassageSimulationTest::variance, interpretation);
    double seen = BARRIER + OVERSHOOT * Math.sqrt(variance(BARRIER) * STEP);
    double exact = FirstPassage.meanTime(process, Double.NEGATIVE_INFINITY, 0, seen).value();
    // 3 standard errors, and the next order of the step, which is of the size of the step
    assertThat(Math.abs(mean - exact)).isLessThan(3 * error + STEP);
    Interpretation other =
        interpretation == Interpretation.ITO
            ? Interpretation.HANGGI_KLIMONTOVICH
            : Interpretation.ITO;
    double wrong =
        FirstPassage.meanTime(
                new Diffusion(w -> 2 * w, PassageSimulationTest::variance, other),
                Double.NEGATIVE_INFINITY,
                0,
                seen)
            .value();
    assertThat(Math.abs(mean - wrong)).isGreaterThan(6 * error);
  }

  /** Noise evaluated before the step, or after it by a predictor. */
  private static double passage(Interpretation interpretation, int path) {
    RandomStream stream = RandomKey.of(11, Purpose.ADDITIVE_NOISE, path).stream(0);
    double w = 0;
    int step = 0;
    while (w < BARRIER) {
      double noise = Math.sqrt(STEP) * stream.nextGaussian();
      double at = interpretation == Interpretation.ITO ? w : w + Math.sqrt(variance(w)) * noise;
      w += -2 * w * STEP + Math.sqrt(variance(at)) * noise;
      step++;
    }
    return step * STEP;
  }
}
