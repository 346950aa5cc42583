package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code model}: layers, sums, memory and cost. */
class ModelCommandTest {
  @TempDir Path folder;

  private static final String NET =
      "net: conv 2 3x3 pad=1 stride=2, relu, residual(conv 2 3x3 pad=1 bias=no, batchnorm | conv 2 1),"
          + " avgpool, flatten, head: linear";

  @Test
  void layersAreShownWithShapesCountsAndProducts() {
    CapturedRun run =
        CapturedRun.of("model", NET, "--dataset", "digits:train=30,test=0", "--batch", "10");
    assertThat(run.err()).isEmpty();
    // 14 x 14 pixels: 2 x 9, 4 x 9 and 4 x 1 weights each; 2 x 10 at the end
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .contains(
            "input | 28x28x1",
            "1 relu | 14x14x2",
            "2 Residual | 14x14x2",
            "head Dense outputs=10 | 10 | 30 | 20 | head.weight 10x2, head.bias 10",
            "parameters | 96, and 4 running statistics",
            "forward pass | 11,388 products of numbers a sample",
            "step, B = 10 | about 3.42e+05 products (three forward passes)",
            "quantities, over 30 samples",
            "about 3.42e+05 products, a forward pass",
            "about 1.02e+06 products, a gradient pass",
            "gradient-norm, gradient-norm-squared, noise-strength, noise-scale")
        .noneMatch(line -> line.contains("test samples"));
    assertThat(run.out())
        .containsPattern("(?m)^  0 Conv2d .* 14x14x2 +36 +7,056  2.0.weight 2x2x3x3$")
        .containsPattern(
            "(?m)^  shortcut.0 Conv2d .* 14x14x2 +6 +784  2.shortcut.0.weight 2x2x1x1, ")
        .containsPattern("(?m)^memory +[0-9.]+ MiB of engine host for data and step")
        .doesNotContain("time of a step");
  }

  @Test
  void whatIsMeasuredIsThatOfTheParametersBeforeTraining() {
    CapturedRun run =
        CapturedRun.of(
            "model",
            NET,
            "--measure",
            "loss",
            "--dataset",
            "digits:train=30,test=0",
            "--batch",
            "10",
            "--loss",
            "ce");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).containsPattern("(?m)^time of a step +[0-9.e+-]+ ms \\(.* steps\\)$");
    // ten classes and small outputs: the loss is near ln 10
    assertThat(run.out()).containsPattern("(?m)^loss +2\\.[0-9]+ \\+- ");
  }

  /** Of a file for a training: data, network and step, and nothing of what only a training does. */
  @Test
  void aFileForATrainingSaysWhichModelOnWhichData() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("recipe.yaml"),
            """
            data: {dataset: 'digits:train=30,test=0', augment: crop:2}
            model: {model: 'mlp:5', init: he}
            training: {batch: 6, optimizer: adam, replicas: 2, lr: 0.1, epochs: 3}
            measure: {probe: [loss], stop-when: ['train_loss:patience=5']}
            keep: {checkpoint-every: 100}
            out: nowhere
            """);
    CapturedRun run = CapturedRun.of("model", "--config", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("mlp:5", "30 samples", "step, B = 6").containsPattern("3,985");
    assertThat(CapturedRun.of("model", "linear", "--config", file.toString()).out())
        .as("the word on the command line counts")
        .startsWith("model    linear");
    String printed =
        CapturedRun.of("model", "linear", "--config", file.toString(), "--print-config").out();
    assertThat(printed)
        .contains("model: linear", "init: he", "optimizer: adam", "replicas: 2", "augment: crop:2")
        .doesNotContain("probe", "keep", "nowhere", "mlp");
    Files.writeString(file, "measure: {prob: loss}");
    assertThat(CapturedRun.of("model", "linear", "--config", file.toString()).errors().getFirst())
        .contains("line 1", "unknown option 'prob'");
    assertThat(CapturedRun.of("run", "--config", file.toString()).errors().getFirst())
        .as("an experiment has other options")
        .contains("unknown option 'measure'");
  }

  @Test
  void parametersBeforeTrainingAreThoseThatATrainingBeginsWith() {
    String data = " --dataset digits:train=20,test=0 --batch 5 --loss ce";
    Path trained = folder.resolve("run");
    CapturedRun.of(("train --model linear --epochs 2 --lr 0.5 --out " + trained + data).split(" "));
    String loss =
        CapturedRun.of("probe", trained.toString(), "--quantities", "loss")
            .out()
            .lines()
            .filter(line -> line.startsWith("loss"))
            .map(line -> line.replaceFirst("(\\+- \\S+).*", "$1"))
            .findFirst()
            .orElseThrow();
    String start = " --start-from " + trained.resolve("checkpoints/last.safetensors");
    assertThat(CapturedRun.of(("model linear --measure loss" + start + data).split(" ")).out())
        .contains(loss);
    assertThat(CapturedRun.of(("model linear --measure loss" + data).split(" ")).out())
        .doesNotContain(loss);
  }

  @Test
  void withoutAModelThereIsNothingToShow() {
    assertThat(CapturedRun.of("model").errors())
        .containsExactly(
            "error: which model? name one as in 'noisescape model mlp:100', see 'list models'");
  }
}
