package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cli.QuickProgram;

/** Real sweeps on a real Slurm, in processes that are killed. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SlurmSweepTest {
  @RegisterExtension static final SlurmTestbed SLURM = new SlurmTestbed();

  private static final String ON = "slurm:mem=1500M";

  @TempDir Path folder;

  @Test
  void hasTheTableThatItHasOnThisMachineAlsoWhereItsProcessWasKilled() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    Ran local = run(training(here, "--jobs", "2"));
    assertThat(local.code).as(local.err).isZero();

    Process driver = start(training(there, "--on", ON));
    try (BufferedReader lines = driver.errorReader()) {
      Stream<String> ends = lines.lines().filter(line -> line.contains(": COMPLETED"));
      assertThat(ends.findFirst()).isPresent();
    } finally {
      driver.destroyForcibly().waitFor();
    }
    assertThat(there.resolve("cells.csv")).doesNotExist();

    Ran again = run(List.of("sweep", "--resume", there.toString(), "--on", ON));

    assertThat(again.code).as(again.err).isZero();
    assertThat(again.out).contains("4 cells, 4 done");
    assertThat(Files.readString(there.resolve("cells.csv")))
        .isNotEmpty()
        .isEqualTo(Files.readString(here.resolve("cells.csv")));
    assertThat(SlurmArray.all(there.resolve("slurm"))).hasSize(1);
    assertThat(begun(there)).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void blocksOfAnEnsembleComeTogetherToTheBytesOfOneProcess() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    Ran local = run(ensemble(here));
    assertThat(local.code).as(local.err).isZero();

    Ran parted = run(ensemble(there, "--blocks", "2", "--on", ON));

    assertThat(parted.code).as(parted.err).isZero();
    for (String file : List.of("outcome.json", "tables/first_passage.csv")) {
      assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
    }
    assertThat(there.resolve("blocks")).doesNotExist();
  }

  private static List<String> ensemble(Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "mori/first-passage-linear"));
    words.addAll(List.of("--set=d=2", "--set=samples=300", "--set=c=1.2,1.5"));
    words.addAll(List.of("--set=data-sets=2", "--set=replicas=7", "--set=steps=400"));
    words.addAll(List.of("--threads=1", "--out=" + out));
    words.addAll(List.of(more));
    return words;
  }

  @Test
  void dataThatAreMissingOnANodeAreTheReasonOfTheCell() throws Exception {
    Path data = Files.createDirectories(SLURM.hidden().resolve("data")).resolve("points.csv");
    Files.writeString(data, "x,y\n1,2.5\n2,3.5\n3,5.5\n4,4.5\n");

    Ran ran =
        run(
            List.of(
                "sweep",
                "train",
                "--grid",
                "lr=0.01",
                "--set",
                "dataset=csv:" + data + ",target=y",
                "--set",
                "model=linear",
                "--set",
                "batch=2",
                "--set",
                "epochs=1",
                "--threads",
                "1",
                "--out",
                folder.resolve("sweep").toString(),
                "--on",
                ON + ",partition=blind"));

    assertThat(ran.code).isEqualTo(1);
    assertThat(ran.out).contains("1 failed", data + " does not exist");
  }

  @Test
  void aPartitionThatIsNotThereIsOneLineAndAWrongUse() throws Exception {
    Ran ran = run(training(folder.resolve("sweep"), "--on", "slurm:partition=nope"));

    assertThat(ran.code).isEqualTo(2);
    assertThat(ran.err.lines().filter(line -> !line.contains("incubator")))
        .singleElement()
        .asString()
        .startsWith("error: slurm: invalid partition specified: nope");
  }

  private static List<String> training(Path out, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "sweep",
            "train",
            "--grid",
            "lr=0.01,0.02",
            "--grid",
            "batch=5,10",
            "--set",
            "dataset=digits:train=50,test=20",
            "--set",
            "model=mlp:7",
            "--set",
            "epochs=2",
            "--seeds",
            "2",
            "--threads",
            "1",
            "--out",
            out.toString()));
    words.addAll(List.of(more));
    return words;
  }

  /** The lines of all tasks that say that a cell began. */
  private static List<String> begun(Path sweep) throws IOException {
    List<String> begun = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sweep.resolve("slurm"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".out")).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("begin "))
            .map(line -> line.split(" ")[1])
            .forEach(begun::add);
      }
    }
    return begun;
  }

  private record Ran(int code, String out, String err) {}

  private Ran run(List<String> words) throws IOException, InterruptedException {
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = builder(words).redirectError(err.toFile()).start();
    String out = process.inputReader().readAllAsString();
    return new Ran(process.waitFor(), out, Files.readString(err));
  }

  private static Process start(List<String> words) throws IOException {
    return builder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static ProcessBuilder builder(List<String> words) {
    List<String> all = new ArrayList<>(QuickProgram.words("org.noisescape.cli.Main"));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().putAll(SLURM.environment());
    return builder;
  }
}
