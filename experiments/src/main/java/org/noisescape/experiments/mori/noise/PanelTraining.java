package org.noisescape.experiments.mori.noise;

import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.report.Metrics;

/** Trains a panel in a folder of its own. */
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
    new StageTraining(panel.title(), panel.name() + "-lr", panel.training())
        .run(folder, request, commandLine);
    return Metrics.read(folder).stream().map(NoisePoint::of).toList();
  }
}
