package org.noisescape.experiments.mori.cumulants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.curvature.Curvature;
import org.noisescape.datasets.DataLocation;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.linop.Materialization;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.ProgressListener;

class NoiseCumulantsTest {
  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAndGoesOnWhereItWasInterrupted() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = experiment().run(request(run, Map.of()));

    assertThat(ExperimentOutcome.read(run)).isEqualTo(whole);
    for (String figure : List.of("lambda-hessian", "lambda-noise", "lambda-random", "roots")) {
      assertThat(run.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
    }
    assertThat(Files.readAllLines(run.resolve("tables/directions.csv"))).hasSize(1 + 2 * 3);
    assertThat(Files.readAllLines(run.resolve("tables/batches.csv"))).hasSize(1 + 2 * 3 * 2);
    // 1.5 and 1.2, both ways
    assertThat(Files.readAllLines(run.resolve("tables/raised.csv"))).hasSize(1 + 2 * 4);

    byte[] kept = Files.readAllBytes(run.resolve("noise/seed-0.json"));
    Files.delete(run.resolve("outcome.json"));
    Files.delete(run.resolve("noise/seed-1.json"));
    assertThat(experiment().run(request(run, Map.of()))).isEqualTo(whole);
    assertThat(run.resolve("noise/seed-0.json")).hasBinaryContent(kept);
  }

  /** The variance along the top eigenvector of S is its eigenvalue, and no direction has more. */
  @Test
  void theLawAlongADirectionIsThatOfTheMatrices() {
    Path run = folder.resolve("run");
    ExperimentRequest request = request(run, Map.of());
    experiment().run(request);
    CumulantPoint point =
        new CumulantStage(run.resolve("network"), request, List.of(5, 2), 50, List.of(1.5, 1.2))
            .measure(9, 0);
    try (ReplicaCurvature replica = ReplicaCurvature.open(run.resolve("network"), 9, 0, request)) {
      Curvature curvature = replica.curvature();
      double noise = largest(Materialization.dense(curvature.covariance()));
      double bend = largest(Materialization.dense(curvature.hessian()));
      assertThat(point.along(CumulantDirection.NOISE).variance())
          .isCloseTo(noise, within(1e-3 * noise));
      assertThat(point.along(CumulantDirection.HESSIAN).curvature())
          .isCloseTo(bend, within(1e-3 * bend));
      assertThat(point.along(CumulantDirection.RANDOM).variance()).isBetween(0.0, noise);
      for (RaisedPoint raised : point.raised()) {
        assertThat(raised.loss()).isCloseTo(raised.level() * point.loss(), within(1e-6));
      }
    }
  }

  private static double largest(double[][] matrix) {
    double[] v = new double[matrix.length];
    java.util.Arrays.fill(v, 1);
    double value = 0;
    for (int k = 0; k < 300; k++) {
      double[] next = new double[v.length];
      double norm = 0;
      for (int i = 0; i < v.length; i++) {
        for (int j = 0; j < v.length; j++) {
          next[i] += matrix[i][j] * v[j];
        }
        norm += next[i] * next[i];
      }
      value = Math.sqrt(norm);
      for (int i = 0; i < v.length; i++) {
        v[i] = next[i] / value;
      }
    }
    return value;
  }

  /** κ₄ of a mean of B of N numbers is κ₄/B³ but for B/N. */
  @Test
  void meansOfMiniBatchesHaveTheCumulantsOfASampleOverPowersOfB() {
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] values = new double[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = -Math.log(1 - random.nextDouble());
    }
    BatchMeans means = BatchMeans.draw(new double[][] {values}, 4, 100_000, random).getFirst();

    // an exponential law: skewness 2, excess kurtosis 6
    assertThat(means.skewness()).isCloseTo(1, within(0.06));
    assertThat(means.excessKurtosis()).isCloseTo(1.5, within(0.2));
    // of a gamma law of shape 4
    assertThat(means.distance()).isBetween(0.05, 0.09);
  }

  @Test
  void wrongSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("batches", "60"))))
        .withMessageContaining("--set batches=60")
        .withMessageContaining("60 samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("c", "0.9"))))
        .withMessageContaining("--set c=0.9");
    assertThat(run).doesNotExist();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/noise-cumulants");
  }

  private static ExperimentRequest request(Path run, Map<String, String> changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=60,test=0");
    settings.put("model", "mlp:2");
    settings.put("batch", "20");
    settings.put("seeds", "2");
    settings.put("iterations", "9");
    settings.put("batches", "5,2");
    settings.put("draws", "50");
    settings.put("c", "1.2");
    settings.putAll(changed);
    return Requests.of(
        Preset.QUICK,
        settings,
        Optional.empty(),
        DataLocation.of(Optional.empty(), Map.of()),
        "auto",
        1,
        1,
        run,
        ProgressListener.SILENT);
  }
}
