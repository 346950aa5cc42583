package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PackingTest {
  @Test
  void shortCellsFillAMinuteButLeaveEachProcessorSomeTasks() {
    Packing packing = ran(1, 1);

    assertThat(packing.perTask(10_000, 2, OptionalLong.empty())).isEqualTo(60);
    assertThat(packing.perTask(198, 2, OptionalLong.empty())).isEqualTo(24);
    assertThat(packing.perTask(198, 100, OptionalLong.empty())).isEqualTo(1);
    assertThat(packing.perTask(10_000, 2, OptionalLong.of(60))).isEqualTo(30);
  }

  @Test
  void longCellsAndFewSeenAreLeftAlone() {
    assertThat(ran(20, 20).perTask(10_000, 2, OptionalLong.empty())).isEqualTo(1);
    assertThat(ran(1).perTask(10_000, 2, OptionalLong.empty())).isEqualTo(1);
    assertThat(ran(10, 10).perTask(10_000, 2, OptionalLong.empty())).isEqualTo(6);
  }

  @Test
  void theQueueIsLookedAtLessOftenWhereNothingHappens() {
    Pace pace = new Pace();

    assertThat(pace.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.after(Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(5));
    assertThat(pace.after(Duration.ofHours(5))).isEqualTo(Duration.ofSeconds(30));
  }

  private static Packing ran(long... seconds) {
    Packing packing = new Packing();
    for (long one : seconds) {
      packing.ran(one);
    }
    return packing;
  }
}
