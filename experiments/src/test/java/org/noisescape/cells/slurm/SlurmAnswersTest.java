package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.slurm.SlurmCommands.Refused;

/** What Slurm's commands say, as it was seen of 22.05 and as its manual has it. */
class SlurmAnswersTest {
  @Test
  void aLookTakesListsOfTasksApart() {
    QueueLook look =
        QueueLook.parse("7-9,12%2|PD|Resources\n[20-24:2]|PD|Priority\n3|R|None\n4|CG|None\n");

    assertThat(look.pending()).containsExactlyInAnyOrder(7, 8, 9, 12, 20, 22, 24);
    assertThat(look.running()).containsExactlyInAnyOrder(3, 4);
    assertThat(look.why()).isEqualTo("Priority");
    assertThat(QueueLook.parse("N/A|PD|None\nnonsense\n").pending()).isEmpty();
  }

  @Test
  void aTasksRecordIsReadToItsLastWholeLine() {
    TaskRecord record =
        TaskRecord.parse(
            """
            task 3 job 17 node n1
            begin 001-lr=1 100
            end 001-lr=1 0 160
            begin 002-lr=2 160
            end 002-lr=2 0 1""");

    assertThat(record.job()).isEqualTo("17");
    assertThat(record.node()).isEqualTo("n1");
    assertThat(record.ended()).containsOnlyKeys("001-lr=1");
    assertThat(record.seconds("001-lr=1")).hasValue(60L);
    assertThat(record.seconds("002-lr=2")).isEmpty();
    assertThat(record.over()).isFalse();
    assertThat(record.outOfMemory()).isFalse();
  }

  @Test
  void slurmsWordsOnMemoryAreKnown() {
    for (String line :
        new String[] {
          "slurmstepd: error: Detected 1 oom-kill event(s) in StepId=5.batch.",
          "slurmstepd: error: Detected 1 oom_kill event in StepId=5.batch. Some of the step tasks",
          "slurmstepd-n1: error: Exceeded job memory limit",
        }) {
      assertThat(TaskRecord.parse(line + "\nover\n"))
          .matches(TaskRecord::outOfMemory)
          .matches(TaskRecord::over);
    }
  }

  @Test
  void statesAreReadByTask() {
    Map<Integer, TaskState> states =
        TaskState.parse(
            "JobId=9 ArrayJobId=5 ArrayTaskId=2 JobName=x y JobState=OUT_OF_MEMORY"
                + " Reason=OutOfMemory ExitCode=0:125 NodeList=n1 BatchHost=n1\n"
                + "JobId=5 ArrayJobId=5 ArrayTaskId=3-7 JobState=PENDING Reason=None\n"
                + "JobId=8 ArrayJobId=5 ArrayTaskId=1 JobState=FAILED Reason=NonZeroExitCode"
                + " ExitCode=1:0 NodeList=n2\n");

    assertThat(states).containsOnlyKeys(1, 2);
    assertThat(states.get(2)).matches(TaskState::outOfMemory).matches(s -> !s.scriptEnded());
    assertThat(states.get(2).node()).isEqualTo("n1");
    assertThat(states.get(1)).matches(TaskState::scriptEnded).matches(s -> !s.notLaunched());
    assertThat(states.get(1).words()).isEqualTo("FAILED (NonZeroExitCode)");
  }

  @Test
  void noSbatchIsOneLineWithWhatToDo(@TempDir Path folder) {
    assertThatThrownBy(() -> new SlurmCommands(Map.of("PATH", folder.toString())).facts())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no sbatch here: ");
  }

  @Test
  void whatAJobHasOfSlurmIsNotHandedOnAndWhatWasAskedForWins(@TempDir Path folder)
      throws IOException, Refused {
    Path seen = folder.resolve("seen");
    program(folder, "sbatch", "env | grep -E '^(SLURM_|SBATCH_|SQUEUE_)' >" + seen + "; echo 12");
    SlurmCommands commands =
        commands(
            folder,
            Map.of(
                "SLURM_RESTART_COUNT", "1",
                "SLURM_CONF", "/none",
                "SBATCH_PARTITION", "other",
                "SBATCH_ACCOUNT", "mine",
                "SQUEUE_STATES", "all"));

    assertThat(commands.submit(Path.of("x"), Set.of("partition"))).isEqualTo("12");
    assertThat(seen)
        .content()
        .satisfies(
            text ->
                assertThat(text.lines())
                    .containsExactlyInAnyOrder(
                        "SLURM_CONF=/none", "SLURM_BITSTR_LEN=0", "SBATCH_ACCOUNT=mine"));
  }

  @Test
  void whatSbatchComplainsOfBecomesOneLine(@TempDir Path folder) throws IOException {
    program(
        folder,
        "sbatch",
        "echo 'sbatch: error: Batch job submission failed: Invalid account or account/partition"
            + " combination specified' >&2; exit 1");

    assertThatThrownBy(() -> commands(folder, Map.of()).submit(Path.of("x"), Set.of()))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "Batch job submission failed: Invalid account or account/partition combination"
                + " specified");
  }

  @Test
  void aClusterWithoutArraysIsOneLine(@TempDir Path folder) throws IOException {
    program(folder, "scontrol", "echo 'MaxArraySize            = 0'");
    assertThatThrownBy(() -> commands(folder, Map.of()).facts())
        .hasMessage("this Slurm takes no job arrays: its MaxArraySize is 0");
    program(folder, "scontrol", "echo 'MaxArraySize = 501'; echo 'ClusterName = x'");
    assertThat(commands(folder, Map.of()).facts()).isEqualTo(new SlurmCommands.Facts("x", 500));
  }

  private static SlurmCommands commands(Path folder, Map<String, String> environment) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("PATH", folder + ":/usr/bin:/bin");
    return new SlurmCommands(all);
  }

  private static void program(Path folder, String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
