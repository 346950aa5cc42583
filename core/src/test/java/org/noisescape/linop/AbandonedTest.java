package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Calls that cannot be interrupted. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class AbandonedTest {
  private static final int N = 1000;

  @Test
  void aStopIsNotWaitedForAndTheMemoryLastsAsLongAsTheCall() throws InterruptedException {
    NativeMemory memory = new NativeMemory(1 << 20, 0);
    NativeMemory.Block block = memory.take("numbers", Double.BYTES);
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    double[] found = new double[1];
    StopCheck stop = StopCheck.of(() -> within.getCount() == 0);

    assertThatThrownBy(
            () ->
                Abandoned.unless(
                    stop,
                    () -> {
                      within.countDown();
                      await(goOn);
                      block.segment().set(ValueLayout.JAVA_DOUBLE, 0, 7);
                      found[0] = block.segment().get(ValueLayout.JAVA_DOUBLE, 0);
                      ended.countDown();
                      return found;
                    },
                    List.of(block)))
        .isInstanceOf(StoppedException.class);

    block.close();
    assertThat(memory.available()).as("held by the call").isLessThan(1 << 20);
    goOn.countDown();
    ended.await();
    assertThat(found).containsExactly(7);
  }

  @Test
  void memoryThatIsHeldIsGivenBackByTheLast() {
    NativeMemory memory = new NativeMemory(1 << 20, 0);
    NativeMemory.Block block = memory.take("numbers", Double.BYTES);
    block.hold();
    block.close();
    assertThat(memory.available()).isEqualTo((1 << 20) - Double.BYTES);
    block.release();
    assertThat(memory.available()).isEqualTo(1 << 20);
  }

  @Test
  void whatACallGivesOrThrowsIsItsCallers() {
    StopCheck never = new StopCheck();
    assertThat(Abandoned.unless(never, () -> 3, List.of()).intValue()).isEqualTo(3);
    assertThatThrownBy(
            () ->
                Abandoned.unless(
                    never,
                    () -> {
                      throw new IllegalArgumentException("the matrix");
                    },
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the matrix");
  }

  @Test
  void eigenvaluesHaveTheSameBitsOnAThreadOfTheirOwn() {
    Random random = new Random(3);
    try (SymmetricMatrix matrix = SymmetricMatrix.zeros(N)) {
      double[] row = new double[N];
      for (int i = 0; i < N; i++) {
        for (int j = 0; j <= i; j++) {
          row[j] = random.nextGaussian();
        }
        matrix.set(i, 0, 1, i + 1, row);
      }
      SymmetricEigen solver = new SymmetricEigen(1);
      int[] announced = new int[1];
      double[] expected = solver.values(matrix).values();
      double[] found =
          solver
              .stoppedBy(new StopCheck())
              .announcedTo((n, seconds) -> announced[0] = n)
              .values(matrix)
              .values();
      assertThat(found).isEqualTo(expected);
      assertThat(announced[0]).isEqualTo(N);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
