package org.noisescape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.noisescape.datasets.DataLocation;
import org.noisescape.loss.Losses;
import org.noisescape.runs.StoredParameters;
import org.noisescape.train.ParameterFormat;
import org.noisescape.train.ParameterFormats;
import org.noisescape.train.StoredTensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: writes parameters for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes the parameters of a checkpoint, without what the training kept beside them, for"
            + " other programs.")
final class ExportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private CheckpointChoice choice;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "safetensors, npz, onnx or dl4j, see 'list formats'")
  private String format;

  @Option(
      names = "--replica",
      paramLabel = "R",
      description = "which one of several, from 0 (default: the only one)")
  private Integer replica;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "file to write, which must not be there (default: RUN-STEP.FORMAT)")
  private Path out;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "folder of data sets (default: $NOISESCAPE_DATA, then the user's cache); asked only for"
              + " checkpoints of earlier versions")
  private Path dataDir;

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    choice.check();
    ParameterFormat chosen = ParameterFormats.require(format);
    StoredParameters stored =
        StoredParameters.open(
            choice.withSidecar("export a checkpoint of a run"),
            folder -> DataLocation.of(Optional.ofNullable(dataDir), console.environment()));
    if (choice.isAverage()) {
      stored = stored.averaged();
    }
    int which = which(stored);
    Path file = out == null ? Path.of(name(stored, which) + chosen.ending()) : out;
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(file + " is there already: choose another --out");
    }
    List<StoredTensor> tensors = stored.contents().tensors(stored.network(), which);
    chosen.write(file, stored.network(), Losses.parse(stored.configuration().loss()), tensors);
    console
        .out()
        .printf(
            "%s: %d parameters in %d tensors, %,d bytes%n",
            file, stored.network().parameterCount(), tensors.size(), Files.size(file));
    return CommandRunner.FINE;
  }

  private int which(StoredParameters stored) {
    int replicas = stored.contents().replicas();
    if (replica == null && replicas > 1) {
      throw new IllegalArgumentException(
          "%s has %d replicas: choose one, from --replica 0 to --replica %d"
              .formatted(stored.file(), replicas, replicas - 1));
    }
    int which = replica == null ? 0 : replica;
    if (which < 0 || which >= replicas) {
      throw new IllegalArgumentException(
          "--replica must be from 0 to %d, got %d".formatted(replicas - 1, which));
    }
    return which;
  }

  /** Of the run, the step, and what else tells files of one run apart. */
  private String name(StoredParameters stored, int which) {
    Path named = choice.file().toAbsolutePath().normalize().getFileName();
    String run = named == null ? "run" : named.toString().replaceFirst("\\.safetensors$", "");
    return run
        + "-"
        + stored.contents().state().step()
        + (choice.isDefault() ? "" : "-" + choice.of())
        + (stored.contents().replicas() == 1 ? "" : "-" + which);
  }
}
