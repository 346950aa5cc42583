package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code model}: layers, sums, memory and cost. */
class ModelCommandTest {
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
}
