package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;

/**
 * Three seeds of 22 points, as {@code quick} has them: M falls from a tenth of 1,000 samples to a
 * few, and is counted, so that it scatters by √M; L and 𝒩 scatter by 10 % besides.
 */
class WrongSamplePowerTest {
  private static final int SEEDS = 3;
  private static final int POINTS = 22;
  private static final double SAMPLES = 1000;

  @Test
  void theTextAgreesWhereTheyCarryAll() {
    assertThat(agreeing(WrongLaw.ALL)).isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheText() {
    assertThat(agreeing(WrongLaw.HALF)).isLessThanOrEqualTo(Power.MOST);
    assertThat(agreeing(WrongLaw.ALIKE)).isLessThanOrEqualTo(Power.MOST);
  }

  @Test
  void whereTheyCarryAllEveryRivalLoses() {
    for (WrongLaw rival : List.of(WrongLaw.HALF, WrongLaw.ALIKE)) {
      assertThat(Power.agreeing(seed -> judged(WrongLaw.ALL, rival, seed)))
          .isLessThanOrEqualTo(Power.MOST);
    }
  }

  private static long agreeing(WrongLaw truth) {
    return Power.agreeing(seed -> judged(truth, WrongLaw.ALL, seed));
  }

  private static Findings judged(WrongLaw truth, WrongLaw law, long seed) {
    List<List<NoisePoint>> runs = new ArrayList<>();
    for (int s = 0; s < SEEDS; s++) {
      runs.add(run(truth, RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(0)));
    }
    WrongSampleFit fit = WrongSampleFit.of(new Panel("mlp", TrainConfiguration.defaults()), runs);
    assertThat(fit.seeds()).hasSize(SEEDS);
    Judgement all = fit.judgement(law);
    return Findings.of(all.verdict(), new Measurements());
  }

  private static List<NoisePoint> run(WrongLaw truth, RandomStream random) {
    List<NoisePoint> run = new ArrayList<>();
    run.add(new NoisePoint(0, 0, 10, 0, 1000, 0, 1, 0.1, 0, new WrongShares(900, 1, 1)));
    double tilt = 0.02 * random.nextGaussian();
    for (int i = 0; i < POINTS; i++) {
      double expected = 110 * Math.pow(10, -1.6 * i / POINTS);
      double wrong =
          Math.max(1, Math.round(expected + Math.sqrt(expected) * random.nextGaussian()));
      // where M says nothing, the loss falls all the same
      double carried =
          truth == WrongLaw.ALIKE
              ? Math.pow(10, -1.6 * random.nextDouble())
              : Math.pow(wrong / 110, truth.slope + tilt);
      double share =
          Math.clamp(truth.share(wrong / SAMPLES) + 0.03 * random.nextGaussian(), 0.0, 1.0);
      double loss = 0.5 * carried * Math.exp(0.1 * random.nextGaussian());
      double noise = 50 * carried * Math.exp(0.1 * random.nextGaussian());
      run.add(
          new NoisePoint(
              i + 1,
              i + 1,
              loss,
              0,
              noise,
              0,
              0.01 * noise,
              1 - wrong / SAMPLES,
              0.9,
              new WrongShares(wrong, share, share)));
    }
    return run;
  }

  @Test
  void withoutCountsNothingIsSaid() {
    NoisePoint point = new NoisePoint(0, 0, 1, 0, 1, 0, 1, 0.5, 0, WrongShares.NONE);
    assertThat(WrongSampleFit.counted(List.of(List.of(point)))).isFalse();
    WrongSampleFit fit =
        WrongSampleFit.of(new Panel("mlp", TrainConfiguration.defaults()), List.of(List.of(point)));
    assertThat(fit.judgement(WrongLaw.ALL).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }
}
