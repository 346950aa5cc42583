package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.noisescape.datasets.Catalogue;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.linop.StoppedException;
import org.noisescape.runs.EngineNames;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: an experiment of the catalogue. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs an experiment and compares what it measures with the theory.")
final class RunCommand implements Callable<Integer> {
  /** How long a stopped experiment may take to write what it has. */
  private static final long PATIENCE_SECONDS = 30;

  private final Console console;
  private final StopSignal stop;
  @Mixin private ComputeOptions compute;
  @Mixin private ConfigurationOptions configuration;

  @Parameters(paramLabel = "EXPERIMENT", description = "see 'list experiments'")
  private String id;

  @Option(
      names = "--preset",
      paramLabel = "SIZE",
      defaultValue = "quick",
      description = "quick, standard or paper (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "replaces a setting of the preset; may be repeated")
  private List<String> settings = List.of();

  @Option(names = "--dataset", paramLabel = "NAME", description = "replaces the preset's data set")
  private String dataset;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of everything random (default: " + TrainDefaults.SEED + ")")
  private long seed = TrainDefaults.SEED;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "folder of the run (default: runs/TIME-EXPERIMENT)")
  private Path out;

  RunCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Experiment experiment = ExperimentCatalogue.find(id);
    Preset size = Preset.parse(preset);
    Precision precision = compute.precision();
    // what needs no engine runs where there is none
    if (!compute.engine().equals(TrainDefaults.ENGINE)) {
      EngineNames.require(compute.engine(), precision);
    }
    Path folder = out == null ? RunNames.fresh(experiment.id()) : out;
    ProgressListener progress = compute.progress(console);
    // an experiment keeps what it has, and continues when it is asked for in the same folder
    String again = console.command("run " + experiment.id() + " (same options) --out", folder);
    String look = console.command("report", folder);
    // a run that is done is not continued
    Runnable hint =
        () ->
            console
                .err()
                .println(
                    Files.exists(folder.resolve(ExperimentOutcome.FILE))
                        ? "the run was done; its report is drawn with: " + look
                        : "stopped; continue with: " + again);
    stop.heed(PATIENCE_SECONDS, hint);
    try {
      ExperimentOutcome outcome =
          experiment.run(
              new ExperimentRequest(
                  size,
                  absolute(SettingWords.parse(settings)),
                  Optional.ofNullable(dataset).map(Catalogue::absolute),
                  compute.data(console),
                  compute.engine(),
                  threads(folder),
                  precision,
                  seed,
                  folder,
                  progress,
                  stop::requested));
      progress.finished();
      console.out().println(outcome.summary(folder).stripTrailing());
    } catch (StoppedException e) {
      return CommandRunner.INTERRUPTED;
    } finally {
      progress.finished();
    }
    return CommandRunner.FINE;
  }

  /** Settings whose files are found from every folder. */
  private static Map<String, String> absolute(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.replaceAll((key, value) -> Catalogue.absolute(value));
    return all;
  }

  /** CPU threads: what was given, else those of the interrupted experiment in the folder. */
  private int threads(Path folder) {
    return compute
        .givenThreads()
        .orElseGet(() -> ExperimentFolder.threads(folder).orElseGet(compute::threads));
  }
}
