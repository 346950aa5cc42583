package org.noisescape.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Tensor;

/** What is particular to ND4J; the arithmetic is tested by the contract of all engines. */
class Nd4jEngineTest {
  @Test
  void theEngineIsFoundByItsName() {
    assertThat(Engines.providers()).extracting(EngineProvider::name).contains("nd4j");
    try (Engine engine = Engines.open("nd4j", 2)) {
      assertThat(engine.name()).isEqualTo("nd4j");
      assertThat(engine.description()).startsWith("ND4J").contains("2 threads");
    }
  }

  @Test
  void everyPrecisionButTf32IsThere() {
    assertThat(Engines.provider("nd4j", Precision.FLOAT32).name()).isEqualTo("nd4j");
    assertThat(Engines.provider("nd4j", Precision.FLOAT64).name()).isEqualTo("nd4j");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.open("nd4j", new EngineOptions(1, Precision.TF32)))
        .withMessageStartingWith("engine 'nd4j' has no tf32: use ");
  }

  @Test
  void tensorsAreRefusedBeforeCommitAndAfterClose() {
    try (Engine engine = Engines.open("nd4j", 1)) {
      Arena arena = engine.arena();
      Tensor tensor = arena.reserve(DType.FLOAT32, 3);
      assertThatIllegalStateException()
          .isThrownBy(() -> engine.memory().fill(tensor, 1))
          .withMessageContaining("commit()");
      arena.commit();
      engine.memory().fill(tensor, 1);
      arena.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> engine.memory().fill(tensor, 1))
          .withMessageContaining("closed");
    }
  }

  @Test
  void poolingRefusesWindowsThatCouldLieInThePadding() {
    ConvolutionGeometry wide = new ConvolutionGeometry(5, 5, 2, 2, 2, 2, 2, 2);
    ConvolutionGeometry mixing = new ConvolutionGeometry(4, 4, 2, 3, 2, 2, 2, 0);
    try (Engine engine = Engines.open("nd4j", 1);
        Arena arena = engine.arena()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.convolution().maxPool(wide, DType.FLOAT32, 1, 1, arena))
          .withMessageContainingAll("maxPool", "padding 2", "2x2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> engine.convolution().maxPool(mixing, DType.FLOAT32, 1, 1, arena))
          .withMessageContainingAll("maxPool", "channels", "2", "3");
    }
  }
}
