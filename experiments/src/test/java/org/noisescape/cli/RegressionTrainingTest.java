package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where targets are real numbers no prediction is right or wrong: nothing says how many are. */
class RegressionTrainingTest {
  private static final String WORD = "(?i)accuracy";

  @TempDir Path folder;
  private Path run;
  private CapturedRun trained;

  @BeforeEach
  void train() {
    run = folder.resolve("run");
    trained = training("noise", run);
  }

  private static CapturedRun training(String probe, Path run) {
    return CapturedRun.of(
        ("train --quiet --dataset gaussian-regression:d=3,n=20 --model linear --batch 5 --epochs 1"
                + " --validation 0.2 --probe %s --out %s")
            .formatted(probe, run)
            .split(" "));
  }

  @Test
  void aTrainingShowsLossesWithoutAccuracies() throws IOException {
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out())
        .containsPattern("(?m)^train +loss [0-9.]+$")
        .containsPattern("(?m)^validation +loss [0-9.]+$")
        .doesNotContainPattern(WORD);
    assertThat(CapturedRun.of("report", run.toString()).code()).isZero();
    for (String file : List.of("metrics.jsonl", "metrics.csv", "report.html")) {
      assertThat(Files.readString(run.resolve(file)))
          .as(file)
          .contains("train_loss", "validation_loss")
          .doesNotContainPattern(WORD);
    }
  }

  @Test
  void whoAsksForOneIsToldThatThereIsNone() {
    CapturedRun probed =
        CapturedRun.of("probe", run.toString(), "--quantities", "accuracy,validation-accuracy");
    assertThat(probed.out().lines())
        .filteredOn(line -> line.strip().startsWith("undefined"))
        .hasSize(2)
        .allMatch(line -> line.endsWith("the targets are real numbers, which no prediction meets"));
    assertThat(training("wrong-samples", folder.resolve("wrong")).errors())
        .containsExactly(
            "error: wrong samples are counted where targets are classes: these are real numbers");
  }

  /** Signs are classes. */
  @Test
  void oneOutputThatTellsTwoClassesHasAnAccuracy() {
    CapturedRun parity =
        CapturedRun.of(
            ("train --dataset digits:train=20,test=10 --target parity --model linear --batch 5"
                    + " --epochs 1 --out "
                    + folder.resolve("parity"))
                .split(" "));
    assertThat(parity.out()).containsPattern("(?m)^test +loss [0-9.]+, accuracy [01]\\.?[0-9]*$");
  }

  @Test
  void runsThatRecordedOneAreStillReported() throws IOException {
    Path metrics = run.resolve("metrics.jsonl");
    String old =
        Files.readString(metrics)
            .replace("\"train_loss\"", "\"train_accuracy\":1.0,\"train_loss\"");
    Files.writeString(metrics, old);
    CapturedRun report = CapturedRun.of("report", run.toString());
    assertThat(report.err()).isEmpty();
    assertThat(report.code()).isZero();
    assertThat(Files.readString(run.resolve("report.html"))).contains("train_accuracy");
  }
}
