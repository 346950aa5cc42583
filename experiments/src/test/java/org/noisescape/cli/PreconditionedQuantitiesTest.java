package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.datasets.DataLocation;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Materialization;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.train.Checkpoint;

/**
 * Sharpness and noise in the coordinates of the preconditioner, of a small network in float64,
 * beside the dense matrices H and S and the formula of P on the optimizer's state.
 */
class PreconditionedQuantitiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRAIN =
      "train --dataset gaussian-regression:d=4,n=60 --model mlp:5 --batch 20 --epochs 4 --lr 0.01"
          + " --precision float64 --no-progress --optimizer %s --out %s"
          + " --probe preconditioned-top:3 --probe preconditioned-noise";

  @TempDir Path folder;

  /** Steps are 12; β₂ᵏ of Adam is in P, RMSprop has no such correction. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adam:0.9,0.99,1e-6; 1; 0.99; 1e-6",
        "weight-decay:0.01+momentum:0.5+rmsprop:0.9,1e-4; 1; 0; 1e-4",
        "rmsprop:0.9,1e-4+momentum:0.5; 0; 0; 1e-4"
      })
  void theyAreThoseOfTheDenseMatrices(String optimizer, int state, double corrected, double epsilon)
      throws IOException {
    Path run = folder.resolve("run");
    CapturedRun trained = CapturedRun.of(TRAIN.formatted(optimizer, run).split(" "));
    assertThat(trained.code()).as(trained.err()).isZero();
    Path file = run.resolve("checkpoints/last.safetensors");
    TrainedModel model =
        TrainedModel.open(file, Map.of(), f -> DataLocation.of(Optional.empty(), Map.of()));
    double[] v = Checkpoint.read(file, model.network()).state().optimizer().get(state);
    double[] d = new double[v.length];
    for (int i = 0; i < d.length; i++) {
      double second = v[i] / (1 - Math.pow(corrected, 12));
      d[i] = 1 / Math.sqrt(Math.sqrt(second) + epsilon);
    }
    double[] eigenvalues;
    double trace = 0;
    try (Engine engine = Engines.open("host", 1);
        Curvature curvature =
            Curvature.over(
                engine,
                model.network(),
                model.loss(),
                model.train(),
                CurvatureOptions.of(model.dtype()))) {
      curvature.at(model.theta());
      eigenvalues =
          new EigenDecompositionSymmetric(scaled(curvature.hessian(), d)).getEigenvalues();
      Array2DRowRealMatrix covariance = scaled(curvature.covariance(), d);
      for (int i = 0; i < d.length; i++) {
        trace += covariance.getEntry(i, i);
      }
    }
    JsonNode probed =
        JSON.readTree(
            CapturedRun.of(
                    "probe",
                    run.toString(),
                    "--json",
                    "--quantities",
                    "preconditioned-top:3,preconditioned-noise")
                .out());
    JsonNode top = probed.path("preconditioned_top");
    JsonNode last = last(run);
    for (int i = 0; i < 3; i++) {
      double value = top.path("value").path(i).asDouble();
      assertThat(value).isCloseTo(eigenvalues[i], within(1e-4 * eigenvalues[0]));
      assertThat(last.path("preconditioned_top_" + (i + 1)).asDouble())
          .isCloseTo(value, within(1e-2 * eigenvalues[0]));
    }
    double bound = top.path("stability_bound").asDouble();
    assertThat(top.path("over_bound").asDouble())
        .isEqualTo(top.path("value").path(0).asDouble() / bound);
    assertThat(last.path("preconditioned_top_stability_bound").asDouble()).isEqualTo(bound);
    JsonNode noise = probed.path("preconditioned_noise");
    assertThat(noise.path("value").asDouble())
        .isCloseTo(trace, within(3 * noise.path("standard_error").asDouble() + 1e-9 * trace));
    assertThat(last.path("preconditioned_noise").asDouble()).isCloseTo(trace, within(0.1 * trace));
  }

  private static Array2DRowRealMatrix scaled(LinearOperator operator, double[] d) {
    double[][] dense = Materialization.dense(operator);
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < d.length; j++) {
        dense[i][j] *= d[i] * d[j];
      }
    }
    return new Array2DRowRealMatrix(dense);
  }

  private static JsonNode last(Path run) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    return JSON.readTree(lines.getLast());
  }

  /** At step 0 Adam's second moment is zero: no number, and the run goes on. */
  @Test
  void beforeTheFirstStepThereIsNoNumber() throws IOException {
    Path run = folder.resolve("run");
    assertThat(CapturedRun.of(TRAIN.formatted("adam", run).split(" ")).code()).isZero();
    JsonNode first = JSON.readTree(Files.readAllLines(run.resolve("metrics.jsonl")).getFirst());
    assertThat(first.has("preconditioned_top_1")).isFalse();
    assertThat(first.path("preconditioned_top_converged").asInt()).isZero();
    assertThat(last(run).path("preconditioned_top_stability_bound").asDouble())
        .isCloseTo(3800 * (1 - Math.pow(0.9, 12)), within(1e-6));
  }

  /** P = I: the plain quantities, and the bound 2(1 + μ)/η. */
  @Test
  void withoutAnAdaptiveRuleTheyAreThePlainOnes() throws IOException {
    Path run = folder.resolve("run");
    CapturedRun.of(TRAIN.formatted("momentum:0.5", run).split(" "));
    JsonNode probed =
        JSON.readTree(
            CapturedRun.of(
                    "probe",
                    run.toString(),
                    "--json",
                    "--quantities",
                    "preconditioned-top,hessian-top:1,preconditioned-noise,noise-strength")
                .out());
    double plain = probed.path("hessian_top").path("value").path(0).asDouble();
    assertThat(probed.path("preconditioned_top").path("value").path(0).asDouble())
        .isCloseTo(plain, within(1e-6 * plain));
    assertThat(probed.path("preconditioned_top").path("stability_bound").asDouble())
        .isCloseTo(300, within(1e-9));
    double strength = probed.path("noise_strength").path("value").asDouble();
    assertThat(probed.path("preconditioned_noise").path("value").asDouble())
        .isCloseTo(strength, within(0.05 * strength));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lion", "clip:1+adam", "sam:rho=0.05"})
  void otherRulesAreRefusedInOneLine(String optimizer) {
    Path run = folder.resolve("run");
    CapturedRun refused = CapturedRun.of(TRAIN.formatted(optimizer, run).split(" "));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err()).contains("has no preconditioner");
    assertThat(run).doesNotExist();
  }
}
