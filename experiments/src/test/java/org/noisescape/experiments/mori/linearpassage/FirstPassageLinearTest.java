package org.noisescape.experiments.mori.linearpassage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.experiments.mori.RegressionEnsemble;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LogLandscape;

class FirstPassageLinearTest {
  private static final double[] LEVELS = {1.5, 2, 2.5, 3, 3.5};
  private static final LogLandscape THEORY = new LogLandscape(0.1, 1, 1);

  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = experiment().run(request(run, Map.of()));

    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    List<String> table = Files.readAllLines(run.resolve("tables/first_passage.csv"));
    assertThat(table.getFirst())
        .isEqualTo(
            "d,learning_rate,batch,c,mean_time,standard_error,replicas,censored,theory_slope");
    assertThat(table).hasSize(1 + 2 * 3);
    assertThat(Files.readAllLines(run.resolve("tables/passages.csv"))).hasSize(1 + 2 * 2 * 3 * 5);
    assertThat(run.resolve("figures/first-passage.png")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void aPassageThatCannotHappenIsCensoredAndTheVerdictSaysSo() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = experiment().run(request(run, Map.of("d", "3", "c", "1000")));

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(outcome.criterion()).contains("10 passages did not happen within the step limit");
    assertThat(outcome.measurements().getFirst().name()).contains("no threshold in the window");
    // no value where nobody passed
    assertThat(Files.readAllLines(run.resolve("tables/first_passage.csv")).get(1))
        .startsWith("3,0.1,1,1000.0,,,10,10,");
  }

  @Test
  void passageTimesAreThoseOfASecondImplementation() {
    RegressionData data = RegressionData.draw(3, 200, 5);
    ExperimentRequest request = request(folder.resolve("run"), Map.of());
    double[][] passages =
        new RegressionEnsemble(data, 0.1, 2, 7, 3)
            .run(
                "replicas",
                folder.resolve("ensemble.safetensors"),
                new double[] {1.05, 1.2, 1.5},
                EnsembleSchedule.to(400),
                request)
            .passages();

    int samples = data.landscape().samples();
    double[] x = data.landscape().inputs();
    double[] y = data.landscape().targets();
    for (int r = 0; r < 3; r++) {
      RandomKey key = RandomKey.of(request.seed(), Purpose.SAMPLING, 7 + r);
      double[] theta = data.minimum().clone();
      double[] first = {Double.NaN, Double.NaN, Double.NaN};
      for (int k = 1; k <= 400; k++) {
        RandomStream draws = key.stream(k - 1);
        double[] step = new double[3];
        for (int b = 0; b < 2; b++) {
          int i = (int) (((draws.nextInt() & 0xFFFFFFFFL) * samples) >>> 32);
          double residual = -y[i];
          for (int j = 0; j < 3; j++) {
            residual += x[3 * i + j] * theta[j];
          }
          for (int j = 0; j < 3; j++) {
            step[j] += residual * x[3 * i + j];
          }
        }
        for (int j = 0; j < 3; j++) {
          theta[j] -= 0.05 * step[j];
        }
        double loss = 0;
        for (int i = 0; i < samples; i++) {
          double residual =
              x[3 * i] * theta[0] + x[3 * i + 1] * theta[1] + x[3 * i + 2] * theta[2] - y[i];
          loss += residual * residual / (2 * samples);
        }
        double[] levels = {1.05, 1.2, 1.5};
        for (int c = 0; c < 3; c++) {
          if (Double.isNaN(first[c]) && loss > levels[c] * data.minimumLoss()) {
            first[c] = k;
          }
        }
      }
      for (int c = 0; c < 3; c++) {
        assertThat(passages[c][r]).isEqualTo(Double.valueOf(first[c])); // NaN too
      }
    }
  }

