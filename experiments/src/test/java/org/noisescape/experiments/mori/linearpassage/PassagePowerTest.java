package org.noisescape.experiments.mori.linearpassage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LogLandscape;

/**
 * 60 data sets in d = 2, 4 and 10, as {@code standard} has; windows, and deviations of slopes
 * between data sets, as ten of them had.
 */
class PassagePowerTest {
  private static final int DATA_SETS = 60;

  private record Measured(double deviation, PassageEnsemble of) {}

  private static final List<Measured> MEASURED =
      List.of(
          measured(2, 1.45, 1.5, 1.75, 2, 2.25),
          measured(4, 1.49, 1.75, 2, 2.25, 2.5, 2.75, 3),
          measured(10, 0.28, 3.5, 4, 5, 6, 7, 8));

  private static Measured measured(int dimension, double deviation, double... levels) {
    List<PassagePoint> points = new ArrayList<>();
    for (double level : levels) {
      CensoredTimes times = new CensoredTimes(new double[] {1}, new boolean[] {true});
      points.add(
          new PassagePoint(
              level,
              times,
              new MeanPassageTime(1, 1, 0, 2, 1, 0, MeanPassageTime.Method.SAMPLE_MEAN, true)));
    }
    PassageCurve curve =
        new PassageCurve(
            dimension, new LogLandscape(0.1, 1, 1), points, RandomKey.of(1, Purpose.BOOTSTRAP, 0));
    int[] window = IntStream.range(0, levels.length).toArray();
    PassageEnsemble ensemble =
        new PassageEnsemble(
            dimension,
            Collections.nCopies(DATA_SETS, curve),
            window,
            Double.NaN,
            Double.NaN,
            PassageEnsemble.laws(List.of(curve), window));
    return new Measured(deviation, ensemble);
  }

  @Test
  void theTheoryAgrees() {
    assertThat(agreeing(PassageLaw.POWER)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    assertThat(agreeing(PassageLaw.EXPONENTIAL)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(PassageLaw.EQUATION)).isLessThanOrEqualTo(Power.MOST);
  }

  private static long agreeing(PassageLaw law) {
    return Power.agreeing(seed -> findings(law, seed));
  }

  private static Findings findings(PassageLaw law, long seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<PassageEnsemble> drawn = new ArrayList<>();
    for (Measured measured : MEASURED) {
      PassageEnsemble of = measured.of();
      double[] slopes = new double[DATA_SETS];
      Arrays.setAll(slopes, i -> of.law(law) + measured.deviation() * random.nextGaussian());
      SeedMean mean = SeedMean.of(slopes);
      drawn.add(
          new PassageEnsemble(
              of.dimension(),
              of.curves(),
              of.window(),
              mean.mean(),
              mean.standardError(),
              of.laws()));
    }
    return FirstPassageLinear.judged(drawn, FirstPassageLinear.judged(drawn, PassageLaw.POWER));
  }
}
