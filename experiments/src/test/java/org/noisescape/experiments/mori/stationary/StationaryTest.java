package org.noisescape.experiments.mori.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.theory.mori.LogLandscape;

class StationaryTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = experiment().run(request(run, Map.of()));

    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    List<String> table = Files.readAllLines(run.resolve("tables/stationary.csv"));
    assertThat(table.getFirst())
        .isEqualTo("learning_rate,batch,phi,standard_error,phi_paper,phi_corrected");
    assertThat(table).hasSize(3);
    assertThat(Files.readAllLines(run.resolve("tables/histogram.csv"))).hasSize(42);
    assertThat(run.resolve("figures/exponents.png")).isNotEmptyFile();
    assertThat(run.resolve("figures/histogram.svg")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void exponentIsThatOfTheExactSecondMomentAndNotThatOfTheText() {
    ExperimentOutcome outcome =
        experiment()
            .run(
                request(
                    folder.resolve("run"),
                    Map.of(
                        "samples", "100000",
                        "lr", "1",
                        "batch", "16",
                        "iterations", "200000",
                        "every", "10")));

    // 17 (text), 9 (finite steps), 8.5 (second moment); 20,000 points, nearly independent;
    // h of these data is 1 to 0.0045, φ to 0.1
    double phi = outcome.measurements().getFirst().value();
    double error = outcome.measurements().getFirst().standardError();
    assertThat(error).isBetween(0.05, 0.12);
    assertThat(phi).isCloseTo(8.5, within(0.2 + 3 * error));
  }

  @Test
  void kurtosisIsThatOfAllReplicasWithTheJackknifeOverThem() {
    double[][] deviations = {{1, -1}, {2, 0}, {-1, 1}};

    PointEstimate kurtosis = ReplicaKurtosis.of(deviations);

    // ⟨δ⁴⟩ = 20/6, ⟨δ²⟩ = 8/6; without the first or third (18/4)/(6/4)², without the second 1
    assertThat(kurtosis.value()).isCloseTo(20.0 / 6 / (64.0 / 36) - 3, within(1e-12));
    // 2, 1, 2 less 3: deviations 1/3, −2/3, 1/3; √(2/3 · 6/9)
    assertThat(kurtosis.standardError()).isCloseTo(Math.sqrt(2.0 / 3 * 6 / 9), within(1e-12));
    assertThat(kurtosis.degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void resultsDoNotDependOnThreads() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    experiment().run(request(one, Map.of()));
    experiment().run(quick(two, Map.of()).threads(2).build());

    assertThat(two.resolve("tables/stationary.csv"))
        .hasSameTextualContentAs(one.resolve("tables/stationary.csv"));
  }

  @ParameterizedTest
  @CsvSource({
    "153, AGREES",
    "158, AGREES", // 153·1.06 − 1.98·2 = 158.2
    "159, INCONCLUSIVE",
    "166, INCONCLUSIVE", // 153·1.06 + 1.98·2 = 166.1
    "167, DISAGREES",
    "139, DISAGREES"
  })
  void judgedAgainstTheExponentWithFiniteSteps(double phi, Verdict verdict) {
    // φ_d = 1 + 160·0.95 = 153
    assertThat(verdict(point(0.1, 16, phi, 2, true))).isEqualTo(verdict);
  }

  @Test
  void withoutConvergenceOrPrecisionNothingIsDecided() {
    assertThat(verdict(point(0.1, 16, 153, 2, false))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(point(0.1, 16, 153, 20, true))).isEqualTo(Verdict.INCONCLUSIVE);
    StationaryPoint diverged =
        new StationaryPoint(
            new LogLandscape(0.1, 16, 1),
            new double[0][],
            new BurnIn(0, 10, false),
            null,
            PointEstimate.unknown(Double.NaN));
    assertThat(verdict(diverged)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void pointsWhereDecouplingMustFailAreJudgedApart() {
    StationaryPoint single = point(0.1, 1, 10, 0.1, true);
    StationaryPoint steep = point(1, 4, 2.5, 0.02, true);

    assertThat(StationaryCriterion.mayDecouple(single.theory())).isFalse();
    assertThat(StationaryCriterion.mayDecouple(steep.theory())).isFalse();
    // against 10.5 − ½ and 3 − ½
    assertThat(verdict(single)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(steep)).isEqualTo(Verdict.AGREES);
    assertThat(verdict(point(1, 4, 3.2, 0.02, true))).isEqualTo(Verdict.DISAGREES);
    // infinite second moment: nothing to be held against
    assertThat(verdict(point(1, 1, 1, 0.02, true))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    wrong(run, Map.of("lr", "0.1,2.5"), "--set lr=2.5", "must be below 2/lambda");
    wrong(run, Map.of("batch", "1,x"), "--set batch=1,x", "whole numbers >= 1");
    wrong(run, Map.of("batch", "0"), "--set batch=0");
    wrong(run, Map.of("samples", "1"), "--set samples=1");
    wrong(run, Map.of("replicas", "1"), "--set replicas=1");
    wrong(run, Map.of("iterations", "30"), "--set iterations=30", "fewer than two samples");
    assertThat(run).doesNotExist();
  }

  private void wrong(Path run, Map<String, String> changed, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, changed)))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
  }

  @Test
  void ownDataSetsAreRefused() {
    ExperimentRequest with = quick(folder.resolve("run"), Map.of()).dataset("mnist").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(with))
        .withMessageContaining("takes no data set: leave out --dataset mnist");
  }

  @Test
  void paperHasTheSizesOfTheText() {
    assertThat(experiment().defaults(Preset.PAPER))
        .containsEntry("samples", "100000")
        .containsEntry("iterations", "1000000")
        .containsEntry("every", "100");
  }

  private static StationaryPoint point(
      double rate, int batch, double phi, double error, boolean converged) {
    return new StationaryPoint(
        new LogLandscape(rate, batch, 1),
        new double[0][],
        new BurnIn(0, 100, converged),
        new PowerLawFit(phi, error, error, 0, 0, 100, 100, true),
        PointEstimate.unknown(Double.NaN));
  }

  private static Verdict verdict(StationaryPoint point) {
    return StationaryCriterion.exponent(point).judge(point.estimate()).verdict();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/stationary");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    return quick(run, changed).build();
  }

  private static Requests quick(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("samples", "1000");
    settings.put("lr", "0.3");
    settings.put("batch", "2,8");
    settings.put("iterations", "20000");
    settings.put("every", "20");
    settings.put("replicas", "4");
    settings.putAll(changed);
    return Requests.quick(run, settings);
  }
}
