package org.noisescape.experiments.wei.valley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.train.FullBatchDescent.Status;

/**
 * One panel of 60 epochs, of which the last 50 are judged, as {@code standard} has it: steps of the
 * trace of .2 an epoch, errors of .8 from 50 random vectors. Falls from 37 by less than a sixth are
 * not seen.
 */
class ValleyPowerTest {
  private static final int EPOCHS = 60;
  private static final int AFTER = 10;
  private static final double TRACE = 37;
  private static final double STEP = 0.2;
  private static final double ERROR = 0.8;
  private static final double THRESHOLD = 0.01;

  @Test
  void aConnectedValleyAlongWhichTheTraceFallsAgrees() {
    assertThat(agreeing(TRACE / 3, 1.005)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(0, 1.005)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(-TRACE / 3, 1.005)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(TRACE / 3, 2.5)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(double fall, double highest) {
    return Power.agreeing(seed -> findings(seed, fall, highest));
  }

  /** One segment in the middle of the path is the highest. */
  private static Findings findings(long seed, double fall, double highest) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<PathEpoch> epochs = new ArrayList<>();
    double trace = TRACE;
    for (int e = 0; e <= EPOCHS; e++) {
      trace += STEP * random.nextGaussian() - fall / (EPOCHS - AFTER);
      double loss = THRESHOLD * (e == EPOCHS / 2 ? highest : 0.99);
      epochs.add(
          new PathEpoch(
              e,
              List.of(new ProjectedPoint(4L * e, e, Status.REACHED, 5, THRESHOLD, 1, 0.6, 0.9, 1)),
              e == 0
                  ? List.of()
                  : List.of(new PathSegment(4L * (e - 1), 4L * e, 1, List.of(loss), loss < 0.02)),
              List.of(new PathTrace(e, trace + ERROR * random.nextGaussian(), ERROR, 50))));
    }
    TrainConfiguration training =
        TrainConfiguration.defaults().with(Map.of("subset", 40, "batch", 10, "epochs", EPOCHS));
    PathRule rule = new PathRule(THRESHOLD, 2 * THRESHOLD, 100, 1, 1, 50);
    ValleyPanel panel =
        new ValleyPanel(
            "fig1a", training, Optional.empty(), AFTER, 0, OptionalDouble.empty(), 2, rule);
    return MinimalValley.findings(
        List.of(new ValleyPath(panel, THRESHOLD, Optional.empty(), epochs, List.of(), 0)));
  }
}
