package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** Models, replicas and batches beyond what memory can hold are one line before any is taken. */
class TooLargeTest {
  private static final int[] IMAGE = {1, 32, 32};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp:2147483647",
        "mlp:50000,50000",
        "mlp:46341,46341",
        "mlp:2739138",
        "mlp:40000,40000,40000",
        "resnet18:100000",
        "resnet18:536870912",
        "preact-resnet18:2147483647",
        "vgg16:46341",
        "vgg16:2147483647",
        "densenet:100000",
        "densenet:2147483647"
      })
  void aModelWhoseParametersCannotBeCountedIsOneLine(String model) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelZoo.build(model, IMAGE, 10))
        .withMessageMatching("[^\\n]+, at most 2147483639 are possible: [^\\n]+");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 540_000, 90_000})
  void soManyReplicasAreOneLineThatNamesHowMany(int replicas) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("mlp:30", replicas, 10))
        .withMessageContaining("choose");
    int parameters = ModelZoo.build("mlp:30", IMAGE, 10).parameterCount();
    if (replicas < 1_000_000) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan("mlp:30", replicas, 10))
          .withMessageContaining("at most " + Integer.MAX_VALUE / parameters + " replicas");
      assertThat(plan("mlp:30", Integer.MAX_VALUE / parameters, 10).replicas()).isPositive();
    }
  }

  @Test
  void theHeapForCheckpointsIsPlannedAndNamesReplicasThatFit() {
    long parameters = ModelZoo.build("mlp:7", IMAGE, 10).parameterCount();
    TrainingPlan plan = plan("mlp:7", 11, 10);
    // θ and one state vector as float64 and as float32 of the file, and the largest tensor
    assertThat(HeapDemand.of(plan, 1).bytes()).isEqualTo(11 * (2 * parameters * 12 + 8 * 1024 * 7));
    TrainingPlan large = plan("mlp:300", Integer.MAX_VALUE / (310 * 1024), 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeapDemand.of(large, 2).require())
        .withMessageContaining("choose at most")
        .withMessageContaining("replicas instead of " + large.replicas());
  }

  @Test
  void aBatchOfReplicasBeyondTheMemoryIsRefusedBeforeAnyIsTaken() {
    Engine engine = EngineUnderTest.HOST.engine();
    // 10^5 · 8,000 · 1,024 inputs are more than 2^31 elements, and 3 TiB
    TrainingPlan plan = plan("mlp:1", 100_000, 8_000);
    ArraySamples samples = ArraySamples.normal(1, 8_000, IMAGE, 10);
    assertThatThrownBy(() -> new Trainer(engine, TrainingSetup.of(plan, samples)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GiB")
        .hasMessageMatching(".*a batch of \\d+ instead of 8000 would fit");
  }

  @Test
  void stepsThatCannotBeCountedAreOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("mlp:7", 1, 10, 1e300).steps(100))
        .withMessageContaining("choose fewer epochs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan("mlp:7", 1, 10, Double.POSITIVE_INFINITY));
    assertThat(plan("mlp:7", 1, 10, 4e9).steps(100)).isEqualTo(40_000_000_000L);
  }

  private static TrainingPlan plan(String model, int replicas, int batch) {
    return plan(model, replicas, batch, 1);
  }

  private static TrainingPlan plan(String model, int replicas, int batch, double epochs) {
    return TrainingPlan.of(ModelZoo.build(model, IMAGE, 10), Losses.parse("ce"))
        .learningRate(0.1)
        .batch(batch)
        .epochs(epochs)
        .replicas(replicas)
        .build();
  }
}
