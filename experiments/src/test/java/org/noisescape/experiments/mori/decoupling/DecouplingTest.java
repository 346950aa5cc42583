package org.noisescape.experiments.mori.decoupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;

class DecouplingTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeedsAndItsTracesAreTheNoise() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = experiment().run(request(run, Map.of()));

    assertThat(outcome.criterion()).contains("0.15 + t SE <= 0").contains("0.5 + t SE <= 0");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    for (String figure : List.of("epoch-0-histogram", "epoch-4-ratios")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    List<String> rows = Files.readAllLines(run.resolve("tables/decoupling.csv"));
    assertThat(rows).hasSize(1 + 3 * 2);
    List<String> heads = List.of(rows.getFirst().split(","));
    for (String row : rows.subList(1, rows.size())) {
      double[] cells = Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
      double noise = cells[heads.indexOf("noise_strength")];
      // 2 tr A − ‖∇L‖² is tr S: float64 sums over 60 samples
      assertThat(cells[heads.indexOf("noise_from_exact")]).isCloseTo(noise, within(1e-10 * noise));
      assertThat(cells[heads.indexOf("cosine")]).isBetween(0.3, 1.0);
    }
    // 60 eigenvalues at 3 times of 2 seeds
    assertThat(Files.readAllLines(run.resolve("tables/spectra.csv"))).hasSize(1 + 60 * 6);
  }

  @Test
  void eigenvaluesAddUpToTheTraces() {
    Path run = folder.resolve("run");
    experiment().run(request(run, Map.of()));
    DecouplingPoint point =
        new DecouplingStage(run.resolve("network"), request(run, Map.of()), 2).measure(2, 6, 1);

    double exact = Arrays.stream(point.exact()).sum();
    double decoupled = Arrays.stream(point.decoupled()).sum();

    assertThat(exact).isCloseTo(point.exactTrace(), within(60 * point.error()));
    assertThat(decoupled).isCloseTo(point.decoupledTrace(), within(60 * point.error()));
    assertThat(point.exact()[0]).isGreaterThan(point.exact()[59]);
  }

  @Test
  void interruptedRunMeasuresOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = experiment().run(request(run, Map.of()));
    byte[] kept = Files.readAllBytes(run.resolve("spectra/epoch-0-seed-0.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("spectra/epoch-4-seed-1.json"));

    assertThat(experiment().run(request(run, Map.of()))).isEqualTo(whole);
    assertThat(run.resolve("spectra/epoch-0-seed-0.json")).hasBinaryContent(kept);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    for (String epochs : List.of("0", "0.5,1", "2,2", "-1,3")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> experiment().run(request(run, Map.of("epochs", epochs))))
          .withMessageContaining("--set epochs=" + epochs);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("batch", "61"))))
        .withMessageContaining("--set batch=61: larger than the 60 training samples");
    assertThat(run).doesNotExist();
  }

  @Test
  void paperHasTheSizesOfTheText() {
    assertThat(experiment().defaults(Preset.PAPER))
        .containsEntry("dataset", "mnist")
        .containsEntry("subset", "10000")
        .containsEntry("model", "mlp:100,100")
        .containsEntry("lr", "0.01")
        .containsEntry("batch", "100")
        .containsEntry("epochs", "0,50,500");
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/decoupling");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=60,test=0");
    settings.put("model", "mlp:8");
    settings.put("batch", "20");
    settings.put("seeds", "2");
    settings.put("epochs", "0,2,4");
    settings.put("shuffles", "2");
    settings.putAll(changed);
    return Requests.quick(run, settings).build();
  }
}
