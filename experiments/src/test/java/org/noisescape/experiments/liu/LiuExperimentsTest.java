package org.noisescape.experiments.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.linop.StoppedException;

class LiuExperimentsTest {
  private static final Map<String, Map<String, String>> TINY =
      Map.of(
          "liu/variance-1d",
          Map.of("white-rates", "1,1.5", "rates", "1,1.5", "samples", "50", "batch", "10"),
          "liu/distribution-2d",
          Map.of("rates", "1", "samples", "50", "batch", "10"),
          "liu/momentum",
          Map.of(
              "large-rate-momenta", "0.5,0.7",
              "large-rate-batch-momenta", "0.7",
              "small-rate-momenta", "0,0.5"),
          "liu/bayes-rate",
          Map.of("batches", "400"),
          "liu/escape-efficiency",
          Map.of(
              "rates", "1,1.8",
              "steps", "3",
              "dimension", "4",
              "dimensions", "4,8,16",
              "dimension-replicas", "100",
              "replicas", "4000"),
          "liu/approximation-error",
          Map.of("shares", "0.2,0.6,0.9"),
          "liu/second-order",
          Map.of("rates", "0.3,1", "natural-rates", "0.3,4"),
          "liu/kramers",
          Map.of("scales", "0.1,0.5,0.9", "replicas", "60", "steps", "5000"),
          "liu/depth-learning-rate",
          Map.of(
              "dataset", "digits:train=40,test=40,size=7",
              "subset", "40",
              "depths", "1,2",
              "width", "5",
              "batch", "20",
              "rates", "0.05,0.1,0.2",
              "time", "2",
              "loss", "0.4",
              "seeds", "2"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "liu/variance-1d,variance,white",
    "liu/distribution-2d,variance,mini-batch-1",
    "liu/momentum,variance,mini-batch-small-rate-gap",
    "liu/bayes-rate,variance,divergence-400",
    "liu/escape-efficiency,escape_efficiency,rates",
    "liu/approximation-error,approximation_error,qhm",
    "liu/second-order,approximation_error,natural-gradient",
    "liu/kramers,escape_rate,local-curvature",
    "liu/depth-learning-rate,test_error,change"
  })
  void tinyRunLeavesEverythingAReaderNeeds(String id, String table, String figure)
      throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = run(id, run, Map.of());

    assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    assertThat(run.resolve("figures/" + figure + ".png")).isNotEmptyFile();
    assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/" + table + ".csv"))).hasSizeGreaterThan(3);
  }

  @Test
  void varianceTableHasTheColumnsOfTheTheories() throws IOException {
    Path run = folder.resolve("run");
    run("liu/variance-1d", run, Map.of());
    List<String> rows = Files.readAllLines(run.resolve("tables/variance.csv"));
    assertThat(rows.getFirst())
        .startsWith(
            "learning_rate,momentum,batch,noise,variance,standard_error,theory_discrete,theory_continuous");
    assertThat(rows).hasSize(1 + 4);
    String[] white = rows.get(2).split(",");
    // λ = 1.5, k = 1: 1.5/(2 - 1.5) and 1.5/2
    assertThat(white[6]).startsWith("3.0");
    assertThat(white[7]).isEqualTo("0.75");
  }

  @Test
  void interruptedRunMeasuresOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = run("liu/variance-1d", run, Map.of());
    byte[] kept = Files.readAllBytes(run.resolve("points/case-000.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("points/case-003.json"));

    assertThat(run("liu/variance-1d", run, Map.of())).isEqualTo(whole);
    assertThat(run.resolve("points/case-000.json")).hasBinaryContent(kept);
  }

  @Test
  void threadsDoNotChangeANumber() {
    ExperimentOutcome one = run("liu/momentum", folder.resolve("one"), Map.of());
    ExperimentOutcome three =
        ExperimentCatalogue.find("liu/momentum")
            .run(request("liu/momentum", folder.resolve("three"), Map.of(), 3, false));
    assertThat(three.measurements()).isEqualTo(one.measurements());
  }

  @Test
  void aSystemThatIsStoppedIsNotKept() {
    Path run = folder.resolve("run");
    ExperimentRequest request = request("liu/escape-efficiency", run, Map.of(), 1, true);
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> ExperimentCatalogue.find("liu/escape-efficiency").run(request));
    assertThat(run.resolve("points")).doesNotExist();
  }

  @Test
  void stoppedRunSaysWhere() {
    ExperimentRequest request =
        request("liu/variance-1d", folder.resolve("run"), Map.of("draws", "100000"), 1, true);
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> ExperimentCatalogue.find("liu/variance-1d").run(request))
        .withMessageContaining("stopped at step");
  }

  @ParameterizedTest
  @CsvSource({
    "liu/variance-1d,white-rates,2.5,2(1+mu)/k* = 2",
    "liu/variance-1d,rates,1.99,it must be less than",
    "liu/variance-1d,rates,-1,must be different numbers > 0",
    "liu/momentum,small-rate-momenta,1,momentum must be in",
    "liu/momentum,large-rate-momenta,0.3,no stationary state",
    "liu/bayes-rate,batches,1000,batch must be in",
    "liu/second-order,rates,3.5,2(1+mu)/k* = 3",
    "liu/second-order,batch,1000,must be less than",
    "liu/escape-efficiency,rates,2.5,2(1+mu)/k* = 2",
    "liu/kramers,scales,1.2,2(1+mu)/k*",
    "liu/depth-learning-rate,depths,1.5,whole numbers",
    "liu/approximation-error,nu,2,nu must be in"
  })
  void whatHasNoStationaryStateIsToldWithItsBound(
      String id, String key, String value, String message) {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(id, run, Map.of(key, value)))
        .withMessageContaining(message);
    assertThat(run).doesNotExist();
  }

  @Test
  void dataSetsAreRefusedWhereDataAreMade() {
    ExperimentRequest request =
        Requests.quick(folder.resolve("run"), Map.of()).dataset("mnist").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExperimentCatalogue.find("liu/kramers").run(request))
        .withMessageContaining("liu/kramers takes no data set: leave out --dataset mnist");
  }

  private ExperimentOutcome run(String id, Path out, Map<String, String> changed) {
    return ExperimentCatalogue.find(id).run(request(id, out, changed, 1, false));
  }

  private static ExperimentRequest request(
      String id, Path out, Map<String, String> changed, int threads, boolean stopped) {
    Map<String, String> settings = new LinkedHashMap<>(TINY.get(id));
    Map<String, String> all = ExperimentCatalogue.find(id).settings();
    if (all.containsKey("draws")) {
      settings.put("replicas", "16");
      settings.put("draws", "20");
    }
    settings.putAll(changed);
    return Requests.quick(out, settings).threads(threads).stop(() -> stopped).build();
  }
}
