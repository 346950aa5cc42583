package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.runs.Annotations;

/** What is said of a run as it begins is in its folder, and is no part of the run. */
class TaggedRunTest {
  private static final String[] TRAINING = {
    "train",
    "--dataset",
    "digits:train=50,test=20",
    "--model",
    "linear",
    "--epochs",
    "1",
    "--batch",
    "10"
  };

  @TempDir Path folder;

  private CapturedRun train(String... more) {
    String[] all = java.util.Arrays.copyOf(TRAINING, TRAINING.length + more.length);
    System.arraycopy(more, 0, all, TRAINING.length, more.length);
    return CapturedRun.of(all);
  }

  @Test
  void tagsStandBesideTheRunAndChangeNothingOfIt() throws IOException {
    Path plain = folder.resolve("plain");
    Path tagged = folder.resolve("tagged");
    assertThat(train("--out", plain.toString()).code()).isZero();
    assertThat(train("--out", tagged.toString(), "--tag", "good", "--note", "first").code())
        .isZero();
    assertThat(Annotations.read(tagged).tags()).containsExactly("good");
    assertThat(Annotations.read(tagged).notes()).extracting("text").containsExactly("first");
    assertThat(plain.resolve(Annotations.FILE)).doesNotExist();
    assertThat(tagged.resolve("checkpoints/last.safetensors"))
        .hasSameBinaryContentAs(plain.resolve("checkpoints/last.safetensors"));
    CapturedRun resumed = CapturedRun.of("train", "--resume", tagged.toString(), "--tag", "again");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(Annotations.read(tagged).tags()).containsExactly("good", "again");
    CapturedRun like = CapturedRun.of("train", "--like", tagged.toString(), "--print-config");
    assertThat(like.out()).doesNotContain("tag");
  }

  @Test
  void aRunThatIsRefusedLeavesNothing() {
    Path out = folder.resolve("refused");
    CapturedRun wrong =
        train("--out", out.toString(), "--tag", "x", "--probe", "hessian-top:99999");
    assertThat(wrong.code()).isNotZero();
    assertThat(out).doesNotExist();
    assertThat(train("--out", out.toString(), "--tag", "two words").code()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void someoneElsesFolderIsLeftAlone() throws IOException {
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("file"), "mine");
    assertThat(train("--out", full.toString(), "--tag", "x").err()).contains("is not empty");
    assertThat(full.resolve(Annotations.FILE)).doesNotExist();
  }

  /** As run and sweep use it: they go on in the folder of what was interrupted. */
  @Test
  void whatGoesOnIsTaggedWhereItIs() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("manifest.json"), "{}");
    AnnotationOptions options = new AnnotationOptions();
    new picocli.CommandLine(options).parseArgs("--tag", "e", "--note", "on");
    assertThat(options.over(run, true, () -> "done")).isEqualTo("done");
    assertThat(Annotations.read(run).tags()).containsExactly("e");
    options.over(run, true, () -> "again");
    assertThat(Annotations.read(run).tags()).containsExactly("e");
    assertThat(Annotations.read(run).notes()).hasSize(2);
  }
}
