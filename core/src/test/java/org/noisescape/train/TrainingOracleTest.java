package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.nn.Initialization;
import org.noisescape.optim.Schedule;
import org.noisescape.optim.Schedules;
import org.noisescape.random.Permutation;
import org.noisescape.random.Philox;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Whole runs of least squares against scalar loops that draw their mini-batches from the keys. */
@Tag(TestedEngines.TAG)
class TrainingOracleTest {
  private static final double RATE = 0.05;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyReplicaDescendsOnMiniBatchesOfItsOwn(EngineUnderTest on) {
    for (Sampling sampling : Sampling.values()) {
      // momentum 0 keeps a gradient vector, plain descent does not
      for (String optimizer : new String[] {"sgd", "momentum:0"}) {
        Trial trial = new Trial("linear", "mse", optimizer, DType.FLOAT64, 3, sampling);
        TrainingPlan plan = trial.plan(RATE, Trial.EPOCHS, Schedules.parse("step:0.5@2,5.5"));
        double[] theta = trial.run(on.engine(), plan, List.of(), null).state().theta();
        int size = theta.length / 3;
        for (int r = 0; r < 3; r++) {
          double[] expected = descend(trial, plan, r);
          double bound = 16 * Trial.STEPS * Vectors.epsilon(DType.FLOAT64) * norm(expected);
          close("θ of replica " + r, part(theta, r * size, size), expected, bound);
        }
      }
    }
  }

  /** Full-batch descent on one sample: the residual shrinks by 1 − η(‖x‖² + 1) a step. */
  @ParameterizedTest
  @MethodSource("engines")
  void theResidualOfASingleSampleContracts(EngineUnderTest on) {
    Trial trial = new Trial("linear", "mse", "sgd", DType.FLOAT64, 1, Sampling.WITHOUT_REPLACEMENT);
    float[] x = {1, -0.5f, 2, 0, 0.25f, -1};
    ArraySamples one = new ArraySamples(new int[] {6, 1, 1}, 1, x, new float[] {3});
    TrainingPlan like = trial.plan(RATE, 1, new Schedule.Constant());
    int steps = 12;
    TrainingPlan plan = like.toBuilder().batch(1).epochs(steps).build();
    try (Trainer trainer = new Trainer(on.engine(), TrainingSetup.of(plan, one))) {
      double before = residual(trainer.state().theta(), x, 3);
      trainer.run();
      double after = residual(trainer.state().theta(), x, 3);
      double squared = 1 + 1 + 0.25 + 4 + 0.0625 + 1;
      close("residual", after, before * Math.pow(1 - RATE * squared, steps), 1e-14);
    }
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void anEpochWithoutReplacementMeetsNoSampleTwice(Sampling sampling) {
    for (int epoch = 0; epoch < 3; epoch++) {
      Set<Integer> seen = new HashSet<>();
      for (int s = 0; s < Trial.STEPS_PER_EPOCH; s++) {
        for (int index : batch(sampling, 0, (long) epoch * Trial.STEPS_PER_EPOCH + s)) {
          seen.add(index);
        }
      }
      if (sampling == Sampling.WITHOUT_REPLACEMENT) {
        assertThat(seen).hasSize(Trial.STEPS_PER_EPOCH * Trial.BATCH);
      } else {
        assertThat(seen).hasSizeLessThan(Trial.STEPS_PER_EPOCH * Trial.BATCH);
      }
    }
  }

  private static double[] descend(Trial trial, TrainingPlan plan, int replica) {
    ArraySamples samples = trial.samples();
    double[] theta = plan.network().initialParameters(Initialization.GLOROT, Trial.SEED, replica);
    int features = theta.length - 1;
    for (long step = 0; step < Trial.STEPS; step++) {
      double epoch = (double) step / Trial.STEPS_PER_EPOCH;
      double rate = RATE * (epoch >= 5.5 ? 0.25 : epoch >= 2 ? 0.5 : 1);
      double[] gradient = new double[theta.length];
      for (int index : batch(trial.sampling(), replica, step)) {
        float[] x = row(samples.features(), index * features, features);
        double residual = residual(theta, x, samples.targets()[index]);
        for (int i = 0; i < features; i++) {
          gradient[i] += residual * x[i] / Trial.BATCH;
        }
        gradient[features] += residual / Trial.BATCH;
      }
      theta = Vectors.axpy(-rate, gradient, theta);
    }
    return theta;
  }

  /** The samples of a step, as the documentation of RandomFill has it. */
  private static int[] batch(Sampling sampling, int replica, long step) {
    RandomKey key = RandomKey.of(Trial.SEED, Purpose.SAMPLING, replica);
    int[] batch = new int[Trial.BATCH];
    Permutation permutation = new Permutation(Trial.SAMPLES);
    permutation.select(key, step / Trial.STEPS_PER_EPOCH);
    int first = (int) (step % Trial.STEPS_PER_EPOCH) * Trial.BATCH;
    int[] words = new int[4];
    for (int i = 0; i < batch.length; i++) {
      if (sampling == Sampling.WITHOUT_REPLACEMENT) {
        batch[i] = permutation.apply(first + i);
      } else {
        Philox.words(key.value(), i / 4, step, words);
        batch[i] = (int) ((Trial.SAMPLES * Integer.toUnsignedLong(words[i % 4])) >>> 32);
      }
    }
    return batch;
  }

  private static double residual(double[] theta, float[] x, double target) {
    double output = theta[x.length];
    for (int i = 0; i < x.length; i++) {
      output += theta[i] * x[i];
    }
    return output - target;
  }

  private static float[] row(float[] values, int from, int count) {
    return Arrays.copyOfRange(values, from, from + count);
  }
}