  @Test
  void excessIsTheLossOverItsMinimumLessOne() {
    RegressionData data = RegressionData.draw(4, 50, 1);
    double[] theta = {0.3, -2, 1, 0.1};

    assertThat(data.excess(theta, 0))
        .isCloseTo(data.landscape().value(theta) / data.minimumLoss() - 1, within(1e-12));
    assertThat(data.excess(data.minimum(), 0)).isZero();
    double[] slope = new double[4];
    data.landscape().gradient(data.minimum(), slope);
    assertThat(slope).containsExactly(new double[4], within(1e-14));
  }

  @Test
  void slopeIsThatOfThePowerAndItsErrorKnowsThatThresholdsShareReplicas() {
    int trials = 60;
    double[] slopes = new double[trials];
    double claimed = 0;
    for (int trial = 0; trial < trials; trial++) {
      PassageCurve curve = synthetic(0, trial, 9, 100, 1e9);
      PassageSlope slope = curve.slope(new int[] {1, 2, 3, 4});
      slopes[trial] = slope.slope();
      claimed += slope.standardError() / trials;
    }
    double mean = Arrays.stream(slopes).average().orElseThrow();
    double spread =
        Math.sqrt(Arrays.stream(slopes).map(s -> (s - mean) * (s - mean)).sum() / (trials - 1));

    assertThat(mean).isCloseTo(9, within(3 * spread / Math.sqrt(trials)));
    // a spread over 60 trials is known to 9 %, the bootstrap's to 4 %
    assertThat(claimed / spread).isBetween(0.75, 1.3);
  }

