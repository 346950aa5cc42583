package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.noisescape.testing.EngineUnderTest;

/** Sizes are made in long arithmetic and refused in one line where they do not fit. */
class SizesTest {
  @Test
  void productsAreThoseOfWholeNumbersUpToTheMost() {
    assertThat(Sizes.product("a", "b", 46_340, 46_340)).isEqualTo(46_340 * 46_340);
    assertThat(Sizes.product("a", "b")).isEqualTo(1);
    assertThat(Sizes.product("a", "b", Integer.MAX_VALUE, 0, Long.MAX_VALUE)).isZero();
    assertThat(Sizes.product("a", "b", Sizes.MOST)).isEqualTo(Sizes.MOST);
  }

  @Test
  void whatDoesNotFitIsOneLineWithItsFactorsAndTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.product("rows of a thing", "take fewer", 46_341, 46_341))
        .withMessage(
            "rows of a thing: 46341 x 46341 = 2147488281, at most 2147483639 are possible: take fewer");
    // 2^32 · 2^32 is 0 in long arithmetic without a check
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.product("rows", "take fewer", 1L << 32, 1L << 32))
        .withMessage("rows: 4294967296 x 4294967296, at most 2147483639 are possible: take fewer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.product("rows", "take more", 3, -1))
        .withMessage("rows: 3 x -1 must be 0 or more: take more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.sum("parts", "take fewer", Integer.MAX_VALUE, 1))
        .withMessage(
            "parts: 2147483647 + 1 = 2147483648, at most 2147483639 are possible: take fewer");
    assertThat(Sizes.saturated(1L << 40, 1L << 40)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anArenaRefusesTensorsThatCannotBeAddressed() {
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> arena.reserve(DType.FLOAT32, 1, 65_536, 65_536))
          .withMessageContaining("65536 x 65536 = 4294967296")
          .withMessageContaining("smaller batch");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> arena.reserve(DType.FLOAT32, 2, -3))
          .withMessageContaining("-3");
      // replicas may be many: what all of them need is counted in long
      assertThat(arena.reserve(DType.FLOAT32, 20_000, 500, 300).size()).isEqualTo(3_000_000_000L);
      assertThat(arena.bytes()).isEqualTo(12_000_000_000L);
    }
  }

  @Test
  void aPrefixIsContiguousAndBeginsWhereItsTensorDoes() {
    try (Arena arena = EngineUnderTest.HOST.engine().arena()) {
      Tensor whole = arena.reserve(DType.FLOAT64, 2, 3, 5);
      Tensor first = whole.prefix(2, 3, 4);
      arena.commit();
      Memory memory = arena.engine().memory();
      double[] numbers = new double[30];
      java.util.Arrays.setAll(numbers, i -> i);
      memory.write(whole, numbers);
      assertThat(memory.readDoubles(first)).isEqualTo(java.util.Arrays.copyOf(numbers, 24));
      assertThatIllegalArgumentException().isThrownBy(() -> whole.prefix(2, 3, 6));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> whole.reshape(2, 15).slice(0, 14).prefix(2, 2));
    }
  }

  @Test
  void theHeapIsAskedBeforeItIsTaken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaHeap.require(1L << 50, "a thing", "take less"))
        .withMessageMatching(
            "a thing: 1048576\\.00 GiB of Java heap are needed, [0-9.]+ GiB of [0-9.]+ GiB are"
                + " left: take less, or a larger heap \\(Java option -Xmx\\)");
    JavaHeap.require(1, "a thing", "take less");
  }
}
