package org.noisescape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainingCheck;
import org.noisescape.runs.TrainingResult;
import org.noisescape.runs.TrainingSession;
import org.noisescape.train.ParameterFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: trains a network and measures on the way. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains a network and measures loss, accuracy and noise on the way.")
final class TrainCommand implements Callable<Integer>, ConfigurationText.Defaults {
  private final Console console;
  private final StopSignal stop;
  private volatile Path folder;
  @Spec private CommandSpec spec;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "continue the run in this folder from its last checkpoint")
  private Path resume;

  @Mixin private SampleOptions data;

  @Mixin(name = "model")
  private NetworkOptions network;

  @Mixin(name = "training")
  private StepOptions steps;

  @Mixin private MeasureOptions measure;

  @Option(
      names = "--log-every",
      paramLabel = "WHEN",
      description =
          "how often a line says where the training is: 1epoch, 100 (steps), log1.5 or 30s"
              + " (default: every epoch, fewer where they are shorter than a second)")
  private String logEvery;

  @Mixin(name = "keep")
  private KeepOptions kept;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "folder of the run (default: runs/TIME-DATASET-MODEL)")
  private Path out;

  @Mixin(name = "said")
  private AnnotationOptions annotations;

  @Mixin private ComputeOptions compute;
  @Mixin private ConfigurationOptions configuration;

  TrainCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    LogEvery every = LogEvery.parse(logEvery);
    stop.heed(this::cut);
    ProgressListener progress = compute.progress(console, every);
    TrainingSession.Surroundings surroundings =
        new TrainingSession.Surroundings(
            compute.dataOfRun(console, new DataReading(progress, stop)),
            Console.commandLine(spec),
            progress,
            compute.details(console),
            stop::requested);
    TrainingResult result;
    try {
      result = train(surroundings);
    } finally {
      progress.finished();
    }
    return new TrainingSummary(console).print(result);
  }

  /** Says where a run that was cut off goes on, if it has begun. */
  private void cut() {
    Path run = folder;
    if (run == null) {
      return;
    }
    RunDirectory.discardUnbegun(run);
    String again = console.command("train --resume", run);
    console
        .err()
        .println(
            Files.exists(run.resolve(RunDirectory.MANIFEST))
                ? "cut off; continue from the last checkpoint with: " + again
                : "cut off before the run had begun");
  }

  private TrainingResult train(TrainingSession.Surroundings surroundings) {
    Map<String, Object> given = given();
    if (resume != null) {
      if (out != null) {
        throw new IllegalArgumentException(
            "--out does not go with --resume, which continues in " + resume + ": leave it out");
      }
      folder = resume;
      return annotations.over(
          resume, true, () -> TrainingSession.resume(resume, given, surroundings));
    }
    TrainConfiguration configuration = configuration(given);
    console.notes(given.get("model"));
    folder =
        out == null ? RunNames.fresh(configuration.dataset() + "-" + configuration.model()) : out;
    return annotations.over(
        folder, false, () -> TrainingSession.start(configuration, folder, surroundings));
  }

  /**
   * Looks whether the run that the options ask for would begin.
   *
   * @param check knows what was looked at before
   * @throws IllegalArgumentException in one line where it would not
   */
  void check(TrainingCheck check) {
    check.require(configuration(given()), compute.dataOfRun(console));
  }

  /** Requires that a folder holds the run that the options ask for, begun or done. */
  void requireRunIn(Path run) {
    TrainingSession.requireRunOf(run, configuration(given()));
  }

  private static TrainConfiguration configuration(Map<String, Object> given) {
    return TrainConfiguration.defaults().with(given);
  }

  /** What the user gave, by names of the configuration. */
  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    data.collect(given);
    network.collect(given);
    if (resume == null && given.get("start_from") instanceof String from) {
      // a file that holds a network beside its parameters
      ParameterFormats.model(Path.of(from)).ifPresent(own -> given.putIfAbsent("model", own));
    }
    steps.collect(given);
    measure.collect(given);
    kept.collect(given);
    compute.collect(given);
    return given;
  }

  @Override
  public List<GivenOption> effective() {
    return TrainOptionNames.options(configuration(given()), "");
  }
}
