package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.optim.LabelNoise;
import org.noisescape.optim.RuleMemory;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Fresh noise of the targets in every step. */
@Tag(TestedEngines.TAG)
class LabelNoiseTest {
  private static final int SAMPLES = 40_000;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** What a rule makes of targets (2, N, K) that all are of class 1, or 1. */
  private static double[] targets(Engine engine, LabelNoise rule, int classes, long step) {
    try (Arena arena = engine.arena()) {
      Tensor theta = arena.reserve(DType.FLOAT64, 2, 3);
      Tensor steps = arena.reserve(DType.INT32, 2);
      Tensor targets = arena.reserve(DType.FLOAT64, 2, SAMPLES, classes);
      RuleMemory memory = new RuleMemory(theta, theta, steps, 5, 0);
      Runnable action = rule.bindTargets(memory, memory.keys(rule.purpose()), targets);
      arena.commit();
      double[] values = new double[2 * SAMPLES * classes];
      for (int i = 0; i < values.length; i++) {
        values[i] = i % classes == Math.min(1, classes - 1) ? 1 : 0;
      }
      engine.memory().write(targets, values);
      engine.memory().write(steps, (int) step, 0);
      action.run();
      return engine.memory().readDoubles(targets);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void labelsAreFlippedWithTheirProbabilityToEveryOtherClassAlike(EngineUnderTest on) {
    LabelNoise rule = new LabelNoise(0.3, LabelNoise.Kind.FLIP);
    double[] found = targets(on.engine(), rule, 4, 7);
    for (int r = 0; r < 2; r++) {
      double[] share = new double[4];
      for (int n = 0; n < SAMPLES; n++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          double target = found[(r * SAMPLES + n) * 4 + k];
          sum += target;
          share[k] += target / SAMPLES;
        }
        assertThat(sum).isEqualTo(1);
      }
      for (int k = 0; k < 4; k++) {
        double expected = k == 1 ? 0.7 : 0.1;
        double error = Math.sqrt(expected * (1 - expected) / SAMPLES);
        assertThat(share[k]).as("class %d", k).isCloseTo(expected, within(4 * error));
      }
    }
    assertThat(targets(on.engine(), rule, 4, 8)).isNotEqualTo(found);
    assertThat(found).isEqualTo(targets(EngineUnderTest.HOST.engine(), rule, 4, 7));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void gaussianNoiseOfTargetsHasItsVariance(EngineUnderTest on) {
    double[] found = targets(on.engine(), new LabelNoise(0.25, LabelNoise.Kind.GAUSSIAN), 1, 7);
    double mean = 0;
    double square = 0;
    for (double target : found) {
      mean += (target - 1) / found.length;
      square += (target - 1) * (target - 1) / found.length;
    }
    assertThat(mean).isCloseTo(0, within(4 * 0.5 / Math.sqrt(found.length)));
    assertThat(square).isCloseTo(0.25, within(4 * 0.25 * Math.sqrt(2.0 / found.length)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void certainFlipsOfSignsAreTrainingOnTheOppositeTargets(EngineUnderTest on) {
    Trial flipped =
        new Trial(
            "mlp:7", "mse", "label-noise:flip=1", DType.FLOAT64, 2, Sampling.WITHOUT_REPLACEMENT);
    double[] theta =
        flipped.run(on.engine(), flipped.plan(0.05, 2), List.of(), null).state().theta();
    ArraySamples samples = flipped.samples();
    float[] opposite = new float[samples.targets().length];
    for (int i = 0; i < opposite.length; i++) {
      opposite[i] = -samples.targets()[i];
    }
    ArraySamples others =
        new ArraySamples(samples.imageShape(), samples.outputs(), samples.features(), opposite);
    Trial plain = new Trial("mlp:7", "mse", "sgd", DType.FLOAT64, 2, Sampling.WITHOUT_REPLACEMENT);
    try (Trainer trainer =
        new Trainer(on.engine(), TrainingSetup.of(plain.plan(0.05, 2), others))) {
      trainer.run();
      assertThat(trainer.state().theta()).isEqualTo(theta);
    }
  }
}
