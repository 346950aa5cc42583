package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.cells.slurm.SlurmCommands.Facts;

class ArrayScriptTest {
  private static final JavaCommand JAVA =
      new JavaCommand(
          "/opt/jdk/bin/java", List.of("-Xmx1g"), List.of("/a b.jar", "/c.jar"), "Main");

  @TempDir Path folder;

  @Test
  void directivesAreThoseAskedForAndOurs() {
    assertThat(directives("partition=gpu,gres=gpu:1,concurrent=3,time=4,comment=a b,exclusive"))
        .containsExactly(
            "#SBATCH --job-name=noisescape-my-sweep",
            "#SBATCH --array=1-10%3",
            "#SBATCH --no-requeue",
            "#SBATCH --signal=B:TERM@60",
            "#SBATCH --ntasks=1",
            "#SBATCH --cpus-per-task=2",
            "#SBATCH --open-mode=append",
            "#SBATCH --output=\"/my sweep/slurm/array-1/%a.out\"",
            "#SBATCH --partition=gpu",
            "#SBATCH --gres=gpu:1",
            "#SBATCH --time=4",
            "#SBATCH --comment=\"a b\"",
            "#SBATCH --exclusive");
  }

  @Test
  void whatIsAskedForReplacesWhatWouldStandThere() {
    assertThat(directives("cpus-per-task=8,signal=B:TERM@300,job-name=mine"))
        .contains(
            "#SBATCH --cpus-per-task=8", "#SBATCH --signal=B:TERM@300", "#SBATCH --job-name=mine")
        .hasSize(8);
    assertThat(directives("time=1-0")).contains("#SBATCH --signal=B:TERM@120");
  }

  @Test
  void arraysAreNoLongerThanTheClusterTakesAndTasksTakeMoreCellsOnlyThen() {
    assertThat(plan("", new Facts("x", 1000)).perTask(1000, 1)).isEqualTo(1);
    assertThat(plan("", new Facts("x", 1000)).perTask(1001, 1)).isEqualTo(2);
    assertThat(plan("", new Facts("x", 1000)).perTask(10_000, 1)).isEqualTo(10);
    assertThat(plan("cells-per-task=3", new Facts("x", 1000)).perTask(10, 1)).isEqualTo(3);
    assertThat(plan("", new Facts("x", 1000)).script(array(), 1001, 2).text())
        .contains("#SBATCH --array=1-501\n", "per_task=2\n", "lines 2(k - 1) + 1 to 2k");
  }

  @Test
  void theEnvironmentOfTheProgramIsPassedAndWhatItTellsItselfIsNot() {
    String script =
        new ArrayPlan(
                SlurmOptions.parse(""),
                request(),
                Facts.DEFAULT,
                Map.of(
                    "NOISESCAPE_DATA", "/da ta",
                    "NOISESCAPE_STDERR_FD", "3",
                    "NOISESCAPE_TTY", "1",
                    "LC_ALL", "C.UTF-8",
                    "SECRET", "x"))
            .script(array(), 1, 1)
            .text();

    assertThat(script)
        .contains("export LC_ALL=C.UTF-8\nexport NOISESCAPE_DATA='/da ta'\n")
        .contains("export NOISESCAPE_TTY=0\nunset NOISESCAPE_OUTPUT NOISESCAPE_STDERR_FD\n")
        .doesNotContain("SECRET", "STDERR_FD=3", "TTY=1");
  }

  @Test
  void theShellTakesTheScriptAndAnyWord() throws Exception {
    String script = plan("", Facts.DEFAULT).script(array(), 1, 1).text();
    Path file = Files.writeString(folder.resolve("script"), script);
    assertThat(new ProcessBuilder("sh", "-n", file.toString()).start().waitFor()).isZero();

    String line = ArrayScript.line(task("it's $HOME `x` \\ \"é\" *"));
    Process process =
        new ProcessBuilder("sh", "-c", "cell() { printf '%s\\n' \"$@\"; }; eval \"$1\"", "sh", line)
            .start();
    assertThat(process.inputReader().readAllAsString().lines())
        .containsExactly(
            "cell",
            folder.resolve("cells/cell").toString(),
            "new",
            "it's $HOME `x` \\ \"é\" *",
            folder.resolve("cells/cell").toString());
  }

  @Test
  void aLineBreakInAWordIsRefused() {
    assertThatThrownBy(() -> ArrayScript.line(task("a\nb")))
        .hasMessage("slurm: a line has no line break in it: 'a b'");
  }

  @Test
  void aDryRunPrintsTheScriptAndTheLinesAndLeavesNothing() throws IOException {
    StringBuilder printed = new StringBuilder();
    StandInCells cells = new StandInCells(folder.resolve("sweep"), Map.of("PATH", "/none"));
    cells.add("one", "x y");

    cells.run("time=10", new Pace(), Optional.of(printed::append));

    assertThat(printed.toString())
        .startsWith("#!/bin/sh\n")
        .contains("#SBATCH --time=10\n")
        .contains("\n# " + folder.resolve("sweep/slurm/array-1.cells") + ":\n# cell one ")
        .endsWith(" new " + folder.resolve("sweep/cells/one") + " 'x y'\n");
    assertThat(folder.resolve("sweep/slurm")).doesNotExist();
    assertThat(cells.ends).isEmpty();
  }

  private CellTask task(String word) {
    return new CellTask(
        "cell",
        "cell",
        new CellFolder(folder.resolve("cells/cell")),
        (run, begun) -> List.of(word, run.toString()));
  }

  private static PlaceRequest request() {
    return new PlaceRequest(
        Path.of("/my sweep"), "sweep train", 2, OptionalInt.empty(), JAVA, Optional.empty());
  }

  private static SlurmArray array() {
    return new SlurmArray(Path.of("/my sweep/slurm"), 1);
  }

  private static ArrayPlan plan(String options, Facts facts) {
    return new ArrayPlan(SlurmOptions.parse(options), request(), facts, Map.of());
  }

  private static List<String> directives(String options) {
    return plan(options, Facts.DEFAULT)
        .script(array(), 10, 1)
        .text()
        .lines()
        .filter(line -> line.startsWith("#SBATCH"))
        .toList();
  }
}
