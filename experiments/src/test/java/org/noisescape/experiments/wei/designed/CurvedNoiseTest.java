package org.noisescape.experiments.wei.designed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.noisescape.optim.RuleMemory;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

class CurvedNoiseTest {
  private static final int DRAWS = 4000;

  /** Two replicas with directions (2, 0, 0), (0, .5, 0) and (0, 1, 1), (0, 0, 0). */
  @Test
  void noiseHasTheCovarianceOfEachReplicasDirectionsAndNoneElsewhere() {
    double[] directions = {2, 0, 0, 0, 0.5, 0, 0, 1, 1, 0, 0, 0};
    try (Engine engine = Engines.open("auto", 1);
        Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(DType.FLOAT64, 2, 3);
      Tensor u = arena.reserve(DType.FLOAT64, 2, 3);
      Tensor step = arena.reserve(DType.INT32, 2);
      Runnable rule = new CurvedNoise(directions, 2).bind(new RuleMemory(theta, u, step, 7, 0));
      arena.commit();
      double[][] moments = new double[6][6];
      for (int k = 0; k < DRAWS; k++) {
        engine.memory().fill(u, 1);
        engine.memory().write(step, k, 0);
        rule.run();
        double[] drawn = engine.memory().readDoubles(u);
        for (int i = 0; i < 6; i++) {
          for (int j = 0; j < 6; j++) {
            moments[i][j] += (drawn[i] - 1) * (drawn[j] - 1) / DRAWS;
          }
        }
        assertThat(drawn[2]).isEqualTo(1);
        assertThat(drawn[3]).isEqualTo(1);
        assertThat(drawn[4]).isEqualTo(drawn[5]);
      }
      // standard errors of second moments: sqrt(2/draws) of the largest
      double error = 5 * 4 * Math.sqrt(2.0 / DRAWS);
      double[] variances = {4, 0.25, 0, 0, 1, 1};
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
          boolean same = i == j || i >= 4 && j >= 4;
          double expected = same ? variances[i] : 0;
          assertThat(moments[i][j]).isCloseTo(expected, within(error * (i == j ? 1 : 0.5)));
        }
      }
      assertThat(moments[1][1]).isCloseTo(0.25, within(error / 16));
    }
  }
}
