package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.linop.StoppedException;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunFailure;

/** Ensembles in blocks of replicas against the same ensembles as a whole. */
class EnsembleBlocksTest {
  private static final int REPLICAS = 7;

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  /** First passages, then a recording whose learning rate may depend on them. */
  private static final class Two extends LandscapeExperiment<Boolean> {
    private final boolean depends;
    private final int least;

    Two(boolean depends, int least) {
      super("a/two-ensembles", "title", "source");
      this.depends = depends;
      this.least = least;
    }

    @Override
    protected Planned<Boolean> plan(Settings settings) {
      return Planned.of(depends, "a rule");
    }

    @Override
    protected Findings measure(Boolean plan, Ensembles ensembles) {
      LandscapePlan.Builder passages =
          LandscapePlan.of(Quadratic.diagonal(1, 0.1), DiagonalNoise.white(1))
              .learningRate(0.5)
              .start(0, 0)
              .detecting(0.2, 1)
              .seed(ensembles.seed(1))
              .replicas(REPLICAS);
      ReplicaState passed = ensembles.run("passages", passages.build(), EnsembleSchedule.to(40));
      if (passed.replicas() < least) {
        throw new IllegalArgumentException("a fit wants at least " + least);
      }
      double mean = Arrays.stream(passed.firstPassages(0)).sum();
      LandscapePlan recorded =
          LandscapePlan.of(Quadratic.diagonal(1, 0.1), DiagonalNoise.white(1))
              .learningRate(depends ? 1 / (mean + 10) : 0.1)
              .start(1, 0)
              .seed(ensembles.seed(2))
              .replicas(REPLICAS)
              .build();
      EnsembleRecording recording =
          ensembles.record(
              "recording",
              recorded,
              EnsembleSchedule.to(30).snapshots(10),
              List.of(theta -> theta[0], theta -> theta[1]));
      Measurements values = new Measurements().value("sum of first passages", mean);
      for (int q = 0; q < 2; q++) {
        values.value("number " + q, recording.means(q)[3]);
        values.value("spread " + q, recording.deviations(q)[3]);
      }
      return Findings.of(values);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 9})
  void blocksComeToTheSameFilesAndNumbersAsTheWhole(int count) throws IOException {
    Two experiment = new Two(false, 0);
    Path whole = folder.resolve("whole");
    ExperimentOutcome outcome = experiment.run(Requests.quick(whole, Map.of()).build());
    Path parted = folder.resolve("parted");

    assertThat(run(experiment, parted, count)).isEqualTo(outcome);

    for (String stage : List.of("stages/passages.safetensors", "stages/recording.safetensors")) {
      assertThat(parted.resolve(stage)).hasSameBinaryContentAs(whole.resolve(stage));
    }
    assertThat(told).isEmpty();
    assertThat(parted.resolve("blocks")).as("of no more use").doesNotExist();
  }

  @Test
  void anEnsembleThatDependsOnAnotherRunsAsAWhole() {
    Two experiment = new Two(true, 0);
    ExperimentOutcome outcome =
        experiment.run(Requests.quick(folder.resolve("whole"), Map.of()).build());

    assertThat(run(experiment, folder.resolve("parted"), 2)).isEqualTo(outcome);
    assertThat(told).hasSize(1).first().asString().startsWith("recording: is not in the blocks");
  }

  @Test
  void whatAnExperimentMakesOfTooFewReplicasStopsNothing() {
    Two experiment = new Two(false, REPLICAS);
    ExperimentOutcome outcome =
        experiment.run(Requests.quick(folder.resolve("whole"), Map.of()).build());

    assertThat(run(experiment, folder.resolve("parted"), 2)).isEqualTo(outcome);
    assertThat(told).hasSize(1).first().asString().startsWith("recording: is not in the blocks");
  }

  @Test
  void aBlockThatFailsIsNamedOnceAndTheOthersAreKept() {
    Two experiment = new Two(false, 0);
    Path run = folder.resolve("run");
    CellRunner broken =
        (tasks, watch) -> {
          for (CellTask task : tasks) {
            if (!watch.begins(task)) {
              continue;
            }
            if (task.name().equals("002-of-003")) {
              watch.failed(task, 137, List.of("error: out of memory"));
            } else {
              block(experiment, task);
              watch.ended(task, 0);
            }
          }
        };

    assertThatThrownBy(() -> run(experiment, run, 3, broken))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("1 of 3 blocks failed, the first is block 2/3")
        .hasMessageContaining("repeat the command to try again");
    assertThat(told).containsExactly("block 2/3 failed: ended by signal 9");

    List<String> again = new ArrayList<>();
    run(
        experiment,
        run,
        3,
        (tasks, watch) -> {
          tasks.forEach(task -> again.add(task.name()));
          all(experiment, tasks, watch);
        });
    assertThat(again).containsExactly("002-of-003");
  }

