package org.noisescape.experiments.mori;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.ExperimentRequest;
import org.noisescape.report.Metrics;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunFailure;
import org.noisescape.runs.TrainingResult;
import org.noisescape.runs.TrainingSession;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.train.TrainingEvent.Outcome;

/** Trains a panel in a folder of its own, continues it, or leaves it alone where it is done. */
final class PanelTraining {
  private PanelTraining() {}

  /**
   * The points of each seed.
   *
   * @param panel what to train
   * @param run folder of the experiment
   * @param request surroundings
   * @param commandLine for the manifest
   */
  static List<List<NoisePoint>> run(
      Panel panel, Path run, ExperimentRequest request, List<String> commandLine) {
    Path folder = run.resolve(panel.name());
    if (!finished(folder)) {
      Surroundings surroundings =
          new Surroundings(
              request.data(),
              commandLine,
              named(panel, request.progress()),
              line -> {},
              () -> false);
      boolean begun = Files.exists(folder.resolve("manifest.json"));
      TrainingResult result =
          begun
              ? TrainingSession.resume(folder, Map.of("threads", request.threads()), surroundings)
              : TrainingSession.start(panel.training(), folder, surroundings);
      if (result.outcome() == Outcome.DIVERGED) {
        throw new RunFailure(
            "%s: the loss left the finite numbers by step %d; choose a smaller learning rate with --set %s-lr=..."
                .formatted(panel.title(), result.step(), panel.name()),
            null);
      }
    }
    return Metrics.read(folder).stream().map(NoisePoint::of).toList();
  }

  private static boolean finished(Path folder) {
    Path result = folder.resolve("result.json");
    try {
      return Files.exists(result)
          && new ObjectMapper()
              .readTree(result.toFile())
              .path("outcome")
              .asText()
              .equals(Outcome.COMPLETED.name());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + result + ": " + e.getMessage(), e);
    }
  }

  /** Tells which panel is trained instead of only that one is. */
  private static ProgressListener named(Panel panel, ProgressListener progress) {
    return new ProgressListener() {
      @Override
      public void started(String task) {
        progress.started(panel.title());
      }

      @Override
      public void progressed(long step, long steps, String note) {
        progress.progressed(step, steps, note);
      }

      @Override
      public void finished() {
        progress.finished();
      }
    };
  }
}
