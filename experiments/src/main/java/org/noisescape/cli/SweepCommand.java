package org.noisescape.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.Cells;
import org.noisescape.datasets.Catalogue;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.files.FileErrors;
import org.noisescape.registry.NearestName;
import org.noisescape.report.FigureFiles;
import org.noisescape.runs.EngineNames;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.sweep.Cell;
import org.noisescape.sweep.CellResult;
import org.noisescape.sweep.CellSubject;
import org.noisescape.sweep.ExperimentCells;
import org.noisescape.sweep.Grid;
import org.noisescape.sweep.Seeds;
import org.noisescape.sweep.Sweep;
import org.noisescape.sweep.SweepFolder;
import org.noisescape.sweep.SweepReport;
import org.noisescape.sweep.SweepRequest;
import org.noisescape.tensor.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sweep}: a grid over an experiment, or over plain training. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs an experiment, or training, at every point of a grid of settings.")
final class SweepCommand implements Callable<Integer> {
  private final Console console;
  private final StopSignal stop;
  @Spec private CommandSpec spec;
  @Mixin private PlaceOptions place;
  @Mixin private ComputeOptions compute;
  @Mixin private ConfigurationOptions configuration;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "see 'list experiments'; or the word train, whose settings are its options")
  private String subject;

  @Option(
      names = "--grid",
      paramLabel = "KEY=V1,V2",
      description =
          "values of a setting, with ; between them where they have commas in them; may be"
              + " repeated")
  private List<String> grid;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of all cells; may be repeated")
  private List<String> settings;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "seeds of each point: replicas where that can be, else cells (default: 1)")
  private Integer count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the first seed (default: " + TrainDefaults.SEED + ")")
  private Long seed;

  @Option(
      names = "--preset",
      paramLabel = "SIZE",
      description = "quick, standard or paper (default: quick)")
  private String preset;

  @Option(names = "--dataset", paramLabel = "NAME", description = "data set of all cells")
  private String dataset;

  @Option(
      names = "--resume",
      paramLabel = "SWEEP",
      description = "continue the sweep in this folder; failed cells are tried again")
  private Path resume;

  @Option(
      names = "--status",
      paramLabel = "SWEEP",
      description = "say how far the sweep in this folder is, wherever it runs, and run nothing")
  private Path status;

  @Option(
      names = "--out",
      paramLabel = "SWEEP",
      description = "folder of the sweep, also to continue (default: runs/TIME-sweep-EXPERIMENT)")
  private Path out;

  @Mixin(name = "said")
  private AnnotationOptions annotations;

  private Optional<Integer> recordedThreads = Optional.empty();

  SweepCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    if (status != null) {
      requireAlone("--status", status);
      return new SweepStatus(console, status).print();
    }
    if (resume != null) {
      requireAlone("--resume", resume);
    }
    Path earlier = resume != null ? resume : out;
    if (resume != null || (earlier != null && SweepFolder.isSweep(earlier))) {
      recordedThreads = Optional.of(SweepFolder.read(earlier).threads());
    }
    SweepRequest request =
        resume == null ? request() : SweepFolder.read(resume).withThreads(threads());
    Path shown = resume != null ? resume : out != null ? out : RunNames.fresh("sweep-" + subject);
    Path folder = shown.toAbsolutePath().normalize();
    SweepFolder.requireSame(folder, request);
    CellSubject cells = cells(request, folder);
    List<Cell> fresh = new ArrayList<>();
    for (Cell cell : request.cells()) {
      CellFolder place = SweepFolder.of(folder, cell);
      if (place.begun()) {
        cells.requireOwn(cell, place.path());
      } else {
        fresh.add(cell);
      }
    }
    ProgressListener progress = compute.progress(console);
    try {
      progress.started("checking " + request.cells().size() + " cells");
      check(cells, fresh);
    } finally {
      progress.finished();
    }
    CellRunner runner =
        place.runner(
            console,
            folder,
            "sweep " + request.subject(),
            request.threads(),
            Optional.of(request.engine()).filter(engine -> cells.usesEngine()),
            Precision.parse(request.precision()));
    if (place.dryRun()) {
      return dryRun(Sweep.tasks(folder, request, cells), runner);
    }
    List<String> words = Console.commandLine(spec);
    SweepSummary summary = new SweepSummary(console, progress, shown, place.again());
    FigureFiles.prepare();
    stop.heed(() -> {});
    progress.started("sweep");
    List<CellResult> results;
    try {
      results =
          annotations.over(
              folder,
              SweepFolder.isSweep(folder),
              () ->
                  SweepFolder.hold(
                      folder,
                      request,
                      words,
                      held -> {
                        List<CellResult> all =
                            new Sweep(held, cells, runner).run(summary, stop::requested);
                        summary.page(SweepReport.write(held, all, stop.requested()));
                        return all;
                      }));
    } finally {
      progress.finished();
    }
    return summary.print(request, results, stop.requested());
  }

  private void requireAlone(String option, Path folder) {
    given()
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  "%s does not go with %s, which goes by what %s says: leave it out"
                      .formatted(other, option, folder.resolve(SweepFolder.FILE)));
            });
  }

  private static int dryRun(List<CellTask> tasks, CellRunner runner) {
    try {
      Cells.run(tasks, runner, (task, state, left) -> {}, () -> false);
      return CommandRunner.FINE;
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /** What was parted at commas may have been one value: the refusal then says how to write it. */
  private void check(CellSubject cells, List<Cell> fresh) {
    try {
      cells.check(fresh);
    } catch (IllegalArgumentException e) {
      String list = grid == null ? null : Grid.parted(grid).orElse(null);
      if (list == null) {
        throw e;
      }
      throw new IllegalArgumentException(
          "%s; '%s' was parted at its commas: of values with commas write --grid '%s;'"
              .formatted(e.getMessage(), list, list),
          e);
    }
  }

  /** The first of the options that say what the sweep is, if one was given. */
  private Optional<String> given() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("EXPERIMENT", subject);
    options.put("--grid", grid);
    options.put("--set", settings);
    options.put("--seeds", count);
    options.put("--seed", seed);
    options.put("--preset", preset);
    options.put("--dataset", dataset);
    options.put("--out", out);
    return options.entrySet().stream()
        .filter(option -> option.getValue() != null)
        .map(Map.Entry::getKey)
        .findFirst()
        .or(compute::deciding);
  }

  private SweepRequest request() {
    if (subject == null) {
      throw new IllegalArgumentException(
          "name what to sweep: an experiment of 'list experiments', or train");
    }
    Grid points = Grid.parse(grid == null ? List.of() : grid);
    Map<String, String> fixed = SettingWords.parse(settings == null ? List.of() : settings);
    Set<String> keys = new LinkedHashSet<>(points.axes().keySet());
    keys.addAll(fixed.keySet());
    Precision precision = compute.precision();
    if (!compute.engine().equals(TrainDefaults.ENGINE)) {
      // another machine may have what this one has not
      EngineNames.requireKnown(compute.engine());
      if (place.here()) {
        EngineNames.require(compute.engine(), precision);
      }
    }
    return subject.equals(SweepRequest.TRAIN)
        ? training(points, fixed, keys, precision)
        : experiment(points, fixed, keys, precision);
  }

  private SweepRequest training(
      Grid points, Map<String, String> fixed, Set<String> keys, Precision precision) {
    if (preset != null) {
      throw new IllegalArgumentException("training has no presets: leave out --preset " + preset);
    }
    TrainCells.requireKnown(console, keys);
    Map<String, String> all = new LinkedHashMap<>(fixed);
    if (dataset != null) {
      if (keys.contains("dataset")) {
        throw new IllegalArgumentException("--dataset is given twice: leave one out");
      }
      all.put("dataset", dataset);
    }
    all.replaceAll(TrainCells::absolute);
    Map<String, List<String>> axes = new LinkedHashMap<>();
    points
        .axes()
        .forEach(
            (key, values) ->
                axes.put(key, values.stream().map(v -> TrainCells.absolute(key, v)).toList()));
    return request("", new Grid(axes), all, "", Seeds.REPLICAS, precision);
  }

  private SweepRequest experiment(
      Grid points, Map<String, String> fixed, Set<String> keys, Precision precision) {
    if (!ExperimentCatalogue.ids().contains(subject)) {
      List<String> known = new ArrayList<>(ExperimentCatalogue.ids());
      known.add(SweepRequest.TRAIN);
      throw new IllegalArgumentException(NearestName.unknown("experiment", subject, known));
    }
    Experiment experiment = ExperimentCatalogue.find(subject);
    if (keys.contains("seed")) {
      throw new IllegalArgumentException(
          "a sweep takes no setting 'seed': give the first with --seed and their number with"
              + " --seeds");
    }
    String size = Preset.parse(preset == null ? Preset.QUICK.label() : preset).label();
    Seeds seeds = ExperimentCells.seeds(experiment, count == null ? 1 : count, keys);
    if (seeds == Seeds.SETTING) {
      console
          .err()
          .printf(
              "%s has a setting seeds of its own: --seeds %d sets that in every cell%n",
              experiment.id(), count);
    }
    String data = dataset == null ? "" : Catalogue.absolute(dataset);
    return request(size, points, fixed, data, seeds, precision);
  }

  private SweepRequest request(
      String size,
      Grid points,
      Map<String, String> fixed,
      String data,
      Seeds seeds,
      Precision precision) {
    return new SweepRequest(
        subject,
        size,
        points,
        fixed,
        data,
        seed == null ? TrainDefaults.SEED : seed,
        count == null ? 1 : count,
        seeds,
        compute.engine(),
        precision.label(),
        threads());
  }

  private CellSubject cells(SweepRequest request, Path folder) {
    List<String> words = new ArrayList<>(compute.dataWords());
    words.addAll(List.of("--threads", Integer.toString(request.threads()), "--no-progress"));
    return request.subject().equals(SweepRequest.TRAIN)
        ? new TrainCells(console, request, words, place.here())
        : new ExperimentCells(request, compute.data(console), words, folder);
  }

  /** CPU threads of a cell, where they were given or the folder's sweep has begun with them. */
  private Optional<Integer> chosenThreads() {
    return compute.givenThreads().or(() -> recordedThreads);
  }

  private int threads() {
    return place.threads(chosenThreads());
  }
}
