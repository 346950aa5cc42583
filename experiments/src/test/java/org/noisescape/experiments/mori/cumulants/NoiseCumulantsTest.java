package org.noisescape.experiments.mori.cumulants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.linop.Materialization;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

class NoiseCumulantsTest {
  private static final String[] TINY = {
    "dataset", "digits:train=60,test=0",
    "model", "mlp:2",
    "batch", "20",
    "seeds", "2",
    "iterations", "9",
    "batches", "5,2",
    "draws", "50",
    "c", "1.2"
  };

  @TempDir Path folder;

  @Test
  void tinyRunLeavesEverythingAndGoesOnWhereItWasInterrupted() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome whole = experiment().run(request(run, 1, TINY));

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
    assertThat(experiment().run(request(run, 1, TINY))).isEqualTo(whole);
    assertThat(run.resolve("noise/seed-0.json")).hasBinaryContent(kept);
  }

  /** The variance along the top eigenvector of S is its eigenvalue, and no direction has more. */
  @Test
  void theLawAlongADirectionIsThatOfTheMatrices() {
    Path run = folder.resolve("run");
    ExperimentRequest request = request(run, 1, TINY);
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

  /** By powers: products of float32 are not symmetric to the last digit. */
  private static double largest(double[][] matrix) {
    double[] v = new double[matrix.length];
    Arrays.fill(v, 1);
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
    refused(experiment(), run, "--set batches=60", with(TINY, "batches", "60"));
    refused(experiment(), run, "60 samples", with(TINY, "batches", "60"));
    refused(experiment(), run, "--set c=0.9", with(TINY, "c", "0.9"));
    assertThat(run).doesNotExist();
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/noise-cumulants");
  }
}
