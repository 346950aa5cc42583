package org.noisescape.experiments.meng.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.settings;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;

/** {@code meng/escape-2d}: a tiny run, the readings of the text, bad input. */
class EscapeTwoDTest {
  private static final Experiment ESCAPE = ExperimentCatalogue.find("meng/escape-2d");

  private static final String[] TWO_D = {
    "factors",
    "15,4",
    "batches",
    "1,3",
    "lambdas",
    "16,64",
    "replicas",
    "20",
    "map-replicas",
    "4",
    "steps",
    "60",
    "datasets",
    "1"
  };

  @TempDir Path folder;

  @Test
  void literalReadingIsUnstableAndTheTableHoldsEveryReading() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = ESCAPE.run(request(run, 2, TWO_D));
    assertThat(outcome.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(measurement(outcome, "literal: eta H").value()).isGreaterThan(2);
    assertThat(measurement(outcome, "working: eta H").value()).isLessThan(2);
    List<String> rows = table(run, "escape_rates");
    // 4 readings and 2 factors x 2 batches x 2 meanings, of SGD, Langevin and 2 lambda_1
    assertThat(rows).hasSize(1 + (4 + 8) * 4);
    assertThat(rows.getFirst()).contains("learning_rate,strength,value,standard_error");
    assertThat(run.resolve("figures/success.png")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void traceOfTheNoiseIsThatOfItsSamplesOverTheBatch() {
    EscapeTwoD.Plan plan = new EscapeTwoD().plan(settings(ESCAPE)).plan();
    EscapeScene one = new EscapeScene(plan, 4, 1, 1);
    EscapeScene five = new EscapeScene(plan, 4, 5, 1);
    assertThat(five.noiseTrace(1, 1)).isCloseTo(one.noiseTrace(1, 1) / 5, within(1e-12));
    EscapeScene twice = new EscapeScene(plan, 8, 1, 1);
    assertThat(twice.noiseTrace(0.8, 1.1)).isCloseTo(4 * one.noiseTrace(0.8, 1.1), within(1e-9));
    assertThat(twice.stability()).isCloseTo(2 * one.stability(), within(1e-12));
    assertThat(twice.height()).isCloseTo(2 * one.height(), within(1e-12));
    assertThat(one.noiseCurvature()).isPositive();
    assertThat(one.noiseCurvature()).isCloseTo(5 * five.noiseCurvature(), within(1e-9));
    assertThat(twice.noiseCurvature()).isCloseTo(4 * one.noiseCurvature(), within(1e-9));
    assertThat(one.noiseFit()).isCloseTo(five.noiseFit(), within(1e-12)).isBetween(0.1, 1.0);
    assertThat(five.batch()).isEqualTo(5);
    assertThat(twice.factor()).isEqualTo(8);
  }

  /** The top of each barrier by looking at many points of it. */
  @Test
  void theBarrierIsTheLowerOfTwoAndPassedBeyondItsTop() {
    EscapeScene scene = new EscapeScene(new EscapeTwoD().plan(settings(ESCAPE)).plan(), 4, 1, 1);
    double[] top = new double[2];
    double[] heights = new double[2];
    for (int j = 0; j < 2; j++) {
      for (double at = -0.6; at <= 0.6; at += 1e-4) {
        double height = scene.value(j == 0 ? at : 1, j == 1 ? at : 1) - scene.value(1, 1);
        top[j] = height > heights[j] ? at : top[j];
        heights[j] = Math.max(height, heights[j]);
      }
    }
    assertThat(scene.height()).isCloseTo(Math.min(heights[0], heights[1]), within(1e-6));
    assertThat(scene.progress(new double[] {1, 1}))
        .isCloseTo(Math.max(top[0], top[1]) - 1, within(2e-4));
    assertThat(scene.progress(new double[] {-1, 1})).isCloseTo(top[0] + 1, within(2e-4));
    assertThat(scene.progress(new double[] {1, -2})).isCloseTo(top[1] + 2, within(2e-4));
    assertThat(scene.progress(new double[] {3, 3})).isNegative();
    for (double[] wrong : new double[][] {{3.1, 1}, {1, -3.1}, {Double.NaN, 1}, {1, Double.NaN}}) {
      assertThat(scene.progress(wrong)).isInfinite().isPositive();
    }
    double[] two = {0, 0, 1, 4};
    assertThat(EscapeScene.far(two, 0)).isFalse();
    assertThat(EscapeScene.far(two, 1)).isTrue();
    assertThat(EscapeScene.share(new boolean[] {true, false, true}, 2)).isEqualTo(new Share(1, 2));
  }

  /**
   * Fig. 3a: near (\u00b11, \u00b11) the averaged loss has its four minima, and is higher around.
   */
  @Test
  void surfaceHasFourMinima() {
    EscapeTwoD.Plan plan = new EscapeTwoD().plan(settings(ESCAPE)).plan();
    EscapeScene scene = new EscapeScene(plan, 4, 1, 1);
    for (int j = 0; j < 2; j++) {
      double[] minima = scene.minima(j);
      assertThat(minima).hasSize(2);
      assertThat(minima[0]).isCloseTo(-1, within(0.1));
      assertThat(minima[1]).isCloseTo(1, within(0.1));
    }
    for (double first : scene.minima(0)) {
      for (double second : scene.minima(1)) {
        double least = scene.value(first, second);
        for (int k = 0; k < 8; k++) {
          double angle = k * Math.PI / 4;
          assertThat(scene.value(first + 0.05 * Math.cos(angle), second + 0.05 * Math.sin(angle)))
              .isGreaterThan(least);
        }
      }
    }
  }

  @Test
  void aReadingReproducesTheFigureOnlyWithItsOrder() {
    List<Double> lambdas = List.of(8.0, 16.0, 32.0);
    assertThat(reading(0.9, 40, 1, lambdas, 5, 10, 80).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(reading(0.9, 40, 1, lambdas, 5, 10, 80).crossing()).isCloseTo(22.857, within(1e-3));
    // descent is unstable
    assertThat(reading(2.1, 40, 1, lambdas, 5, 10, 80).verdict()).isEqualTo(Verdict.DISAGREES);
    // met too early
    assertThat(reading(0.9, 40, 1, lambdas, 60, 80, 90).verdict()).isEqualTo(Verdict.DISAGREES);
    // met too late
    assertThat(reading(0.9, 95, 1, lambdas, 5, 10, 80).verdict()).isEqualTo(Verdict.DISAGREES);
    // Langevin more often than SGD, and as often, which a hundred replicas do not tell
    assertThat(reading(0.9, 40, 70, lambdas, 20, 25, 90).verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(reading(0.9, 40, 40, lambdas, 20, 25, 90).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    // falls
    assertThat(reading(0.9, 40, 1, lambdas, 50, 5, 80).verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(reading(0.9, 99, 1, lambdas, 5, 10, 80).crossing()).isNaN();
    assertThat(Meaning.VARIANCE.deviation(16)).isEqualTo(4);
  }

  @Test
  void everyNumberAndCellIsThatOfItsReading() {
    EscapeTwoD.Plan plan = new EscapeTwoD().plan(settings(ESCAPE)).plan();
    EscapeReading literal = reading(15, Meaning.DEVIATION, 2.5, 40, 1, 10, 80);
    EscapeReading working = reading(4, Meaning.DEVIATION, 0.75, 40, 1, 10, 80);
    EscapeReading flat = reading(3.6, Meaning.DEVIATION, 0.65, 10, 1, 10, 50);
    EscapeReading mapped = reading(3, Meaning.VARIANCE, 0.5, 50, 1, 10, 90);
    Findings found =
        EscapeTwoD.findings(
            plan,
            1,
            List.of(literal, flat, working, flat),
            List.of(literal, mapped),
            List.of(working, reading(4, Meaning.DEVIATION, 0.75, 60, 5, 10, 85)));
    // SE by Wilson: sqrt(p (1 - p) 100 + 1/4)/101. SGD is met between 8 and 32 at 8 + 24 x 3/7, in
    // the map at 8 + 24/2, with other samples at 8 + 24 x 2/3
    assertThat(
            FoundText.numbers(found)
                .lines()
                // those of the loss, below
                .filter(
                    line -> !line.matches(".*: (eta H|minima|height|second|lambda_1 of|R\\^2).*")))
        .containsExactly(
            """
            literal: rate at the largest lambda_1 less that at the smallest | 0.7 | 0.0499975 | 0 | AGREES
            literal: smallest step of the rate with lambda_1 | 0.7 | 0.0499975 | -0.1 | AGREES
            literal: SGD less Langevin | 0.39 | 0.0499877 | 0 | AGREES
            literal: SGD less lambda_1 = 16 | 0.0666667 | 0.0543804 | 0 | INCONCLUSIVE
            literal: lambda_1 = 64 less SGD | 0.4 | 0.0630095 | 0 | AGREES
            literal (f = 15.0, b = 2, lambda_1 a deviation): lambda_1 that meets SGD | 18.2857 | - | 32 | DISAGREES
            literal: dynamics that escape less often from the flatter loss | 0 | - | 4 | INCONCLUSIVE
            literal: largest share of diverged replicas | 0.07 | - | - | -
            literal: SGD | 0.4 | 0.0487567 | - | -
            literal: Langevin | 0.01 | 0.0110253 | - | -
            literal: lambda_1 = 8.0 | 0.1 | 0.0301127 | - | -
            literal: lambda_1 = 32.0 | 0.8 | 0.0399122 | - | -
            literal: SGD on the flatter loss | 0.1 | 0.0301127 | - | -
            literal: Langevin on the flatter loss | 0.01 | 0.0110253 | - | -
            working: rate at the largest lambda_1 less that at the smallest | 0.7 | 0.0499975 | 0 | AGREES
            working: smallest step of the rate with lambda_1 | 0.7 | 0.0499975 | -0.1 | AGREES
            working: SGD less Langevin | 0.39 | 0.0499877 | 0 | AGREES
            working: SGD less lambda_1 = 16 | 0.0666667 | 0.0543804 | 0 | INCONCLUSIVE
            working: lambda_1 = 64 less SGD | 0.4 | 0.0630095 | 0 | AGREES
            working (f = 4.0, b = 2, lambda_1 a deviation): lambda_1 that meets SGD | 18.2857 | - | 32 | INCONCLUSIVE
            working: dynamics that escape less often from the flatter loss | 2 | - | 4 | AGREES
            working: largest share of diverged replicas | 0.07 | - | - | -
            working: SGD | 0.4 | 0.0487567 | - | -
            working: Langevin | 0.01 | 0.0110253 | - | -
            working: lambda_1 = 8.0 | 0.1 | 0.0301127 | - | -
            working: lambda_1 = 32.0 | 0.8 | 0.0399122 | - | -
            working: SGD on the flatter loss | 0.1 | 0.0301127 | - | -
            working: Langevin on the flatter loss | 0.01 | 0.0110253 | - | -
            working: lambda_1 that meets SGD, of 2 other sets of samples (error: deviation) | 21.1429 | 4.04061 | - | -
            working: SGD, of 2 other sets of samples (error: deviation) | 0.5 | 0.141421 | - | -
            working: Langevin, of 2 other sets of samples (error: deviation) | 0.03 | 0.0282843 | - | -
            working: sets of samples with the figure's order, of 2 other sets of samples | 1 | - | - | -
            readings of the map that reproduce the figure | 1 | - | - | -
            map, lambda_1 that meets SGD: f = 3.0, b = 2, lambda_1 a variance | 20 | - | 32 | AGREES
            """
                .lines()
                .toArray(String[]::new));
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    // rates at 4, half of Langevin's and 8's, and at 16, a third of the way from 8 to 32
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival no difference between the dynamics: DISAGREES
            literal: rate at the largest lambda_1 less that at the smallest | 0.7 | 0.0499975 | 0 | DISAGREES
            literal: SGD less Langevin | 0.39 | 0.0499877 | 0 | DISAGREES
            rival SGD is met near lambda_1 = 8: INCONCLUSIVE
            literal: SGD less lambda_1 = 4 | 0.345 | 0.0513254 | 0 | AGREES
            literal: lambda_1 = 16 less SGD | -0.0666667 | 0.0543804 | 0 | INCONCLUSIVE
            """);
    EscapeScene scene = new EscapeScene(plan, 4, 2, 1);
    assertThat(told(found, "working: eta H")).isEqualTo(0.75);
    assertThat(told(found, "working: second coefficient")).isEqualTo(scene.noiseCurvature());
    assertThat(told(found, "working: height")).isEqualTo(scene.height());
    assertThat(told(found, "working: lambda_1 of Eq. 12"))
        .isEqualTo(Math.sqrt(scene.noiseCurvature() / 2));
    assertThat(told(found, "working: R^2")).isEqualTo(scene.noiseFit());
    Share sgd = new Share(40, 100);
    Share eight = new Share(10, 100);
    List<String> rows = FoundText.table(found, 0).lines().toList();
    assertThat(rows).hasSize(1 + (4 + 2) * 4);
    assertThat(rows.getFirst())
        .isEqualTo(
            "factor,batch,meaning,eta_h,dynamics,learning_rate,strength,value,standard_error,lower,upper,replicas,censored,diverged,value_of_first_100,verdict_of_reading");
    assertThat(rows.get(1))
        .isEqualTo(
            "15.0,2,deviation,2.5,sgd,0.025,,0.4,%s,%s,%s,100,60,7,0.06,DISAGREES"
                .formatted(sgd.standardError(), sgd.lower(1.96), sgd.upper(1.96)));
    assertThat(rows.get(2)).startsWith("15.0,2,deviation,2.5,langevin,0.025,0.0,0.01,");
    assertThat(rows.get(3))
        .isEqualTo(
            "15.0,2,deviation,2.5,power-law,0.025,8.0,0.1,%s,%s,%s,100,90,0,0.1,DISAGREES"
                .formatted(eight.standardError(), eight.lower(1.96), eight.upper(1.96)));
    assertThat(rows.get(5)).startsWith("3.6,2,deviation,0.65,sgd,");
    assertThat(rows.getLast()).startsWith("3.0,2,variance,0.5,power-law,0.025,32.0,0.9,");
  }

  private static double told(Findings found, String name) {
    return found.measurements().stream()
        .filter(m -> m.name().startsWith(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(ESCAPE, run, "up to the 100 samples", "batches", "101");
    refused(ESCAPE, run, "a rise needs two values", "lambdas", "4");
    refused(ESCAPE, run, "powers between 2 and 64", "powers", "1,3");
    refused(ESCAPE, run, "must be a number > 0", "sample-variance", "-0.1");
    assertThat(run).doesNotExist();
  }

  private static EscapeReading reading(
      double stability, int sgd, int langevin, List<Double> lambdas, int... powerLaw) {
    List<EscapedShare> rates = new ArrayList<>();
    for (int escaped : powerLaw) {
      rates.add(rate(escaped));
    }
    return new EscapeReading(
        4, 1, Meaning.DEVIATION, stability, rate(sgd), rate(langevin), lambdas, rates);
  }

  /** A reading whose SGD had 7 of 100 replicas thrown out. */
  static EscapeReading reading(
      double factor, Meaning meaning, double stability, int sgd, int langevin, int... powerLaw) {
    EscapeReading plain = reading(stability, sgd, langevin, List.of(8.0, 32.0), powerLaw);
    EscapedShare thrown = new EscapedShare(new Share(sgd, 100), new Share(3, 50), 7);
    return new EscapeReading(
        factor, 2, meaning, stability, thrown, plain.langevin(), plain.lambdas(), plain.powerLaw());
  }

  private static EscapedShare rate(int escaped) {
    return new EscapedShare(new Share(escaped, 100), new Share(escaped, 100), 0);
  }
}
