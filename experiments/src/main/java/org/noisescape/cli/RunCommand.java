package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.noisescape.cells.CellRunner;
import org.noisescape.datasets.Catalogue;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.BlockShare;
import org.noisescape.experiments.frame.EnsembleBlocks;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.ReplicaBlock;
import org.noisescape.experiments.frame.ReplicaShare;
import org.noisescape.linop.StoppedException;
import org.noisescape.report.FigureFiles;
import org.noisescape.runs.EngineNames;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunDirectory;
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
  @Mixin private PlaceOptions place;
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
      names = "--blocks",
      paramLabel = "K",
      description =
          "part the replicas of ensembles into K blocks, each a process; --jobs and --on say how"
              + " many at once and where")
  private Integer blocks;

  @Option(
      names = "--block",
      paramLabel = "I/K",
      hidden = true,
      description = "compute the I-th of K blocks of replicas only")
  private String block;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "folder of the run (default: runs/TIME-EXPERIMENT)")
  private Path out;

  @Mixin(name = "said")
  private AnnotationOptions annotations;

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
    if (blocks == null && (!place.here() || place.jobsGiven() || place.dryRun())) {
      throw new IllegalArgumentException(
          "an experiment runs in one process, unless --blocks K parts the replicas of its"
              + " ensembles: give --blocks too, or leave out --on, --jobs and --dry-run");
    }
    if (blocks != null && (blocks < 1 || blocks > ReplicaBlock.MOST)) {
      throw new IllegalArgumentException(
          "--blocks must be from 1 to %d, got %d".formatted(ReplicaBlock.MOST, blocks));
    }
    if (place.dryRun()) {
      throw new IllegalArgumentException(
          "--dry-run shows what a sweep submits; the blocks of a run begin with what it has"
              + " trained by then: leave it out");
    }
    int threads = threads(folder);
    ReplicaShare share = share(experiment, folder, threads, precision);
    FigureFiles.prepare();
    stop.heed(PATIENCE_SECONDS, hint);
    String takes = "%s, %s: %s".formatted(experiment.id(), size.label(), size.time());
    ProgressListener announced = block == null ? new AnnouncedProgress(progress, takes) : progress;
    progress.started("preparing");
    try {
      ExperimentRequest request =
          new ExperimentRequest(
              size,
              absolute(SettingWords.parse(settings)),
              Optional.ofNullable(dataset).map(Catalogue::absolute),
              compute.data(console).heardBy(new DataReading(announced, stop)),
              compute.engine(),
              threads,
              precision,
              seed,
              folder,
              announced,
              stop::requested,
              share);
      boolean goesOn =
          Files.exists(folder.resolve(RunDirectory.MANIFEST))
              && !Files.exists(folder.resolve(ExperimentOutcome.FILE));
      ExperimentOutcome outcome = annotations.over(folder, goesOn, () -> experiment.run(request));
      progress.finished();
      if (share instanceof BlockShare) {
        return CommandRunner.FINE;
      }
      console.out().println(outcome.summary(folder).stripTrailing());
    } catch (StoppedException e) {
      e.where().ifPresent(console.err()::println);
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

  private ReplicaShare share(Experiment experiment, Path folder, int threads, Precision precision) {
    if (block != null) {
      return new BlockShare(ReplicaBlock.parse(block));
    }
    if (blocks == null) {
      return ReplicaShare.WHOLE;
    }
    Path cells = folder.toAbsolutePath().normalize().resolve(EnsembleBlocks.FOLDER);
    Optional<String> engine = Optional.of(compute.engine()).filter(name -> experiment.usesEngine());
    CellRunner runner = place.runner(console, cells, id, threads, engine, precision);
    List<String> surroundings = new ArrayList<>(compute.dataWords());
    surroundings.addAll(List.of("--threads", Integer.toString(threads), "--no-progress"));
    return new EnsembleBlocks(experiment, blocks, runner, surroundings);
  }

  /**
   * CPU threads: what was given, else those of the interrupted experiment in the folder, else all,
   * of which blocks at once have an even share.
   */
  private int threads(Path folder) {
    Optional<Integer> known = compute.givenThreads();
    OptionalInt before = ExperimentFolder.threads(folder);
    if (known.isEmpty() && before.isPresent()) {
      known = Optional.of(before.getAsInt());
    }
    return blocks == null ? known.orElseGet(compute::threads) : place.threads(known);
  }
}
