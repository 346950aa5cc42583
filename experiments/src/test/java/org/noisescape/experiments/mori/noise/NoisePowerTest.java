package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.HuberLine;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Power;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;

/**
 * Three seeds of 90 points over three decades of L, as {@code quick} measures; 𝒩 scatters by 10 %
 * in time with a correlation of 0.5, slopes by 0.02 between seeds.
 */
class NoisePowerTest {
  private static final int SEEDS = 3;
  private static final int POINTS = 90;
  private static final double DECADES = 3;

  @Test
  void theTheoryAgrees() {
    assertThat(agreeing(NoiseVariant.MEAN_SQUARE, Map.of(WindowRule.LATE, 1.0)))
        .isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(
            agreeing(
                NoiseVariant.CROSS_ENTROPY,
                Map.of(WindowRule.INTERMEDIATE, 1.0, WindowRule.SMALL, 2.0)))
        .isGreaterThanOrEqualTo(Power.LEAST);
  }

  @Test
  void noRivalPassesForTheTheory() {
    for (NoiseVariant variant : List.of(NoiseVariant.MEAN_SQUARE, NoiseVariant.CROSS_ENTROPY)) {
      assertThat(variant.rivals()).isNotEmpty();
      variant
          .rivals()
          .forEach(
              (name, law) ->
                  assertThat(agreeing(variant, law)).as(name).isLessThanOrEqualTo(Power.MOST));
    }
  }

  private static long agreeing(NoiseVariant variant, Map<WindowRule, Double> law) {
    return Power.agreeing(seed -> findings(variant, law, seed));
  }

  private static Findings findings(NoiseVariant variant, Map<WindowRule, Double> law, long seed) {
    Panel panel = new Panel("mlp", TrainConfiguration.defaults());
    Map<Panel, List<List<NoisePoint>>> runs = new LinkedHashMap<>();
    runs.put(panel, new ArrayList<>());
    for (int s = 0; s < SEEDS; s++) {
      runs.get(panel).add(run(law, RandomKey.of(seed, Purpose.SYNTHETIC_DATA, s).stream(0)));
    }
    List<WindowFit> fits = new ArrayList<>();
    variant
        .tests()
        .forEach(
            (rule, criterion) ->
                fits.add(
                    WindowFit.of(panel, rule, criterion, runs.get(panel), NoisePowerTest::line)));
    return NoiseVsLoss.findings(runs, fits, variant.rivals());
  }

  /** Several seeds do not ask for the error of one. */
  private static SlopeFit line(double[] x, double[] y, int replica) {
    return new SlopeFit(HuberLine.fit(x, y), Double.NaN, x.length, 1, 1);
  }

  /** A steep part up to L = 1; below it the law; the last sample right from a hundredth on. */
  private static List<NoisePoint> run(Map<WindowRule, Double> law, RandomStream random) {
    double before = law.getOrDefault(WindowRule.LATE, law.get(WindowRule.INTERMEDIATE));
    double after = law.getOrDefault(WindowRule.SMALL, before);
    double tilt = 0.02 * random.nextGaussian();
    double scatter = 0;
    List<NoisePoint> run = new ArrayList<>();
    run.add(new NoisePoint(0, 0, 1, 0, 1000, 0, 1, 0, 0, WrongShares.NONE));
    for (int i = 1; i <= POINTS; i++) {
      double depth = DECADES * i / POINTS;
      scatter = 0.5 * scatter + 0.1 * Math.sqrt(0.75) * random.nextGaussian();
      double steep = Math.min(depth, 2) * (before + tilt);
      double flat = Math.max(depth - 2, 0) * (after + tilt);
      double noise = Math.pow(10, -steep - flat) * Math.exp(scatter);
      double accuracy = depth > 2 ? 1 : 0.9;
      double loss = Math.pow(10, -depth);
      run.add(
          new NoisePoint(i, i, loss, 0, noise, 0, 0.01 * noise, accuracy, 0.9, WrongShares.NONE));
    }
    return run;
  }
}
