package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.CellState;
import org.noisescape.cells.CellTask;

/**
 * What becomes of cells on a real Slurm. What is waited for says so itself, or is Slurm's to bound;
 * the timeout is for what never comes.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SlurmCellsTest {
  @RegisterExtension static final SlurmTestbed SLURM = new SlurmTestbed();

  private static final String DONE = "done_";

  @TempDir Path folder;
  private StandInCells cells;

  @BeforeEach
  void makeCells() throws IOException {
    // what sbatch, the script and Slurm's patterns could each take for something else
    cells = new StandInCells(folder.resolve("50% a 'sweep' %a"), SLURM.environmentOfAll());
  }

  @Test
  void eachIsRunOnceAndOneThatFailsIsToldOfOnceWithItsOwnReason() throws IOException {
    for (String name : List.of("1", "2", "4", "5")) {
      cells.add(name, DONE);
    }
    CellTask failing = cells.add("3", "echo 'error: the loss is sad'; exit 1");

    cells.run("mem=100M,cells-per-task=2");

    assertThat(cells.ends)
        .containsOnlyKeys("1", "2", "3", "4", "5")
        .allSatisfy((name, ends) -> assertThat(ends).hasSize(1))
        .containsEntry("3", List.of(CellState.FAILED));
    assertThat(failing.folder().failure().reason()).isEqualTo("the loss is sad");
    assertThat(StandInCells.begun(failing)).hasSize(1);
    assertThat(cells.lines()).singleElement().asString().endsWith("5 cells in 3 tasks");
  }

  @Test
  void aProcessKilledInMidCellGoesOnInTheNextArrayFromItsCheckpoint() throws Exception {
    CellTask task =
        cells.add("killed", "[ $times = 2 ] && done_ && exit; checkpoint 7; meet half; sleep 100");
    cells.meetingPlace(task, "half");
    CompletableFuture<Void> end = cells.begin("mem=100M");

    SLURM.ask("kill", "-9", cells.meet(task, "half").getFirst());

    end.get();
    assertThat(cells.ends).isEqualTo(Map.of("killed", List.of(CellState.DONE)));
    assertThat(StandInCells.begun(task)).hasSize(2).doesNotHaveDuplicates();
    assertThat(cells.lines()).contains("slurm: cells were cut off and go on: 1 killed");
  }

  @Test
  void aJobKilledInMidCellTakesTheCellWithItAndGoesOnInTheNextArray() throws Exception {
    CellTask task = cells.add("killed", "[ $times = 2 ] && done_ && exit; meet half; cat");
    cells.meetingPlace(task, "half");
    CompletableFuture<Void> end = cells.begin("mem=100M");
    List<String> numbers = cells.meet(task, "half");
    ProcessHandle cell = ProcessHandle.of(Long.parseLong(numbers.getFirst())).orElseThrow();

    SLURM.ask("kill", "-9", numbers.getLast());

    cell.onExit().get();
    end.get();
    assertThat(cells.ends).isEqualTo(Map.of("killed", List.of(CellState.DONE)));
    assertThat(StandInCells.begun(task)).hasSize(2);
    assertThat(cells.lines()).contains("slurm: cells were cut off and go on: 1 killed");
  }

  @Test
  void aJobCancelledByOthersKeepsACheckpointAndGoesOn() throws Exception {
    CellTask task =
        cells.add(
            "cancelled",
            "[ $times = 2 ] && done_ && exit; trap 'checkpoint 3; exit 143' TERM; meet half;"
                + " sleep 100 & wait");
    cells.meetingPlace(task, "half");
    CompletableFuture<Void> end = cells.begin("mem=100M");
    cells.meet(task, "half");

    SLURM.ask("scancel", "--me");

    end.get();
    assertThat(cells.ends).isEqualTo(Map.of("cancelled", List.of(CellState.DONE)));
    assertThat(Files.readString(task.folder().path().resolve("checkpoints/last.json")))
        .contains("3");
    assertThat(StandInCells.begun(task)).hasSize(2);
  }

  @Test
  void aNodeThatIsLostGivesItsCellsToTheNextArray() throws Exception {
    CellTask task =
        cells.add("lost", "[ $times = 2 ] && done_ && exit; trap '' TERM; meet half; sleep 100");
    cells.meetingPlace(task, "half");
    CompletableFuture<Void> end = cells.begin("mem=100M");
    cells.meet(task, "half");

    SLURM.ask("scontrol", "update", "NodeName=seeing", "State=DOWN", "Reason=test");
    SLURM.ask("scontrol", "update", "NodeName=seeing", "State=RESUME");

    end.get();
    assertThat(cells.ends).isEqualTo(Map.of("lost", List.of(CellState.DONE)));
    assertThat(cells.lines())
        .contains("slurm: cells were cut off and go on: 1 NODE_FAIL (NodeDown)");
  }

  @Test
  void aPreemptedCellKeepsACheckpointAndGoesOn() throws Exception {
    CellTask task =
        cells.add(
            "preempted",
            "[ $times = 2 ] && done_ && exit; trap 'checkpoint 3; exit 143' TERM; meet half;"
                + " sleep 100 & wait");
    cells.meetingPlace(task, "half");
    CompletableFuture<Void> end = cells.begin("mem=100M");
    cells.meet(task, "half");

    SLURM.ask("sbatch", "-p", "urgent", "--exclusive", "--output=/dev/null", "--wrap=true");

    end.get();
    assertThat(cells.ends).isEqualTo(Map.of("preempted", List.of(CellState.DONE)));
    assertThat(Files.readString(task.folder().path().resolve("checkpoints/last.json")))
        .contains("3");
    assertThat(StandInCells.begun(task)).hasSize(2);
  }

  @Test
  void aDrainedNodeEndsWhatItRunsAndTheRestWaitsForItAndSaysSo() throws Exception {
    CellTask first = cells.add("first", "meet half; meet end; done_");
    CellTask second = cells.add("second", DONE);
    cells.meetingPlace(first, "half");
    cells.meetingPlace(first, "end");
    CompletableFuture<Void> end = cells.begin("mem=100M,concurrent=1");
    cells.meet(first, "half");

    SLURM.ask("scontrol", "update", "NodeName=seeing", "State=DRAIN", "Reason=test");
    cells.meet(first, "end");

    assertThat(cells.awaitLine("job ")).contains("waits: ");
    assertThat(StandInCells.begun(second)).isEmpty();
    SLURM.ask("scontrol", "update", "NodeName=seeing", "State=RESUME");
    end.get();
    assertThat(cells.ends)
        .isEqualTo(Map.of("first", List.of(CellState.DONE), "second", List.of(CellState.DONE)));
    assertThat(StandInCells.begun(first)).hasSize(1);
    assertThat(StandInCells.begun(second)).hasSize(1);
  }

  @Test
  void stoppedItCancelsWhatWaitsAndHasTheOthersKeepACheckpoint() throws Exception {
    CellTask running =
        cells.add(
            "running", "trap 'checkpoint 3; exit 143' TERM; meet half; sleep 100 & wait; done_");
    CellTask waiting = cells.add("waiting", DONE);
    cells.meetingPlace(running, "half");
    CompletableFuture<Void> end = cells.begin("mem=100M,concurrent=1");
    cells.meet(running, "half");

    cells.stop();

    end.get();
    assertThat(cells.ends).isEmpty();
    assertThat(running.folder().state()).isEqualTo(CellState.OPEN);
    assertThat(running.folder().path().resolve("checkpoints/last.json")).exists();
    assertThat(StandInCells.begun(waiting)).isEmpty();
    assertThat(SLURM.ask("squeue", "-h", "--me", "-t", "PD,R")).isEmpty();
  }

  @Test
  void aCellThatComesNoFurtherInTwoArraysIsGivenBack() throws Exception {
    CellTask task = cells.add("stuck", "checkpoint 3; kill -TERM $PPID; sleep 100 & wait");

    cells.run("mem=100M");

    // the first array brought it to step 3
    assertThat(StandInCells.begun(task)).hasSize(3);
    assertThat(task.folder().state()).isEqualTo(CellState.OPEN);
    assertThat(cells.ends).isEmpty();
    assertThat(cells.lines())
        .contains("stuck came no further in 2 arrays (asked to stop): it stays open");
  }

  @Test
  void oneThatIsKilledAgainAndAgainFailed() throws Exception {
    CellTask task = cells.add("killed", "kill -9 $$");

    cells.run("mem=100M");

    assertThat(cells.ends).isEqualTo(Map.of("killed", List.of(CellState.FAILED)));
    assertThat(task.folder().failure().reason()).isEqualTo("ended by signal 9");
    assertThat(StandInCells.begun(task)).hasSize(2);
  }

  @Test
  void tooLittleMemoryIsAFailureThatSaysHowToAskForMore() throws Exception {
    CellTask task = cells.add("hungry", "head -c 300M /dev/zero | tail; done_");

    cells.run("mem=20M");

    assertThat(cells.ends).isEqualTo(Map.of("hungry", List.of(CellState.FAILED)));
    assertThat(task.folder().failure().reason())
        .isEqualTo(
            "out of memory on seeing, where Slurm ended it: ask for more memory than mem=20M with"
                + " --on slurm:mem=…");
    assertThat(StandInCells.begun(task)).hasSize(1);
  }

  @Test
  void aNodeThatDoesNotSeeTheFolderIsNamed() throws Exception {
    cells = new StandInCells(SLURM.hidden().resolve("unseen"), SLURM.environmentOfAll());
    CellTask task = cells.add("unseen", DONE);

    cells.run("mem=100M,partition=blind");

    assertThat(cells.ends).isEqualTo(Map.of("unseen", List.of(CellState.FAILED)));
    assertThat(task.folder().failure().reason())
        .startsWith("the node blinded could not begin it: " + SLURM.hidden());
  }

  @Test
  void aNodeWithoutJavaIsNamed() throws Exception {
    cells = new StandInCells(folder, SLURM.hidden().resolve("java"), SLURM.environmentOfAll());
    CellTask task = cells.add("unseen", DONE);

    cells.run("mem=100M,partition=blind");

    assertThat(task.folder().failure().reason())
        .startsWith("no " + SLURM.hidden().resolve("java") + " on blinded: every node needs Java");
  }

  @Test
  void shortCellsGoOnSeveralATask() throws Exception {
    for (int i = 1; i <= 24; i++) {
      cells.add("cell" + i, DONE);
    }

    cells.run("mem=100M,concurrent=1");

    assertThat(cells.ends).hasSize(24).allSatisfy((name, ends) -> assertThat(ends).hasSize(1));
    assertThat(cells.lines()).anyMatch(line -> line.contains("the cells are short"));
  }

  @Test
  void theArrayOfAKilledProcessIsFollowedAndNothingBeginsTwice() throws Exception {
    CellTask first = cells.add("first", "meet half; done_");
    CellTask second = cells.add("second", "meet half; echo 'error: no'; exit 1");
    cells.meetingPlace(first, "half");
    cells.meetingPlace(second, "half");
    SlurmArray array = SlurmArray.next(folder.resolve("50% a 'sweep' %a/slurm"));
    cells.runUntilSubmitted("mem=100M,concurrent=1");
    Path kept = array.folder().resolve("array-1.json");
    String text = Files.readString(kept);
    // even where it was killed before it knew the number
    Files.writeString(kept, text.replaceFirst("\"job\" : \"\\d+\"", "\"job\" : \"\""));

    StandInCells again = new StandInCells(array.folder().getParent(), SLURM.environmentOfAll());
    again.add("first", "exit 1");
    again.add("second", "exit 1");
    CompletableFuture<Void> end = again.begin("mem=100M");
    again.awaitLine(StandInCells.SUBMITTED);
    again.meet(first, "half");
    again.meet(second, "half");

    end.get();
    assertThat(again.ends)
        .isEqualTo(Map.of("first", List.of(CellState.DONE), "second", List.of(CellState.FAILED)));
    assertThat(StandInCells.begun(first)).hasSize(1);
    assertThat(StandInCells.begun(second)).hasSize(1);
    assertThat(SlurmArray.all(array.folder())).hasSize(1);
  }

  @Test
  void whatSlurmRefusesIsOneLine() throws IOException {
    refused(
        "partition=nope", "slurm: invalid partition specified: nope; Batch job submission failed");
    refused("gres=gpu:1", "slurm: Invalid generic resource (gres) specification");
    refused("time=soon", "slurm: Invalid --time specification");
    refused("partion=main", "slurm: unrecognized option '--partion=main'");
    refused("mem=900G", "slurm: Memory specification can not be satisfied");
    refused("constraint=none", "slurm: Batch job submission failed: Invalid feature specification");
  }

  private void refused(String options, String beginning) throws IOException {
    StandInCells one = new StandInCells(folder.resolve(options), SLURM.environmentOfAll());
    CellTask task = one.add("cell", DONE);
    assertThatThrownBy(() -> one.run(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(beginning)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    assertThat(one.ends).isEmpty();
    assertThat(StandInCells.begun(task)).isEmpty();
  }

  @Test
  void aSlurmThatIsNotThereIsOneLine() throws IOException {
    Map<String, String> environment = new HashMap<>(SLURM.environmentOfAll());
    Path conf = Files.createDirectories(folder).resolve("slurm.conf");
    Files.writeString(
        conf,
        Files.readString(Path.of(environment.get("SLURM_CONF")))
            // commands ask for as long, in seconds
            .replaceFirst("SlurmctldPort=\\d+", "SlurmctldPort=1\nMessageTimeout=2"));
    environment.put("SLURM_CONF", conf.toString());
    StandInCells nobody = new StandInCells(folder.resolve("sweep"), environment);
    nobody.add("cell", DONE);

    assertThatThrownBy(() -> nobody.run(""))
        .hasMessageStartingWith("Slurm does not answer: ")
        .hasMessageContaining("Unable to contact slurm controller");
  }
}