  @Test
  void errorKnowsTheSpreadBetweenDataSets() {
    PassageEnsemble alike =
        PassageEnsemble.of(List.of(synthetic(0, 1, 9, 200, 1e9), synthetic(1, 2, 9, 200, 1e9)));
    PassageEnsemble different =
        PassageEnsemble.of(List.of(synthetic(0, 1, 6, 200, 1e9), synthetic(1, 2, 12, 200, 1e9)));

    assertThat(alike.standardError()).isLessThan(0.6);
    // 6 and 12: deviation 4.24, error 3
    assertThat(different.standardError()).isBetween(2.5, 3.5);
    assertThat(PassageCriterion.estimate(different).degreesOfFreedom()).isEqualTo(1);
    assertThat(verdict(different)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void windowLeavesOutTheRelaxationAndWhatIsMostlyCensored() {
    // t_p = c⁹/4: 9.6, 128, 954, 4,900, 19,700
    PassageEnsemble ensemble = PassageEnsemble.of(List.of(synthetic(0, 1, 9, 200, 6000)));

    assertThat(ensemble.window()).containsExactly(1, 2, 3);
    assertThat(ensemble.known(0)).isTrue();
    assertThat(ensemble.known(4)).isFalse();
    assertThat(ensemble.censored(4)).isGreaterThan(100);
  }

  /** Theory 9, tolerance 0.9; t of 10 data sets is 2.262. */
  @Test
  void criterionIsATenthAndKnowsHowFewDataSetsThereAre() {
    assertThat(verdict(fitted(9.6, 0.1, 10))).isEqualTo(Verdict.AGREES);
    assertThat(verdict(fitted(9.75, 0.1, 10))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(fitted(10.05, 0.1, 10))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(fitted(10.2, 0.1, 10))).isEqualTo(Verdict.DISAGREES);
    assertThat(verdict(fitted(7.5, 0.2, 10))).isEqualTo(Verdict.DISAGREES);
    assertThat(verdict(fitted(9, 0.5, 10))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(fitted(9, 0.1, 1))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(fitted(Double.NaN, Double.NaN, 10))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** Two thresholds make a slope, but no line. */
  @Test
  void twoThresholdsDecideNothing() {
    PassageEnsemble full = fitted(9, 0.1, 10);
    int[] window = {1, 2};
    PassageEnsemble few =
        new PassageEnsemble(
            4, full.curves(), window, 9, 0.1, PassageEnsemble.laws(full.curves(), window));
    assertThat(verdict(full)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(few)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** In d = 4, T = 0.1, over c from 2 to 3; (Γ(2)/2)(T/e)² exp(7e)/C at e = 1 and 2, B = 1. */
  @Test
  void lawsAreThoseOfTheThresholdsOfTheWindow() {
    PassageEnsemble ensemble = fitted(9, 0.1, 2);
    PassageCurve curve = ensemble.curves().getFirst();

    assertThat(ensemble.law(PassageLaw.POWER)).isCloseTo(9, within(1e-12));
    double ends =
        Math.log(curve.equation().meanTime(3).value() / curve.equation().meanTime(2).value())
            / Math.log(1.5);
    assertThat(ensemble.law(PassageLaw.EQUATION)).isCloseTo(ends, within(0.02)).isLessThan(8);
    double logC = -1.92155 - -1.46450;
    double exponential = (7 - 2 * Math.log(2) - logC) / Math.log(1.5);
    assertThat(ensemble.law(PassageLaw.EXPONENTIAL)).isCloseTo(exponential, within(0.2));
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    wrong(run, Map.of("lr", "2.5"), "--set lr=2.5", "must be below 2/lambda");
    wrong(run, Map.of("c", "0.9,2"), "--set c=0.9,2", "must be > 1, got 0.9");
    wrong(run, Map.of("c", "1"), "must be > 1");
    wrong(run, Map.of("d", "300"), "--set samples=300", "d = 300");
    wrong(run, Map.of("replicas", "1"), "--set replicas=1");
    wrong(run, Map.of("steps", "0"), "--set steps=0");
    wrong(run, Map.of("d", "2,2"), "--set d=2,2");
    wrong(run, Map.of("replica", "5"), "did you mean 'replicas'?");
    assertThat(run).doesNotExist();
  }

  private void wrong(Path run, Map<String, String> changed, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, changed)))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
  }

  @Test
  void paperHasTheSizesOfTheText() {
    assertThat(experiment().defaults(Preset.PAPER))
        .containsEntry("samples", "10000")
        .containsEntry("lr", "0.1")
        .containsEntry("batch", "1")
        .containsEntry("replicas", "100");
  }

  /**
   * d = 4: times whose hazard is that of a mean c^power/4, each replica's increments exponential.
   */
  private static PassageCurve synthetic(
      int dataSet, int trial, double power, int replicas, double limit) {
    RandomKey key = RandomKey.of(trial, Purpose.SYNTHETIC_DATA, 0);
    double[][] steps = new double[LEVELS.length][replicas];
    for (int r = 0; r < replicas; r++) {
      RandomStream random = key.stream(r);
      double before = 0;
      double reached = 0;
      for (int c = 0; c < LEVELS.length; c++) {
        double mean = Math.pow(LEVELS[c], power) / 4;
        reached -= (mean - before) * Math.log(random.nextDouble());
        before = mean;
        steps[c][r] = reached <= limit ? reached / 0.1 : Double.NaN;
      }
    }
    return PassageCurve.of(4, dataSet, THEORY, LEVELS, steps, (long) (limit / 0.1), 1);
  }

  private static PassageEnsemble fitted(double slope, double error, int dataSets) {
    List<PassageCurve> curves = Collections.nCopies(dataSets, synthetic(0, 1, 9, 10, 1e9));
    int[] window = {1, 2, 3};
    return new PassageEnsemble(
        4, curves, window, slope, error, PassageEnsemble.laws(curves, window));
  }

  private static Verdict verdict(PassageEnsemble ensemble) {
    return PassageCriterion.of(ensemble, PassageLaw.POWER)
        .judge(PassageCriterion.estimate(ensemble))
        .verdict();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/first-passage-linear");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("d", "2,5");
    settings.put("samples", "300");
    settings.put("c", "1.2,1.5,2");
    settings.put("data-sets", "2");
    settings.put("replicas", "5");
    settings.put("steps", "2000");
    settings.putAll(changed);
    return Requests.quick(run, settings).build();
  }
}
