package org.noisescape.cli;

import java.util.Map;
import org.noisescape.runs.TrainDefaults;
import picocli.CommandLine.Option;

/** Options of what a training leaves behind. */
final class KeepOptions {
  @Option(
      names = "--checkpoint-every",
      paramLabel = "WHEN",
      description =
          "100 (steps), 1epoch or log1.5 (default: " + TrainDefaults.CHECKPOINT_EVERY + ")")
  private String checkpointEvery;

  @Option(
      names = "--keep-checkpoints",
      description = "keep every checkpoint under its step, not only the last")
  private Boolean keepCheckpoints;

  @Option(
      names = "--tensorboard",
      description = "also write what is measured as event files into RUN/tensorboard")
  private Boolean tensorboard;

  /** Adds what the user gave, by names of the configuration. */
  void collect(Map<String, Object> given) {
    DataOptions.put(given, "checkpoint_every", checkpointEvery);
    DataOptions.put(given, "keep_checkpoints", keepCheckpoints);
    DataOptions.put(given, "tensorboard", tensorboard);
  }
}
