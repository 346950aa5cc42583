package org.noisescape.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/** Native objects live as long as the arena they were prepared in. */
class HostArenaTest {
  /** With Winograd; without it; with Gram matrices of few pixels. */
  private static final ConvolutionGeometry[] GEOMETRIES = {
    new ConvolutionGeometry(8, 8, 16, 16, 3, 3, 1, 1),
    new ConvolutionGeometry(9, 7, 3, 5, 5, 5, 2, 2),
    new ConvolutionGeometry(4, 4, 32, 64, 3, 3, 1, 1)
  };

  private static ConvolutionPlan plan(Engine engine, Arena arena, ConvolutionGeometry geometry) {
    return engine.convolution().plan(geometry, Activation.RELU, DType.FLOAT32, 1, 2, arena);
  }

  @Test
  void closingAnArenaDestroysItsNativeObjectsOnce() {
    try (Engine engine = Engines.open("host", 1)) {
      for (ConvolutionGeometry geometry : GEOMETRIES) {
        int before = DnnlHandles.live();
        Arena arena = engine.arena();
        plan(engine, arena, geometry);
        arena.commit();
        assertThat(DnnlHandles.live()).as("%s", geometry).isGreaterThan(before);
        arena.close();
        assertThat(DnnlHandles.live()).as("%s", geometry).isEqualTo(before);
        arena.close();
        assertThat(DnnlHandles.live()).as("%s, closed twice", geometry).isEqualTo(before);
      }
    }
  }

  @Test
  void anArenaThatWasNeverCommittedDestroysThemToo() {
    try (Engine engine = Engines.open("host", 1)) {
      int before = DnnlHandles.live();
      Arena arena = engine.arena();
      plan(engine, arena, GEOMETRIES[0]);
      arena.close();
      assertThat(DnnlHandles.live()).isEqualTo(before);
    }
  }

  @Test
  void aFillThatFailsDestroysThemToo() {
    try (Engine engine = Engines.open("host", 1)) {
      int before = DnnlHandles.live();
      Arena arena = engine.arena();
      plan(engine, arena, GEOMETRIES[0]);
      arena.onCommit(
          () -> {
            throw new IllegalArgumentException("no such sample");
          });
      assertThatIllegalArgumentException().isThrownBy(arena::commit);
      assertThat(DnnlHandles.live()).isEqualTo(before);
      arena.close();
    }
  }

  @Test
  void closingOneArenaLeavesTheConvolutionsOfAnotherAlone() {
    ConvolutionGeometry geometry = GEOMETRIES[1];
    try (Engine engine = Engines.open("host", 1);
        Arena kept = engine.arena()) {
      ConvolutionPlan plan = plan(engine, kept, geometry);
      Tensor x = kept.reserve(DType.FLOAT32, 1, 2, 9 * 7 * 3);
      Tensor w = kept.reserve(DType.FLOAT32, 1, Math.toIntExact(geometry.weightSize()));
      Tensor y = kept.reserve(DType.FLOAT32, 1, 2, geometry.positions() * 5);
      kept.commit();
      engine.memory().fill(x, 1);
      engine.memory().fill(w, 1);
      Arena other = engine.arena();
      plan(engine, other, geometry);
      other.close();
      plan.linear(x, w, y, Accumulation.OVERWRITE);
      // a corner of a kernel of 5x5 padded by 2 sees 3x3 pixels of 3 channels
      assertThat(engine.memory().readDoubles(y)[0]).isEqualTo(27);
    }
  }

  @Test
  void aPlanWhoseArenaIsClosedRefusesToRun() {
    ConvolutionGeometry geometry = GEOMETRIES[1];
    try (Engine engine = Engines.open("host", 1);
        Arena tensors = engine.arena()) {
      Tensor x = tensors.reserve(DType.FLOAT32, 1, 2, 9 * 7 * 3);
      Tensor w = tensors.reserve(DType.FLOAT32, 1, Math.toIntExact(geometry.weightSize()));
      Tensor y = tensors.reserve(DType.FLOAT32, 1, 2, geometry.positions() * 5);
      tensors.commit();
      Arena arena = engine.arena();
      ConvolutionPlan plan = plan(engine, arena, geometry);
      arena.commit();
      arena.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> plan.linear(x, w, y, Accumulation.ADD))
          .withMessageContaining("closed");
    }
  }
}
