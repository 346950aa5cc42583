package org.noisescape.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cells on the devices of one machine. */
@Timeout(60)
class LocalRunnerTest {
  private static final CellSlot GOOD = new CellSlot("GPU 0", Map.of("DEVICE", "0"), List.of());
  private static final CellSlot BAD = new CellSlot("GPU 1", Map.of("DEVICE", "1"), List.of());

  @TempDir Path folder;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ended = new ArrayList<>();
  private final CountDownLatch badHasRun = new CountDownLatch(1);
  private final Set<String> slotsOfDone = new ConcurrentSkipListSet<>();

  @Test
  void aDeviceThatFailsIsNamedAndLeftOutAndItsCellRunsElsewhere() throws IOException {
    List<CellTask> tasks = tasks(6);
    run(tasks, List.of(GOOD, BAD), slot -> slot.equals(BAD) ? "it has fallen off the bus" : "");

    assertThat(tasks).allMatch(task -> task.folder().state() == CellState.DONE);
    assertThat(ended).hasSize(6).allMatch(line -> line.contains("DONE"));
    assertThat(slotsOfDone).containsExactly("GPU 0");
    assertThat(told)
        .singleElement()
        .asString()
        .matches("GPU 1 is left out: it has fallen off the bus; cell \\d runs elsewhere");
  }

  @Test
  void whereNoDeviceIsLeftEveryCellFailsOnce() throws IOException {
    List<CellTask> tasks = tasks(3);
    run(tasks, List.of(BAD), slot -> "it has fallen off the bus");

    assertThat(told).hasSize(1);
    assertThat(ended)
        .containsExactly("cell 0 FAILED, 2 left", "cell 1 FAILED, 1 left", "cell 2 FAILED, 0 left");
    assertThat(tasks.getFirst().folder().failure().reason())
        .isEqualTo("no device is left to run it");
  }

  @Test
  void aCellThatFailsOnASoundDeviceHasFailed() throws IOException {
    List<CellTask> tasks = tasks(2);
    run(tasks, List.of(BAD), slot -> "");

    assertThat(told).isEmpty();
    assertThat(ended).containsExactly("cell 0 FAILED, 1 left", "cell 1 FAILED, 0 left");
  }

  private List<CellTask> tasks(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new CellTask(
                    "cell-" + i,
                    "cell " + i,
                    new CellFolder(folder.resolve("cell-" + i)),
                    (run, begun) -> List.of()))
        .toList();
  }

  private void run(List<CellTask> tasks, List<CellSlot> slots, LocalRunner.Health health)
      throws IOException {
    CellListener listener =
        new CellListener() {
          @Override
          public void ended(CellTask task, CellState state, int left) {
            ended.add("%s %s, %d left".formatted(task.title(), state, left));
          }

          @Override
          public void told(String line) {
            told.add(line);
          }
        };
    Cells.run(
        tasks,
        new LocalRunner((task, slot, stop) -> process(task, slot), slots, health),
        listener,
        () -> false);
  }

  /** Comes to its end on the good device only. */
  private int process(CellTask task, CellSlot slot) throws IOException {
    if (slot.equals(BAD)) {
      Files.writeString(task.folder().log(), "error: no kernel ran\n");
      badHasRun.countDown();
      return 1;
    }
    // not all may be done before the other device has had a turn
    try {
      badHasRun.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    slotsOfDone.add(slot.name());
    Files.createDirectories(task.folder().path());
    Files.writeString(task.folder().path().resolve("result.json"), "{\"outcome\": \"COMPLETED\"}");
    Files.writeString(task.folder().report(), "");
    return 0;
  }
}
