package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.tensor.Engines;

/** What a user gets wrong about a sweep: one line before anything runs, and no folder. */
class SweepRefusalTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sweep                                            | name what to sweep
          sweep wei/entropic-forc                          | did you mean 'wei/entropic-force'?
          sweep wei/entropic-force --grid slope=1,2        | 'slope', did you mean 'slopes'?
          sweep wei/entropic-force --grid replicas=64,x    | --set replicas=x: must be a whole number
          sweep wei/entropic-force --grid seed=1,2         | give the first with --seed
          sweep wei/entropic-force --preset quik           | did you mean 'quick'?
          sweep wei/entropic-force --engine hots           | did you mean 'host'?
          sweep wei/entropic-force --dataset mnist         | takes no data set
          sweep train --grid lrr=1,2                       | 'lrr', did you mean 'lr'?
          sweep train --grid epochs=1 --set epoch=3        | 'epoch', did you mean 'epochs'?
          sweep train --grid optimizer=adam:0.9,0.999      | of values with commas write --grid 'optimizer=adam:0.9,0.999;'
          sweep train --grid lr=0.1,abc                    | --lr must be a number, got 'abc' (cell lr=abc)
          sweep train --grid lr=0.1,-1                     | must be a number > 0, got -1.0 (cell lr=-1)
          sweep train --grid batch=10,99999999             | larger than the 10000 training samples
          sweep train --grid model=mlp:20;mpl:20           | did you mean 'mlp:20'? (known
          sweep train --grid optimizer=sgd,sdg             | did you mean 'sgd'?
          sweep train --grid lr=1 --grid lr=1              | 1 and 1 are the same value
          sweep train --grid lr=1 --set lr=2               | 'lr' is in --grid and in --set
          sweep train --grid seed=1,2                      | the number of replicas with --seeds
          sweep train --set replicas=3                     | the number of replicas with --seeds
          sweep train --set out=3                          | unknown setting of train 'out'
          sweep train --preset quick                       | training has no presets
          sweep train --seeds 0                            | --seeds must be >= 1, got 0
          sweep train --jobs 0                             | --jobs must be >= 1, got 0
          sweep train --threads 0                          | --threads must be >= 1, got 0
          sweep train --dry-run                            | name the place with --on, such as --on slurm
          sweep train --on slrum                           | unknown place of cells 'slrum', did you mean 'slurm'?
          sweep train --engine hots --on slurm             | did you mean 'host'?
          sweep train --dataset mnits                      | did you mean 'mnist'?
          """)
  void isOneLine(String line, String expected) {
    List<String> words = new ArrayList<>(List.of(line.strip().split(" ")));
    words.addAll(List.of("--out", folder.resolve("sweep").toString()));

    refused(CapturedRun.of(words.toArray(String[]::new)), expected);
  }

  @Test
  void resumingTakesNoOptionsThatSayWhatTheSweepIs() {
    refused(CapturedRun.of("sweep", "--resume", folder.toString()), "holds no sweep");
    refused(CapturedRun.of("sweep", "--resume", folder + "/gone"), "no such folder");
    for (String option : List.of("--grid=lr=1", "--seeds=2", "--seed=2", "--engine=host")) {
      refused(
          CapturedRun.of("sweep", "--resume", folder.toString(), option),
          "does not go with --resume");
    }
    refused(CapturedRun.of("sweep", "--status", folder.toString()), "holds no sweep");
    refused(
        CapturedRun.of("sweep", "--status", folder.toString(), "--grid=lr=1"),
        "--grid does not go with --status");
  }

  @Test
  void anEngineThatThisMachineHasNotMayBeOnAnother() {
    assumeTrue(
        Engines.providers().stream()
            .anyMatch(engine -> engine.name().equals("cuda") && engine.unavailable().isPresent()),
        "this machine has a GPU");
    List<String> words =
        List.of("sweep", "train", "--dataset=digits:train=50,test=20", "--grid=batch=10,20");
    CapturedRun here =
        CapturedRun.of(words(words, "--engine=cuda", "--out=" + folder.resolve("sweep")));
    refused(here, "cuda");

    CapturedRun there =
        CapturedRun.of(
            words(
                words,
                "--engine=cuda",
                "--on=slurm:gres=gpu:1",
                "--dry-run",
                "--out=" + folder.resolve("sweep")));
    assertThat(there.code()).as(there.err()).isZero();
    assertThat(there.out()).contains("#SBATCH --gres=gpu:1", "--engine=cuda", "--batch=20");
  }

  private static String[] words(List<String> first, String... more) {
    return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --jobs 2                | unless --blocks K parts the replicas of its ensembles
          --on slurm              | unless --blocks K parts the replicas of its ensembles
          --blocks 0              | --blocks must be from 1 to 100000, got 0
          --blocks 2 --jobs 0     | --jobs must be >= 1, got 0
          --blocks 2 --on slrum   | did you mean 'slurm'?
          --blocks 2 --dry-run    | name the place with --on
          --blocks 2 --on slurm --dry-run | shows what a sweep submits
          --block 3/2             | a block must be one of 1 to 2, got 3/2
          """)
  void anExperimentInBlocksToo(String options, String expected) {
    List<String> words = new ArrayList<>(List.of("run", "wei/entropic-force"));
    words.addAll(List.of(options.strip().split(" +")));
    words.addAll(List.of("--out", folder.resolve("sweep").toString()));

    refused(CapturedRun.of(words.toArray(String[]::new)), expected);
  }

  @Test
  void theFolderOfACellHoldsTheRunOfThatCell() throws IOException {
    Path sweep = folder.resolve("sweep");
    String[] words = {
      "sweep",
      "train",
      "--grid",
      "lr=0.1,0.2",
      "--set",
      "epochs=0",
      "--set",
      "model=linear",
      "--dataset",
      "digits:train=20,test=0",
      "--set",
      "batch=5",
      "--out",
      sweep.toString()
    };
    assertThat(CapturedRun.of(words).code()).isZero();
    assertThat(CapturedRun.of(words).code()).isZero();
    Path first = sweep.resolve("cells/001-lr=0.1");
    Path second = sweep.resolve("cells/002-lr=0.2");
    Files.move(second, folder.resolve("moved"));
    Files.move(first, second);

    CapturedRun swapped = CapturedRun.of("sweep", "--resume", sweep.toString());

    assertThat(swapped.errors()).hasSize(1);
    assertThat(swapped.errors().getFirst())
        .contains(second + ": holds another run, its learning rate is 0.1 and not 0.2");
    assertThat(swapped.code()).isEqualTo(2);
  }

  @Test
  void everyOptionOfTrainThatDecidesAResultIsASetting() {
    Console console = new Console(System.out, System.err, java.util.Map.of(), false);

    assertThat(TrainCells.settings(console))
        .contains("lr", "batch", "optimizer", "model", "epochs", "dataset", "probe", "precision")
        .doesNotContain("seed", "replicas", "out", "resume", "threads", "data-dir", "help");
  }

  private void refused(CapturedRun run, String expected) {
    assertThat(run.errors()).hasSize(1);
    assertThat(run.errors().getFirst()).startsWith("error: ").contains(expected);
    assertThat(run.code()).isEqualTo(2);
    assertThat(folder.resolve("sweep")).doesNotExist();
  }
}
