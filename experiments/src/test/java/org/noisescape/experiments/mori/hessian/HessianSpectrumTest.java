package org.noisescape.experiments.mori.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.HessianStage;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Materialization;

class HessianSpectrumTest {
  private static final int INPUTS = 784;
  private static final int HIDDEN = 2;

  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = experiment().run(request(run, Map.of()));

    assertThat(outcome.criterion()).contains("not judged at this size");
    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    assertThat(run.resolve("figures/histogram.svg")).isNotEmptyFile();
    assertThat(run.resolve("figures/largest.png")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/spectra.csv"))).hasSize(1 + 2 * 60);
    assertThat(Files.readAllLines(run.resolve("tables/seeds.csv"))).hasSize(3);
  }

  @Test
  void interruptedRunMeasuresOnlyWhatIsMissingAndEndsTheSame() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = experiment().run(request(run, Map.of()));
    byte[] kept = Files.readAllBytes(run.resolve("spectra/seed-0.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("spectra/seed-1.json"));

    assertThat(experiment().run(request(run, Map.of()))).isEqualTo(whole);
    assertThat(run.resolve("spectra/seed-0.json")).hasBinaryContent(kept);
  }

  @Test
  void gramMatrixHasTheLargestEigenvalueThatLanczosFindsOfG() {
    Path run = folder.resolve("run");
    ExperimentRequest request = request(run, Map.of());
    experiment().run(request);
    HessianPoint point = new HessianStage(run.resolve("network"), request, 2).measure(9, 1);

    try (ReplicaCurvature replica = ReplicaCurvature.open(run.resolve("network"), 9, 1, request)) {
      LinearOperator g = replica.curvature().gaussNewton();
      try (RitzPairs top = Lanczos.solve(g, LanczosOptions.of(g, 2, End.LARGEST, 5))) {
        assertThat(top.allConverged()).isTrue();
        for (int i = 0; i < 2; i++) {
          assertThat(point.eigenvalues()[i])
              .isCloseTo(top.values()[i], within(top.residuals()[i] + 1e-9));
        }
      }
    }
  }

  /** One hidden layer of ReLUs: the reason why H = G at a stationary point. */
  @Test
  void hessianMinusGaussNewtonIsTheGradientOverTheOutgoingWeight() {
    Path run = folder.resolve("run");
    ExperimentRequest request = request(run, Map.of());
    experiment().run(request);

    try (ReplicaCurvature replica = ReplicaCurvature.open(run.resolve("network"), 9, 0, request)) {
      Curvature curvature = replica.curvature();
      double[] theta = curvature.theta();
      double[] gradient = replica.engine().memory().readDoubles(curvature.gradient());
      double[][] h = Materialization.dense(curvature.hessian());
      double[][] g = Materialization.dense(curvature.gaussNewton());
      int outgoing = HIDDEN * INPUTS + HIDDEN;
      double largest = 0;
      for (int i = 0; i < theta.length; i++) {
        for (int j = 0; j < i; j++) {
          // 0.weight (2, 784), 0.bias (2), 2.weight (1, 2), 2.bias (1)
          int unit = j < HIDDEN * INPUTS ? j / INPUTS : j - HIDDEN * INPUTS;
          boolean block = i >= outgoing && i < outgoing + HIDDEN && j < outgoing;
          double expected = block && unit == i - outgoing ? gradient[j] / theta[i] : 0;
          assertThat(h[i][j] - g[i][j]).isCloseTo(expected, within(1e-10));
          largest = Math.max(largest, Math.abs(expected));
        }
      }
      assertThat(largest).isGreaterThan(1e-3);
    }
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("iterations", "0"))))
        .withMessageContaining("--set iterations=0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("hessian-pair", "3"))))
        .withMessageContaining("did you mean 'hessian-pairs'?");
    assertThat(run).doesNotExist();
  }

  @Test
  void paperHasTheSizesOfTheText() {
    assertThat(experiment().defaults(Preset.PAPER))
        .containsEntry("dataset", "mnist")
        .containsEntry("subset", "10000")
        .containsEntry("model", "mlp:10")
        .containsEntry("iterations", "100000")
        .containsEntry("lr", "0.01")
        .containsEntry("batch", "100");
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/hessian-spectrum");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=60,test=0");
    settings.put("model", "mlp:" + HIDDEN);
    settings.put("batch", "20");
    settings.put("seeds", "2");
    settings.put("iterations", "9");
    settings.put("hessian-pairs", "2");
    settings.putAll(changed);
    return Requests.quick(run, settings).build();
  }
}
