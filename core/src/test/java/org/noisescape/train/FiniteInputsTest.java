package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.LinearizedOptions;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** With assertions on, what enters a computation from Java and is not finite is named there. */
class FiniteInputsTest {
  private static final int[] IMAGE = {1, 1, 2};

  private final Engine engine = EngineUnderTest.HOST.engine();
  private final Network network = ModelZoo.build("linear", IMAGE, 1);
  private final TrainingPlan plan =
      TrainingPlan.of(network, Losses.parse("mse")).learningRate(0.1).batch(2).epochs(1).build();

  @Test
  void aFeatureOrTargetThatIsNotFiniteIsNamedWhenTheDataAreLoaded() {
    load(
        new ArraySamples(IMAGE, 1, new float[] {1, 2, Float.NaN, 4}, new float[] {1, -1}),
        "features of the samples from 0 on: number 2 is NaN");
    load(
        new ArraySamples(
            IMAGE, 1, new float[] {1, 2, 3, 4}, new float[] {1, Float.POSITIVE_INFINITY}),
        "targets of the samples from 0 on: number 1 is Infinity");
  }

  private void load(ArraySamples samples, String message) {
    try (Arena arena = engine.arena()) {
      plan.resident(samples, arena);
      assertThatThrownBy(arena::commit).isInstanceOf(AssertionError.class).hasMessage(message);
    }
  }

  @Test
  void parametersThatAreNotFiniteAreNamedWhereTheyEnter() {
    try (Arena arena = engine.arena()) {
      ResidentData data = plan.resident(ArraySamples.normal(1, 4, IMAGE, 1), arena);
      TrainingStep step = new TrainingStep(plan, data, arena, List.of());
      LinearizedRisk risk = new LinearizedRisk(data, arena, LinearizedOptions.of(1));
      arena.commit();
      assertThatThrownBy(() -> step.startFrom(new double[] {0, Double.NaN, 0}, new double[0]))
          .isInstanceOf(AssertionError.class)
          .hasMessage("initial parameters: number 1 is NaN");
      assertThatThrownBy(() -> risk.moveTo(0, 0, Double.NEGATIVE_INFINITY))
          .isInstanceOf(AssertionError.class)
          .hasMessage("parameters: number 2 is -Infinity");
    }
  }

  @Test
  void aStateThatHasDivergedIsRestoredAsAResult() {
    try (Arena arena = engine.arena()) {
      ResidentData data = plan.resident(ArraySamples.normal(1, 4, IMAGE, 1), arena);
      TrainingStep step = new TrainingStep(plan, data, arena, List.of());
      arena.commit();
      step.restore(new TrainingState(1, 0, new double[] {0, Double.NaN, 0}, List.of()));
      step.run(0.1);
      assertThat(step.takeMeanLosses()[0]).isNaN();
    }
  }
}
