package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;

/** What is written through an array of ND4J is in the tensor, and the other way. */
class TensorViewsTest {
  private static final Engine HOST = EngineUnderTest.HOST.engine();

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void bothSeeWhatEitherWrites(DType dtype) {
    try (Arena arena = HOST.arena()) {
      Tensor tensor = arena.reserve(dtype, 2, 3, 4);
      arena.commit();
      HOST.memory().fill(tensor, 2.5);
      INDArray view = TensorViews.of(tensor);
      assertThat(view.shape()).containsExactly(2, 3, 4);
      assertThat(view.sumNumber().doubleValue()).isEqualTo(24 * 2.5);

      view.putScalar(new int[] {1, 2, 0}, -7);
      assertThat(HOST.memory().readDoubles(tensor)[12 + 8]).isEqualTo(-7);
      view.addi(1);
      assertThat(HOST.memory().readDoubles(tensor)[0]).isEqualTo(3.5);
      HOST.memory().fill(tensor, 4);
      assertThat(view.maxNumber().doubleValue()).isEqualTo(4);
      assertThat(view.minNumber().doubleValue()).isEqualTo(4);
    }
  }

  /** As weights of a layer within θ (R, P): rows lie P apart. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aViewOfPartOfEachRowLeavesTheRestAlone(DType dtype) {
    try (Arena arena = HOST.arena()) {
      Tensor theta = arena.reserve(dtype, 2, 10);
      arena.commit();
      Tensor weights = theta.slice(3, 2, 2);
      INDArray view = TensorViews.of(weights);
      assertThat(view.shape()).containsExactly(2, 2, 2);
      assertThat(view.stride()).containsExactly(10, 2, 1);
      view.assign(Nd4j.arange(1, 9).reshape(2, 2, 2).castTo(view.dataType()));
      assertThat(HOST.memory().readDoubles(theta))
          .containsExactly(0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0, 0);
      INDArray unit = Nd4j.create(new double[][] {{1, 0}, {0, 1}});
      INDArray product = view.tensorAlongDimension(1, 1, 2).mmul(unit.castTo(view.dataType()));
      assertThat(product.castTo(DataType.DOUBLE).dup('c').data().asDouble())
          .containsExactly(5, 6, 7, 8);
    }
  }

  @Test
  void wholeNumbersToo() {
    try (Arena arena = HOST.arena()) {
      Tensor tensor = arena.reserve(DType.INT32, 3);
      arena.commit();
      TensorViews.of(tensor).putScalar(2, 41);
      assertThat(HOST.memory().readInts(tensor)).containsExactly(0, 0, 41);
    }
  }

  @Test
  void aClosedArenaAndMemoryElsewhereAreRefused() {
    Arena arena = HOST.arena();
    Tensor tensor = arena.reserve(DType.FLOAT32, 3);
    assertThatThrownBy(() -> TensorViews.of(tensor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the arena is not committed");
    arena.commit();
    arena.close();
    assertThatThrownBy(() -> TensorViews.of(tensor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the arena is closed: its tensors are gone");
  }

  @Test
  void anEngineOfOtherMemoryIsRefused() {
    try (Engine other = Engines.open("nd4j", 1);
        Arena arena = other.arena()) {
      Tensor tensor = arena.reserve(DType.FLOAT32, 3);
      arena.commit();
      assertThatThrownBy(() -> TensorViews.of(tensor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "tensor (3) float32 belongs to engine 'nd4j', whose memory ND4J does not see: copy it,"
                  + " or use engine 'host'");
    }
  }
}
