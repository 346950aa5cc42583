package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.Optimizers;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;
import org.noisescape.train.FullBatchDescent.Result;
import org.noisescape.train.FullBatchDescent.Status;

/** Descent against closed forms, and against the trainer's step whose batch is the data set. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class FullBatchDescentTest {
  private static final int SAMPLES = 23;
  private static final int[] IMAGE = {5, 1, 1};

  /** Of the orthonormal regression: w = 2, b = 0.5, nothing left over. */
  private static final double[] MINIMUM = {2, 0.5};

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** x = ±1 makes the Hessian the identity: the distance contracts by 1 − η a step. */
  @ParameterizedTest
  @MethodSource("engines")
  void plainDescentStopsAtTheStepOfTheClosedForm(EngineUnderTest on) {
    double rate = 0.1;
    double[] start = {0, 0};
    double loss = 0.5 * (2 * 2 + 0.5 * 0.5);
    double threshold = 1e-3;
    // L_k = L_0 (1 − η)^(2k) < c
    long steps = (long) Math.ceil(Math.log(threshold / loss) / (2 * Math.log(1 - rate)));
    try (Descent d = new Descent(on, orthonormal(), "linear", "mse", "sgd", rate, 3)) {
      Result result = d.descent.run(start, threshold, 1000, () -> false);
      assertThat(result.status()).isEqualTo(Status.REACHED);
      assertThat(result.reached()).isTrue();
      assertThat(result.iterations()).isEqualTo(steps);
      close("L", result.loss(), loss * Math.pow(1 - rate, 2.0 * steps), 1e-14);
      double left = Math.pow(1 - rate, steps);
      close("θ", d.theta(), new double[] {2 * (1 - left), 0.5 * (1 - left)}, 1e-14);
    }
  }

  /** d_{k+1} = d_k − η m_k, m_k = μ m_{k−1} + d_k, each coordinate alike. */
  @ParameterizedTest
  @MethodSource("engines")
  void everyDescentBeginsWithoutVelocity(EngineUnderTest on) {
    double rate = 0.05;
    double momentum = 0.9;
    double distance = 1;
    double velocity = 0;
    int steps = 37;
    for (int k = 0; k < steps; k++) {
      velocity = momentum * velocity + distance;
      distance -= rate * velocity;
    }
    double[] expected = {2 - 2 * distance, 0.5 - 0.5 * distance};
    try (Descent d = new Descent(on, orthonormal(), "linear", "mse", "momentum:0.9", rate, 8)) {
      for (int again = 0; again < 2; again++) {
        Result result = d.descent.run(new double[] {0, 0}, 0, steps, () -> false);
        assertThat(result.status()).isEqualTo(Status.EXHAUSTED);
        assertThat(result.iterations()).isEqualTo(steps);
        close("θ", d.theta(), expected, 1e-13);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void itIsTheTrainingStepWhoseBatchIsTheDataSet(EngineUnderTest on) {
    ArraySamples samples = ArraySamples.normal(3, SAMPLES, IMAGE, 3);
    int steps = 25;
    for (String optimizer : new String[] {"sgd", "momentum:0.9", "nesterov:0.5"}) {
      for (int chunk : new int[] {1, 7, 23, 100}) {
        double[] expected = trained(on, samples, optimizer, steps);
        try (Descent d = new Descent(on, samples, "mlp:7", "ce:0.1", optimizer, 0.1, chunk)) {
          double[] start = d.network.initialParameters(Initialization.GLOROT, Trial.SEED, 0);
          Result result = d.descent.run(start, 0, steps, () -> false);
          assertThat(result.iterations()).isEqualTo(steps);
          double bound = 64 * steps * Vectors.epsilon(DType.FLOAT64) * norm(expected);
          close(optimizer + " in chunks of " + chunk, d.theta(), expected, bound);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void itSaysHowItEnded(EngineUnderTest on) {
    try (Descent d = new Descent(on, orthonormal(), "linear", "mse", "sgd", 0.1, 8)) {
      assertThat(d.descent.run(MINIMUM, 1e-9, 10, () -> false))
          .isEqualTo(new Result(Status.REACHED, 0, 0));
      int[] asked = {0};
      Result stopped = d.descent.run(normals(1, 2), 1e-9, 100, () -> ++asked[0] > 4);
      assertThat(stopped.status()).isEqualTo(Status.STOPPED);
      assertThat(stopped.iterations()).isEqualTo(4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> d.descent.run(new double[3], 1, 1, () -> false))
          .withMessageContaining("has 2 parameters, got 3");
    }
    // 1 − η = −9: the loss grows 81-fold a step until it overflows
    try (Descent d = new Descent(on, orthonormal(), "linear", "mse", "sgd", 10, 8)) {
      Result result = d.descent.run(new double[] {0, 0}, 1e-9, 1000, () -> false);
      assertThat(result.status()).isEqualTo(Status.DIVERGED);
      assertThat(result.iterations()).isLessThan(1000);
    }
  }

  private static double[] trained(
      EngineUnderTest on, ArraySamples samples, String optimizer, int steps) {
    TrainingPlan plan =
        TrainingPlan.of(ModelZoo.build("mlp:7", IMAGE, 3), Losses.parse("ce:0.1"))
            .rules(Optimizers.parse(optimizer))
            .learningRate(0.1)
            .batch(SAMPLES)
            .epochs(steps)
            .seed(Trial.SEED)
            .dtype(DType.FLOAT64)
            .build();
    try (Trainer trainer = new Trainer(on.engine(), TrainingSetup.of(plan, samples))) {
      trainer.run();
      return trainer.state().theta();
    }
  }

  /** x = ±1, y = 2x + 0.5. */
  private static ArraySamples orthonormal() {
    float[] x = {-1, 1, 1, -1, -1, 1, -1, 1};
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 2 * x[i] + 0.5f;
    }
    return new ArraySamples(new int[] {1, 1, 1}, 1, x, y);
  }

  /** A descent with its memory, in float64. */
  private static final class Descent implements AutoCloseable {
    private final EngineUnderTest on;
    private final Arena arena;
    private final Network network;
    private final FullBatchDescent descent;

    Descent(
        EngineUnderTest on,
        SampleSource samples,
        String model,
        String lossName,
        String optimizer,
        double rate,
        int chunk) {
      this.on = on;
      this.arena = on.engine().arena();
      this.network = ModelZoo.build(model, samples.imageShape(), samples.outputs());
      Loss loss = Losses.parse(lossName);
      DType dtype = DType.FLOAT64;
      ResidentData data = new ResidentData(samples, network, loss, dtype, arena);
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients().withChunk(chunk));
      this.descent =
          new FullBatchDescent(risk, Optimizers.parse(optimizer), rate, Trial.SEED, dtype, arena);
      arena.commit();
    }

    double[] theta() {
      return on.engine().memory().readDoubles(descent.theta());
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
