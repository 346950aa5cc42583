package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** Objectives over a data set when batch normalisation couples the samples of a chunk. */
class BatchStatisticsTest {
  private static final int SAMPLES = 12;
  private static final int BATCH = 4;
  private static final Loss LOSS = new CrossEntropy(0.1);

  private final Engine engine = EngineUnderTest.HOST.engine();
  private final Network network = ModelZoo.build("resnet18:1", new int[] {1, 8, 8}, 3);
  private final ArraySamples samples = ArraySamples.normal(1, SAMPLES, new int[] {1, 8, 8}, 3);
  private final double[] theta = network.initialParameters(Initialization.HE, 3, 0);
  private final Arena arena = engine.arena();

  @AfterEach
  void giveBack() {
    arena.close();
  }

  /** A risk over the first samples by chunks of a size, and its gradient. */
  private final class Measured {
    private final EmpiricalRisk risk;
    private final Tensor theta;
    private final Tensor gradient;

    Measured(int from, int count, int chunk, BatchStatistics statistics) {
      ArraySamples part = part(from, count);
      ResidentData data = new ResidentData(part, network, LOSS, DType.FLOAT64, arena);
      this.risk =
          new EmpiricalRisk(
              data, arena, RiskOptions.gradients().withChunk(chunk).withStatistics(statistics));
      this.theta = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      this.gradient = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
    }

    Measured ready() {
      engine.memory().write(theta, BatchStatisticsTest.this.theta);
      return this;
    }

    double loss() {
      return risk.value(network.view(theta))[0].loss();
    }

    double[] gradient() {
      risk.gradient(network.view(theta), network.view(gradient));
      return engine.memory().readDoubles(gradient);
    }
  }

  private ArraySamples part(int from, int count) {
    int width = 64;
    return new ArraySamples(
        samples.image(),
        3,
        java.util.Arrays.copyOfRange(samples.features(), from * width, (from + count) * width),
        java.util.Arrays.copyOfRange(samples.targets(), from * 3, (from + count) * 3));
  }

  @Test
  void theRiskOfBatchesIsTheMeanOfTheBatchesAlone() {
    Measured whole = new Measured(0, SAMPLES, BATCH, BatchStatistics.ofBatch());
    Measured[] alone = new Measured[SAMPLES / BATCH];
    for (int i = 0; i < alone.length; i++) {
      alone[i] = new Measured(i * BATCH, BATCH, BATCH, BatchStatistics.ofBatch());
    }
    Measured coarse = new Measured(0, SAMPLES, SAMPLES, BatchStatistics.ofBatch());
    arena.commit();

    double mean = 0;
    double[] gradient = new double[theta.length];
    for (Measured batch : alone) {
      mean += batch.ready().loss() / alone.length;
      double[] own = batch.gradient();
      for (int i = 0; i < own.length; i++) {
        gradient[i] += own[i] / alone.length;
      }
    }
    assertThat(whole.ready().loss()).isCloseTo(mean, within(1e-12 * mean));
    double[] actual = whole.gradient();
    for (int i = 0; i < gradient.length; i++) {
      assertThat(actual[i]).isCloseTo(gradient[i], within(1e-10));
    }
    // another size of batches is another function
    assertThat(coarse.ready().loss()).isNotCloseTo(mean, within(1e-6));
  }

  @Test
  void whatBatchesCannotGiveIsToldWithTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Measured(0, SAMPLES, 5, BatchStatistics.ofBatch()))
        .withMessageContaining("batches of 5 samples")
        .withMessageContaining("got 12 samples: choose batches of 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Measured(0, SAMPLES, 4, BatchStatistics.none()))
        .withMessageContaining("say where mean and variance come from");
  }

  @Test
  void perSampleQuantitiesInTrainingModeNameEvaluationMode() {
    Measured whole = new Measured(0, SAMPLES, BATCH, BatchStatistics.ofBatch());
    arena.commit();
    whole.ready();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                whole.risk.noise(
                    network.view(whole.theta), network.view(whole.gradient), whole.gradient))
        .withMessageContaining("evaluation mode");
    CurvatureOptions batches = CurvatureOptions.of(DType.FLOAT64).withBlock(1).ofBatches(BATCH);
    try (Curvature curvature = Curvature.over(engine, network, LOSS, samples, batches)) {
      curvature.at(theta);
      Tensor v = engine.tensor(DType.FLOAT64, 1, theta.length);
      Tensor product = engine.tensor(DType.FLOAT64, 1, theta.length);
      engine.memory().write(v, theta);
      curvature.hessian().apply(v, product);
      assertThat(engine.memory().readDoubles(product)).doesNotContain(Double.NaN);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> curvature.covariance().apply(v, product))
          .withMessageContaining("evaluation mode");
      v.arena().close();
      product.arena().close();
    }
  }

  @Test
  void evaluationModeNeedsTheRunningStatistics() {
    try (Curvature curvature =
        Curvature.over(
            engine, network, LOSS, samples, CurvatureOptions.of(DType.FLOAT64).withBlock(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> curvature.at(theta))
          .withMessageContaining(network.runningStatisticsCount() + " running statistics, got 0");
      assertThat(curvature.at(theta, network.initialRunningStatistics(1)).noise().noiseStrength())
          .isPositive();
    }
  }
}
