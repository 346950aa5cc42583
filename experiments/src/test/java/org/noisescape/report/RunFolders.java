package org.noisescape.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Small run folders as the program writes them. */
final class RunFolders {
  private RunFolders() {}

  /**
   * A training whose loss of replica r at step 10·i is (seed + r) / (i + 1), with noise twice that.
   *
   * @param rows measurements of each replica
   * @param outcome of {@code result.json}, empty for none
   */
  static Path training(Path run, long seed, String rate, int replicas, int rows, String outcome)
      throws IOException {
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"kind": "train", "started": "2026-02-03T04:05:06Z", "seed": %d, "commit": "abc",
         "engine": {"name": "host"}, "data": {"train/x": "sha256:0123456789abcdef"},
         "configuration": {"model": "mlp:5", "dataset": "digits", "optimizer": "sgd",
           "learning_rate": %s, "seed": %d, "replicas": %d, "threads": %d,
           "probes": [{"name": "noise", "every": "10"}]}}
        """
            .formatted(seed, rate, seed, replicas, seed));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      for (int r = 0; r < replicas; r++) {
        double loss = (double) (seed + r) / (i + 1);
        lines.append(
            String.format(
                Locale.ROOT,
                "{\"step\":%d,\"epoch\":%s,%s\"train_loss\":%s,\"test_loss\":%s,"
                    + "\"test_accuracy\":0.5,\"noise_strength\":%s}%n",
                10 * i,
                0.5 * i,
                replicas > 1 ? "\"replica\":" + r + "," : "",
                loss,
                1.5 * loss,
                2 * loss));
      }
    }
    Files.writeString(run.resolve("metrics.jsonl"), lines);
    if (!outcome.isEmpty()) {
      Files.writeString(run.resolve("result.json"), "{\"outcome\": \"" + outcome + "\"}");
    }
    return run;
  }

  /** An experiment with a verdict, a first-passage drawing and two tables. */
  static Path experiment(Path run, String id, String preset, String verdict) throws IOException {
    Files.createDirectories(run.resolve("tables"));
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"kind": "experiment", "id": "%s", "title": "About %s", "preset": "%s", "seed": 1,
         "source": "A <text>", "settings": {"steps": "%d"}}
        """
            .formatted(id, id, preset, 100 * preset.length()));
    Files.writeString(
        run.resolve("outcome.json"),
        """
        {"id": "%s", "preset": "%s", "verdict": "%s", "criterion": "|slope - 1| < 2 SE",
         "measurements": [{"name": "slope & more", "value": 1.4321, "standard_error": 0.012,
                           "theory": 1, "verdict": "%s"}]}
        """
            .formatted(id, preset, verdict, verdict));
    Files.writeString(
        run.resolve("tables/noise_vs_loss.csv"),
        "panel,seed,train_loss,noise_strength\nmlp,0,1,2\nmlp,0,0.1,0.2\ncnn,0,,3\n");
    Files.writeString(
        run.resolve("tables/spectra.csv"), "seed,rank,eigenvalue\n0,1,9\n0,2,3\n1,1,8\n");
    Figure.Axis axis = new Figure.Axis("x", Figure.Scale.LINEAR);
    FigureFiles.write(
        run,
        java.util.List.of(
            new Figure(
                "first-passage",
                "Mean time",
                "Times.",
                axis,
                axis,
                java.util.List.of(
                    new Figure.Points(
                        "a", 0, new double[] {1, 2}, new double[] {3, 4}, new double[0])))));
    return run;
  }
}
