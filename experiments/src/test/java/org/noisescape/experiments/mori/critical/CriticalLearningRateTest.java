package org.noisescape.experiments.mori.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.HessianStage;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunFailure;

class CriticalLearningRateTest {
  private static final String STAGE = "lr-0.1-batch-10";

  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAReaderNeeds() throws IOException {
    Path run = folder.resolve("run");

    ExperimentOutcome outcome = experiment().run(request(run, Map.of()));

    assertThat(ExperimentOutcome.read(run)).isEqualTo(outcome);
    assertThat(outcome.criterion()).contains("fewer than 6 minima");
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("figures/ramps.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(run.resolve("tables/critical_learning_rate.csv")))
        .hasSize(1 + 2 * 2)
        .first()
        .isEqualTo(
            "initial_learning_rate,initial_batch,batch,seed,loss,largest,effective_dimension,"
                + "critical_learning_rate,standard_error,replicas,censored,theory_slides,"
                + "theory_corrected,stability_limit");
    // two minima of two seeds, two ramps and a slow one, three factors
    assertThat(Files.readAllLines(run.resolve("tables/jumps.csv"))).hasSize(1 + 2 * 2 * 3 * 3);
  }

  @Test
  void aStoppedRunIsPartialAndEndsAsOneThatWasNotStopped() throws IOException {
    ExperimentOutcome whole = experiment().run(request(folder.resolve("whole"), Map.of()));
    boolean[] stop = {false};
    ProgressListener stopping =
        new ProgressListener() {
          @Override
          public void started(String task) {
            stop[0] = task.startsWith("slow from " + STAGE);
          }

          @Override
          public void progressed(long step, long steps, String note) {}
        };
    Path run = folder.resolve("run");

    ExperimentOutcome part = experiment().run(request(run, Map.of(), stopping, () -> stop[0]));

    assertThat(part.partial()).isTrue();
    assertThat(run.resolve("outcome.partial.json")).exists();
    assertThat(run.resolve("ramps/" + STAGE + "-slow.safetensors")).exists();
    assertThat(experiment().run(request(run, Map.of()))).isEqualTo(whole);
    assertThat(run.resolve("tables/ramps.csv"))
        .hasSameTextualContentAs(folder.resolve("whole/tables/ramps.csv"));
  }

  @Test
  void curvatureIsThatOfTheFullSpectrum() {
    Path run = folder.resolve("run");
    ExperimentRequest request = request(run, Map.of());
    experiment().run(request);
    Path training = run.resolve("training").resolve(STAGE);

    CriticalMinimum minimum = CriticalMinimum.measure(training, 30, 0.1, 10, 1, request);
    HessianPoint spectrum = new HessianStage(training, request, 1).measure(30, 1);

    // float32 against float64: 60 rows, and the residual of Lanczos
    assertThat(minimum.converged()).isTrue();
    assertThat(minimum.effectiveDimension())
        .isCloseTo(spectrum.effectiveDimension(), within(1e-4 * spectrum.effectiveDimension()));
    assertThat(minimum.largest())
        .isCloseTo(
            spectrum.hessian()[0], within(minimum.residual() + 1e-5 * spectrum.hessian()[0]));
    assertThat(minimum.loss()).isCloseTo(spectrum.loss(), within(1e-5 * spectrum.loss()));
  }

  @ParameterizedTest
  @CsvSource({
    "lr, -0.1, '--set lr=-0.1: must be different numbers > 0'",
    "batch, 0, '--set batch=0: must be different whole numbers >= 1'",
    "batch, 61, '--set batch=61: larger than the 60 training samples'",
    "jump, 1, '--set jump=1: must be > 2, such as 10'",
    "ramp-factor, 1, '--set ramp-factor=1: must be > 1'",
    "ramp-from, 5, '--set ramp-to=1: must be above ramp-from=5'",
    "ramp-batch, 61, '--set ramp-batch=61: larger than the 60'",
    "replicas, 1, '--set replicas=1: must be a whole number >= 2'",
    "ramp-hold, 0, '--set ramp-hold=0'",
    "ramps, 3, 'ramps'",
  })
  void wrongSettingsAreToldInOneLineBeforeAnythingIsWritten(
      String key, String value, String message) {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of(key, value))))
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
    assertThat(run).doesNotExist();
  }

  @Test
  void aPreTrainingBeyondStabilityIsToldWithTheRemedy() {
    Path run = folder.resolve("run");
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> experiment().run(request(run, Map.of("lr", "1000000"))))
        .withMessageContaining("choose a smaller learning rate with --set lr=")
        .withMessageNotContaining("\n");
  }

  @Test
  void paperHasTheSizesOfTheSlides() {
    for (Preset preset : new Preset[] {Preset.STANDARD, Preset.PAPER}) {
      assertThat(experiment().defaults(preset))
          .containsEntry("dataset", "mnist")
          .containsEntry("subset", "5000")
          .containsEntry("model", "mlp:100,100,100")
          .containsEntry("iterations", "10000")
          .containsEntry("ramp-batch", "8")
          .containsEntry("ramp-from", "0.001");
    }
    assertThat(experiment().settings().keySet())
        .containsExactlyElementsOf(experiment().defaults(Preset.QUICK).keySet());
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/critical-learning-rate");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    return request(run, changed, ProgressListener.SILENT, () -> false);
  }

  private static ExperimentRequest request(
      Path run, Map<String, String> changed, ProgressListener progress, BooleanSupplier stop) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=60,test=0");
    settings.put("model", "mlp:3,2");
    settings.put("lr", "0.1,0.05");
    settings.put("batch", "10");
    settings.put("iterations", "30");
    settings.put("checkpoint-every", "30");
    settings.put("ramp-factor", "1.5");
    settings.put("ramp-hold", "5");
    settings.put("replicas", "2");
    settings.putAll(changed);
    return Requests.quick(run, settings).progress(progress).stop(stop).build();
  }
}
