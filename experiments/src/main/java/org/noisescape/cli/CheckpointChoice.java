package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.registry.KnownName;
import org.noisescape.runs.RunDirectory;
import org.noisescape.train.Checkpoint;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which parameters of a run are looked at. */
final class CheckpointChoice {
  private static final String PARAMETERS = "parameters";
  private static final String AVERAGE = "average";
  private static final String BEST = "best";

  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "a .safetensors file with its .json, or the folder of a run")
  private Path file;

  @Option(
      names = "--of",
      paramLabel = "WHAT",
      defaultValue = PARAMETERS,
      description =
          "parameters; average: the mean that ema, polyak or swa kept; best: the checkpoint that"
              + " --keep-best kept (default: ${DEFAULT-VALUE})")
  private String of;

  /** Requires a known choice. */
  void check() {
    KnownName.require("choice of parameters", of, List.of(PARAMETERS, AVERAGE, BEST));
  }

  /** What the user named. */
  Path file() {
    return file;
  }

  /** The choice, in a word. */
  String of() {
    return of;
  }

  boolean isDefault() {
    return of.equals(PARAMETERS);
  }

  boolean isAverage() {
    return of.equals(AVERAGE);
  }

  /**
   * The checkpoint, which has a sidecar.
   *
   * @param remedy what to do where it has none
   * @throws IllegalArgumentException in one line where it is not there
   */
  Path withSidecar(String remedy) {
    Path checkpoint = of.equals(BEST) ? best() : last();
    Path sidecar = Checkpoint.sidecarOf(checkpoint);
    if (Files.exists(checkpoint) && Files.notExists(sidecar)) {
      throw new IllegalArgumentException(
          "%s has no %s beside it, which says what was trained: %s"
              .formatted(checkpoint, sidecar.getFileName(), remedy));
    }
    return checkpoint;
  }

  private Path best() {
    Path best = RunDirectory.bestCheckpointOf(file);
    if (!Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "--of best goes with the folder of a run, got %s: leave it out, or name the folder"
              .formatted(file));
    }
    if (!Files.exists(best)) {
      throw new IllegalArgumentException(
          file + " holds no checkpoints/best.safetensors: train with --keep-best test_loss");
    }
    return best;
  }

  private Path last() {
    Path last = RunDirectory.lastCheckpointOf(file);
    if (!Files.isDirectory(file)) {
      return file;
    }
    if (!Files.exists(last)) {
      throw new IllegalArgumentException(
          file + " holds no checkpoints/last.safetensors: name a .safetensors file");
    }
    return last;
  }
}
