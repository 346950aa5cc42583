package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Means of the parameters, as a checkpoint keeps and a probe measures them. */
class MeanOfParametersTest {
  @TempDir Path folder;

  private static CapturedRun run(String line) {
    return CapturedRun.of(line.split(" "));
  }

  /** A network that has running statistics of its batches beside θ. */
  private Path train(String options) {
    Path run = folder.resolve("run");
    String line =
        "train --dataset digits --subset 200 --batch 20 --lr 0.05 --no-progress"
            + " --probe loss --epochs 2 --out "
            + run
            + " "
            + options;
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--model", "net: linear 8, batchnorm, relu, linear"));
    assertThat(CapturedRun.of(words.toArray(String[]::new)).code()).isZero();
    return run;
  }

  private static JsonNode probe(Path run, String of) throws IOException {
    CapturedRun probed = run("probe " + run + " --quantities loss --json --of " + of);
    assertThat(probed.code()).isZero();
    return new ObjectMapper().readTree(probed.out()).path("loss").path("value");
  }

  @Test
  void theMeanOfTheLastThetaAloneIsTheta() throws IOException {
    Path run = train("--optimizer ema:0");
    assertThat(probe(run, "average")).isEqualTo(probe(run, "parameters"));
  }

  @Test
  void aMeanIsAPointOfItsOwn() throws IOException {
    Path run = train("--optimizer swa:from=1");
    assertThat(probe(run, "average")).isNotEqualTo(probe(run, "parameters"));
    assertThat(run("probe " + run + " --quantities loss --of average").out())
        .contains("step 20, average");
  }

  /** Of one θ alone, the statistics of which the mean keeps are another matter than the data's. */
  @Test
  void batchStatisticsCanBeTakenAnewAtTheMean() throws IOException {
    Path run = train("--optimizer swa:from=1 --probe loss:of=average");
    JsonNode kept = probe(run, "average");
    JsonNode fresh = probe(run, "average --update-bn");
    assertThat(fresh).isNotEqualTo(kept).isEqualTo(probe(run, "average --update-bn"));
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(new ObjectMapper().readTree(lines.getLast()).path("average_train_loss").asDouble())
        .isCloseTo(kept.asDouble(), withinPercentage(1e-4));
    assertThat(lines.getFirst()).doesNotContain("average_");
    assertThat(run("probe " + run + " --of average --update-bn --quantities loss").out())
        .contains("step 20, average, batch statistics anew");
  }

  @Test
  void aMeanThatIsNotThereIsOneLine() {
    Path run = train("--optimizer swa:from=5");
    CapturedRun refused = run("probe " + run + " --of average");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err())
        .contains("it keeps no mean of the parameters at step 20")
        .contains("the optimizer was swa:from=5");
    assertThat(run("probe " + run + " --of mean").err())
        .contains("unknown choice of parameters 'mean' (known: parameters, average, best)");
  }
}