  @Test
  void aBlockWhoseEnsembleCannotRunFailsAndIsNotTakenForDone() {
    LandscapeExperiment<String> broken =
        new LandscapeExperiment<>("a/broken", "title", "source") {
          @Override
          protected Planned<String> plan(Settings settings) {
            return Planned.of("", "a rule");
          }

          @Override
          protected Findings measure(String plan, Ensembles ensembles) {
            LandscapePlan infinite =
                LandscapePlan.of(Quadratic.diagonal(1), DiagonalNoise.white(1))
                    .learningRate(0.5)
                    .start(
                        (draws, theta) -> {
                          throw new IllegalStateException("no device");
                        })
                    .replicas(3)
                    .build();
            ensembles.run("ensemble", infinite, EnsembleSchedule.to(4));
            return Findings.of(new Measurements());
          }
        };
    BlockShare share = new BlockShare(new ReplicaBlock(0, 2));

    assertThatThrownBy(
            () ->
                broken.run(Requests.quick(folder.resolve("block"), Map.of()).share(share).build()))
        .hasMessageContaining("no device");
    assertThat(folder.resolve("block/result.json")).doesNotExist();
  }

  @Test
  void stoppedItSaysSoAndGoesOn() {
    Two experiment = new Two(false, 0);
    Path run = folder.resolve("run");

    assertThatThrownBy(() -> run(experiment, run, 3, (tasks, watch) -> {}))
        .isInstanceOf(StoppedException.class);
    assertThat(run(experiment, run, 3)).isNotNull();
  }

  @Test
  void anExperimentWithoutEnsemblesSaysThatItRanInOneProcess() {
    run(new Formula(), folder.resolve("run"), 2, (tasks, watch) -> {});

    assertThat(told)
        .containsExactly("a/formula has no ensemble that comes in blocks: it ran in one process");
  }

  @Test
  void aBlocksFolderIsNoRunToContinue() throws IOException {
    Two experiment = new Two(false, 0);
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> run(experiment, run, 2, (tasks, watch) -> {}))
        .isInstanceOf(StoppedException.class);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                experiment.run(Requests.quick(run.resolve("blocks/001-of-002"), Map.of()).build()))
        .withMessageContaining("holds a block of replicas of another run");
  }

  @Test
  void blocksShareReplicasEvenlyAndLeaveNoneOut() {
    for (int replicas : new int[] {1, 7, 100, 100_003}) {
      for (int of : new int[] {1, 2, 3, 7, 64}) {
        int next = 0;
        for (ReplicaBlock block :
            IntStream.range(0, of).mapToObj(i -> new ReplicaBlock(i, of)).toList()) {
          assertThat(block.first(replicas)).isEqualTo(next);
          assertThat(block.count(replicas)).isBetween(replicas / of, replicas / of + 1);
          next += block.count(replicas);
        }
        assertThat(next).isEqualTo(replicas);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/3", "4/3", "1/0", "a/b", "1", "1/2/3", "-1/3", "1/999999"})
  void whatIsNoBlockIsOneLine(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplicaBlock.parse(text))
        .withMessageContaining("block");
    assertThat(ReplicaBlock.parse("3/16")).isEqualTo(new ReplicaBlock(2, 16));
  }

  private ExperimentOutcome run(Two experiment, Path out, int count) {
    return run(experiment, out, count, (tasks, watch) -> all(experiment, tasks, watch));
  }

  private ExperimentOutcome run(Experiment experiment, Path out, int count, CellRunner runner) {
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void progressed(long step, long steps, String note) {}

          @Override
          public void told(String line) {
            told.add(line);
          }
        };
    EnsembleBlocks blocks = new EnsembleBlocks(experiment, count, runner, List.of("--quiet"));
    return experiment.run(Requests.quick(out, Map.of()).progress(listener).share(blocks).build());
  }

  private static void all(Two experiment, List<CellTask> tasks, CellWatch watch) {
    for (CellTask task : tasks) {
      if (watch.begins(task)) {
        block(experiment, task);
        watch.ended(task, 0);
      }
    }
  }

  private static void block(Two experiment, CellTask task) {
    List<String> words = task.words();
    assertThat(words).startsWith("run", "a/two-ensembles", "--preset", "quick").contains("--quiet");
    assertThat(words).endsWith("--out", task.folder().path().toString());
    ReplicaBlock block = ReplicaBlock.parse(words.get(words.indexOf("--block") + 1));
    experiment.run(
        Requests.quick(task.folder().path(), Map.of()).share(new BlockShare(block)).build());
    try (Stream<Path> files = Files.list(task.folder().path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("result.json", "stages")
          .doesNotContain("outcome.json", "report.html");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
