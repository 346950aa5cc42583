package org.noisescape.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellState;
import org.noisescape.cells.LocalRunner;

/** What a sweep runs, and what it still knows after it was killed. */
class SweepTest {
  private static final SweepRequest REQUEST =
      Requests.of(Seeds.CELLS, 2, "lr=0.1,0.2,3", "batch=1");

  private static final List<String> NAMES = REQUEST.cells().stream().map(Cell::name).toList();
  private static final int CELLS = 6;

  @TempDir Path folder;

  static Stream<Arguments> deaths() {
    return IntStream.range(0, CELLS)
        .boxed()
        .flatMap(k -> Stream.of(Arguments.of(k, false), Arguments.of(k, true)));
  }

  @ParameterizedTest(name = "after {0} cells, within the next: {1}")
  @MethodSource("deaths")
  void killedAtAnyPointItLosesAtMostTheCellInFlight(int cells, boolean midCell) {
    FakeRunner first = FakeRunner.dyingAfter(cells, midCell);
    assertThatThrownBy(() -> sweep(first, 1)).isInstanceOf(FakeRunner.Killed.class);
    FakeRunner second = FakeRunner.immortal();

    List<CellResult> results = sweep(second, 1);

    assertThat(first.ran).isEqualTo(NAMES.subList(0, cells));
    assertThat(second.ran).isEqualTo(NAMES.subList(cells, CELLS));
    assertThat(results).hasSize(CELLS).allMatch(result -> result.state() == CellState.DONE);
  }

  @Test
  void aFinishedSweepRunsNothingAgain() {
    List<CellResult> first = sweep(FakeRunner.immortal(), 1);
    FakeRunner again = FakeRunner.immortal();

    assertThat(sweep(again, 1)).isEqualTo(first);
    assertThat(again.ran).isEmpty();
  }

  @Test
  void aFailedCellStopsNoOtherAndIsTriedAgain() {
    List<CellResult> results = sweep(FakeRunner.failingIn(NAMES.get(1)), 1);

    assertThat(results.stream().map(CellResult::state))
        .containsExactly(
            CellState.DONE,
            CellState.FAILED,
            CellState.DONE,
            CellState.DONE,
            CellState.DONE,
            CellState.DONE);
    assertThat(results.get(1).reason()).isEqualTo("out of luck");
    assertThat(results.get(1).members()).isEmpty();

    FakeRunner again = FakeRunner.immortal();
    assertThat(sweep(again, 1)).allMatch(result -> result.state() == CellState.DONE);
    assertThat(again.ran).containsExactly(NAMES.get(1));
  }

  @Test
  void theEndOfALogIsKeptWithoutWhatEveryJvmWrites() throws IOException {
    sweep(FakeRunner.failingIn(NAMES.get(1)), 1);

    CellFolder.Failure failure = SweepFolder.of(folder, REQUEST.cells().get(1)).failure();
    assertThat(failure.exit()).isEqualTo(3);
    assertThat(failure.lines()).containsExactly("some words", "error: out of luck");
  }

  @Test
  void aRunnerThatThrowsFailsItsCellOnly() {
    List<CellResult> results =
        sweep(
            (cell, slot, stop) -> {
              if (cell.name().equals(NAMES.get(1))) {
                throw new IOException("no space left");
              }
              FakeRunner.finish(cell);
              return 0;
            },
            1);

    assertThat(results.get(1).state()).isEqualTo(CellState.FAILED);
    assertThat(results.get(1).reason()).contains("no space left");
    assertThat(results.stream().filter(r -> r.state() == CellState.DONE)).hasSize(CELLS - 1);
  }

  @Test
  void aProcessThatEndsWithoutAResultHasFailedWhateverItsExitCode() {
    List<CellResult> results = sweep((cell, slot, stop) -> 0, 1);

    assertThat(results).allMatch(result -> result.state() == CellState.FAILED);
  }

  @Test
  void aProcessThatWasAskedToStopHasNotFailed() {
    assertThat(sweep((cell, slot, stop) -> 143, 1))
        .allMatch(result -> result.state() == CellState.OPEN);
    assertThat(sweep((cell, slot, stop) -> 137, 1))
        .allMatch(result -> result.reason().equals("ended by signal 9"));
    assertThat(sweep((cell, slot, stop) -> 143, 1))
        .as("the failure before that is forgotten")
        .allMatch(result -> result.state() == CellState.OPEN);
  }

  @Test
  void stoppedItBeginsNoMoreCells() {
    FakeRunner runner = FakeRunner.immortal();
    List<CellResult> results =
        SweepFolder.hold(
            folder,
            REQUEST,
            List.of(),
            held -> sweep(held, runner, 1).run((r, left) -> {}, () -> runner.ran.size() == 2));

    assertThat(runner.ran).isEqualTo(NAMES.subList(0, 2));
    assertThat(results.stream().filter(r -> r.state() == CellState.OPEN)).hasSize(CELLS - 2);
  }

  @Test
  void severalAtOnceRunEveryCellOnce() {
    FakeRunner runner = FakeRunner.immortal();
    List<CellResult> results = sweep(runner, 3);

    assertThat(runner.ran).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(results.stream().map(result -> result.cell().name())).isEqualTo(NAMES);
  }

  @Test
  void theListenerHearsOfEveryCellAndHowManyAreLeft() {
    List<Integer> lefts = new ArrayList<>();
    SweepFolder.hold(
        folder,
        REQUEST,
        List.of(),
        held ->
            sweep(held, FakeRunner.immortal(), 1)
                .run((result, left) -> lefts.add(left), () -> false));

    assertThat(lefts).containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void anotherRequestInTheSameFolderIsOneLine() {
    sweep(FakeRunner.immortal(), 1);
    SweepRequest other = Requests.of(Seeds.CELLS, 2, "lr=0.1,0.2", "batch=1");

    assertThatThrownBy(() -> SweepFolder.hold(folder, other, List.of(), held -> held))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a sweep with another grid")
        .hasMessageContaining("choose another folder with --out");
  }

  @Test
  void aFolderWithOtherFilesIsNotTouched() throws IOException {
    Path precious = Files.writeString(folder.resolve("thesis.tex"), "precious");

    assertThatThrownBy(() -> sweep(FakeRunner.immortal(), 1)).hasMessageContaining("not empty");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(precious);
    }
  }

  @Test
  void twoProcessesDoNotHoldOneFolder() {
    SweepFolder.hold(
        folder,
        REQUEST,
        List.of(),
        held -> {
          assertThatThrownBy(() -> sweep(FakeRunner.immortal(), 1))
              .hasMessageContaining("another process is writing");
          return null;
        });
  }

  private static Sweep sweep(SweepFolder held, LocalRunner.OneCell process, int jobs) {
    return new Sweep(held, Requests.SUBJECT, new LocalRunner(process, jobs));
  }

  private List<CellResult> sweep(LocalRunner.OneCell runner, int jobs) {
    return SweepFolder.hold(
        folder,
        REQUEST,
        List.of("sweep"),
        held -> sweep(held, runner, jobs).run((result, left) -> {}, () -> false));
  }
}
