package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe says of its data, of what did not converge, and of what cannot be had. */
class ProbeHonestyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path train(String data, String options) {
    Path run = folder.resolve("run");
    CapturedRun trained =
        CapturedRun.of(
            ("train --dataset %s --out %s --lr 0.1 --quiet %s".formatted(data, run, options))
                .split(" "));
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    return run;
  }

  private static CapturedRun probe(Path run, String options) {
    return CapturedRun.of(
        Stream.concat(Stream.of("probe", run.toString()), Stream.of(options.split(" ")))
            .toArray(String[]::new));
  }

  @Test
  void changedDataAreRefusedUnlessAllowedAndThenRecorded() throws IOException {
    IdxFolder data = IdxFolder.good(folder.resolve("data"));
    Path run = train(data.spec(), "--model linear --epochs 1 --batch 10");
    Path images = data.path().resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[100] ^= 1;
    Files.write(images, bytes);
    CapturedRun refused = probe(run, "--quantities loss");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err())
        .contains("train/train-images-idx3-ubyte was ")
        .contains(", is ")
        .contains("--allow-changed-data");
    CapturedRun allowed = probe(run, "--quantities loss --allow-changed-data --json");
    assertThat(allowed.code()).isZero();
    assertThat(JSON.readTree(allowed.out()).path("data_changed").asText())
        .startsWith("train/train-images-idx3-ubyte was ");
    assertThat(probe(run, "--quantities loss --allow-changed-data").out())
        .contains("data changed: train/train-images-idx3-ubyte was ");
    bytes[100] ^= 1;
    Files.write(images, bytes);
    CapturedRun same = probe(run, "--quantities loss --json");
    assertThat(JSON.readTree(same.out()).has("data_changed")).isFalse();
  }

  /** Sidecars of version 0.5 and before say nothing of the data. */
  @Test
  void aSidecarWithoutDigestsIsStillRead() throws IOException {
    IdxFolder data = IdxFolder.good(folder.resolve("data"));
    Path run = train(data.spec(), "--model linear --epochs 1 --batch 10");
    Path sidecar = run.resolve("checkpoints/last.json");
    var tree = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(sidecar.toFile());
    assertThat(tree.remove("data").size()).isEqualTo(2);
    JSON.writeValue(sidecar.toFile(), tree);
    assertThat(probe(run, "--quantities loss").code()).isZero();
  }

  @Test
  void oneSampleHasNoNoiseAndATrainingGoesOn() throws IOException {
    Path run =
        train(
            "digits",
            "--subset 1 --batch 1 --model mlp:4 --epochs 2 --probe covariance-top:1"
                + " --probe alignment:1 --probe noise --probe fdr");
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    for (String line : lines) {
      JsonNode node = JSON.readTree(line);
      if (node.has("covariance_top_1")) {
        assertThat(node.path("covariance_top_1").asDouble()).isZero();
        assertThat(node.path("alignment_converged").asDouble()).isZero();
        assertThat(node.has("alignment")).isFalse();
      }
      assertThat(node.path("noise_strength").asDouble()).isNotNegative();
    }
    CapturedRun table = probe(run, "--quantities covariance-top:1,alignment:1,loss");
    assertThat(table.out())
        .containsPattern("alignment:1 +undefined")
        .contains("S is zero, to rounding")
        .containsPattern("loss +[0-9]");
  }

  @Test
  void whatDidNotConvergeSaysSoInTheTableToo() {
    Path run = train("digits", "--subset 60 --batch 10 --model mlp:8 --epochs 1");
    CapturedRun table = probe(run, "--quantities hessian-density --max-products 20");
    assertThat(table.out()).containsPattern("hessian-density +201 values, see --json \\[not conv");
  }

  /** 1,144 parameters: beyond a Krylov basis, a matrix for LAPACK, or refused. */
  @Test
  void nearlyAllEigenvaluesAreADenseProblem() throws IOException {
    IdxFolder data = IdxFolder.good(folder.resolve("data"));
    Path run = train(data.spec(), "--batch 10 --model mlp:42 --epochs 1 --precision float64");
    CapturedRun all = probe(run, "--quantities hessian-top:1144,hessian-trace --json");
    assertThat(all.code()).as(all.err()).isZero();
    JsonNode top = JSON.readTree(all.out()).path("hessian_top");
    double trace = JSON.readTree(all.out()).path("hessian_trace").path("value").asDouble();
    double sum = 0;
    for (JsonNode value : top.path("value")) {
      sum += value.asDouble();
    }
    assertThat(top.path("value")).hasSize(1144);
    assertThat(top.path("products").asInt()).isEqualTo(1144);
    assertThat(top.path("converged").asBoolean()).isTrue();
    assertThat(sum).isCloseTo(trace, within(1e-10 * trace));
    CapturedRun refused = probe(run, "--quantities hessian-top:1144 --max-products 1000");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().strip().lines()).hasSize(1);
    assertThat(refused.err())
        .contains("hessian-top:1144: K must be at most 500")
        .contains("raise max-products to the 1144 parameters");
  }
}
