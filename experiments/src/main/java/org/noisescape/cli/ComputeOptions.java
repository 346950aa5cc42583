package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.ReadingProgress;
import org.noisescape.registry.KnownName;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that computes. */
final class ComputeOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "folder of data sets (default: $NOISESCAPE_DATA, then the user's cache)")
  private Path dataDir;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "what computes, see 'list engines' (default: " + TrainDefaults.ENGINE + ")")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads (default: all processors; those of a run that is continued)")
  private Integer threads;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "float32, tf32 (engine cuda: products with factors of 10 bits) or float64 (default: "
              + TrainDefaults.PRECISION
              + ")")
  private String precision;

  @Option(
      names = "--no-progress",
      description = "no progress bar: on a terminal too, progress is told in lines, as in a file")
  private boolean noProgress;

  @Option(names = "--quiet", description = "no progress at all: errors and results only")
  private boolean quiet;

  @Mixin private VerboseOption verbose;

  /** Puts what was given into a map by names of the configuration. */
  void collect(Map<String, Object> given) {
    if (dataDir != null) {
      given.put("data_dir", dataDir.toAbsolutePath().normalize().toString());
    }
    if (engine != null) {
      given.put("engine", engine);
    }
    if (threads != null) {
      given.put("threads", threads());
    }
    if (precision != null) {
      given.put("precision", precision);
    }
  }

  /** CPU threads, where they were given. */
  Optional<Integer> givenThreads() {
    return threads == null ? Optional.empty() : Optional.of(threads());
  }

  /** Words that tell another process where data sets are looked for, if it was told here. */
  List<String> dataWords() {
    return dataDir == null
        ? List.of()
        : List.of("--data-dir", dataDir.toAbsolutePath().normalize().toString());
  }

  /** The first of the options that decide results which was given, if any. */
  Optional<String> deciding() {
    return engine != null
        ? Optional.of("--engine")
        : Optional.ofNullable(precision).map(given -> "--precision");
  }

  String engine() {
    return engine == null ? TrainDefaults.ENGINE : engine;
  }

  Precision precision() {
    return Precision.parse(
        precision == null
            ? TrainDefaults.PRECISION
            : KnownName.require("precision", precision, TrainConfiguration.precisions()));
  }

  int threads() {
    int chosen = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (chosen < 1) {
      throw new IllegalArgumentException("--threads must be >= 1, got " + chosen);
    }
    if (chosen > EngineOptions.MOST_THREADS) {
      throw new IllegalArgumentException(
          "--threads must be <= %d, got %d: this machine has %d processors"
              .formatted(
                  EngineOptions.MOST_THREADS, chosen, Runtime.getRuntime().availableProcessors()));
    }
    return chosen;
  }

  /** Where data sets are looked for by a command that has no run to look back to. */
  DataLocation data(Console console) {
    return DataLocation.of(Optional.ofNullable(dataDir), console.environment());
  }

  /**
   * Where data sets are looked for, given the folder a run read them from: that folder counts where
   * it still exists, or was just named.
   */
  Function<String, DataLocation> dataOfRun(Console console) {
    return folder ->
        DataLocation.of(
            Optional.ofNullable(folder)
                .map(Path::of)
                .filter(path -> dataDir != null || Files.isDirectory(path)),
            console.environment());
  }

  /** The same; this hears how what is read from there is coming on. */
  Function<String, DataLocation> dataOfRun(Console console, ReadingProgress reading) {
    return dataOfRun(console).andThen(where -> where.heardBy(reading));
  }

  ProgressListener progress(Console console) {
    return progress(console, LogEvery.parse(null));
  }

  /** Shows progress; trainings say where they are as often as told. */
  ProgressListener progress(Console console, LogEvery every) {
    return quiet ? new QuietProgress(console.err()) : progress(console, every, !noProgress);
  }

  /** Shows progress of any command: on a terminal with a bar, unless that is not wanted. */
  static ProgressListener progress(Console console, LogEvery every, boolean bar) {
    return console.terminal() && bar
        ? TerminalProgress.of(console, every)
        : new LogProgress(console.err(), every, TaskProgress::seconds);
  }

  Consumer<String> details(Console console) {
    return verbose.given() ? console.err()::println : line -> {};
  }
}
