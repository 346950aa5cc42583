package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.files.JsonFile;

/** Networks on an npz of the user's; the recipe is src/test/python/make_npz_goldens.py. */
class NpzCheckpointTest {
  private static final String MODEL = "net: linear 12, relu, linear 8, gelu, linear";

  @TempDir private Path folder;

  @Test
  void perceptronIsMeasuredAsByPyTorch() throws IOException {
    CapturedRun run =
        CapturedRun.of(
            "probe",
            file("perceptron.safetensors").toString(),
            "--json",
            "--quiet",
            "--model",
            MODEL,
            "--dataset",
            "npz:" + file("points.npz"),
            "--loss",
            "ce",
            "--quantities",
            "loss,gradient-norm,noise-strength,hessian-top:5");
    assertThat(run.err()).isEmpty();
    ForeignCheckpointTest.requireGolden(
        run, JsonFile.object(file("numbers.json")).path("perceptron"));
  }

  @Test
  void runsOnFilesOfTheUserRecordTheirPathAndDigest() throws IOException {
    Path here = Path.of("").toAbsolutePath().relativize(file("points.npz"));
    Path run = folder.resolve("run");
    CapturedRun trained =
        CapturedRun.of(
            "train",
            "--dataset",
            "npz:" + here,
            "--model",
            MODEL,
            "--loss",
            "ce",
            "--epochs",
            "2",
            "--batch",
            "15",
            "--validation",
            "0.1",
            "--normalize",
            "standardize",
            "--out",
            run.toString());
    assertThat(trained.err()).doesNotContain("points.npz:");
    String manifest = JsonFile.object(run.resolve("manifest.json")).toString();
    assertThat(manifest)
        .contains("npz:" + file("points.npz"))
        .contains("train/points.npz")
        .contains("test/points.npz");
    assertThat(CapturedRun.of("probe", run.toString(), "--quantities", "test-accuracy").out())
        .contains("test-accuracy");
  }

  private static Path file(String name) {
    try {
      return Path.of(NpzCheckpointTest.class.getResource("/npz/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
