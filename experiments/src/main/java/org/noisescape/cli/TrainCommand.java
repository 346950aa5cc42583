package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.runs.TrainingResult;
import org.noisescape.runs.TrainingSession;
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
final class TrainCommand implements Callable<Integer> {
  private final Console console;
  private final StopSignal stop;
  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;
  @Mixin private EndOptions ends;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "continue the run in this folder from its last checkpoint")
  private Path resume;

  @Mixin private DataOptions data;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "hold out this share of each class of the training samples, or a number of samples, and"
              + " measure there too: 0.1, 5000 or 0.1,seed=3 (default: none)")
  private String validation;

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description =
          "crop:4+flip+cutout:8, anew in every epoch, see 'list augmentations' (default: none)")
  private String augmentation;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "see 'list models' (default: " + TrainDefaults.MODEL + ")")
  private String model;

  @Option(
      names = "--init",
      paramLabel = "HOW",
      description = "glorot or he (default: " + TrainDefaults.INITIALIZATION + ")")
  private String initialization;

  @Option(
      names = "--start-from",
      paramLabel = "CHECKPOINT",
      description = "begin with the parameters of this checkpoint, at step 0")
  private Path startFrom;

  @Option(
      names = "--optimizer",
      paramLabel = "RULE",
      description =
          "see 'list optimizers'; + joins rules (default: " + TrainDefaults.OPTIMIZER + ")")
  private String optimizer;

  @Option(
      names = "--lr",
      paramLabel = "ETA",
      description = "learning rate (default: " + TrainDefaults.LEARNING_RATE + ")")
  private Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "HOW",
      description =
          "constant, cosine, step:0.1@30,60, see 'list schedules' (default: "
              + TrainDefaults.SCHEDULE
              + ")")
  private String schedule;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "samples of a mini-batch (default: " + TrainDefaults.BATCH + ")")
  private Integer batch;

  @Option(
      names = "--sampling",
      paramLabel = "HOW",
      description =
          "with-replacement or without-replacement (default: " + TrainDefaults.SAMPLING + ")")
  private String sampling;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      description = "passes over the data, fractions allowed (default: 10)")
  private Double epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of everything random (default: " + TrainDefaults.SEED + ")")
  private Long seed;

  @Option(
      names = "--replicas",
      paramLabel = "R",
      description = "independent runs in one program (default: " + TrainDefaults.REPLICAS + ")")
  private Integer replicas;

  @Option(
      names = "--probe",
      paramLabel = "NAME[:K][:of=average][:every=WHEN]",
      description =
          "what to measure, see 'list probes'; WHEN is 100 (steps), 1epoch or log1.5; of=average"
              + " measures at the mean that ema, polyak or swa keeps; may be repeated (default: "
              + TrainDefaults.PROBE
              + " once an epoch)")
  private List<String> probes;

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

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "folder of the run (default: runs/TIME-DATASET-MODEL)")
  private Path out;

  TrainCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    stop.heed();
    TrainingSession.Surroundings surroundings =
        new TrainingSession.Surroundings(
            compute.dataOfRun(console),
            spec.commandLine().getParent().getParseResult().originalArgs(),
            compute.progress(console),
            compute.details(console),
            stop::requested);
    return new TrainingSummary(console).print(train(surroundings));
  }

  private TrainingResult train(TrainingSession.Surroundings surroundings) {
    Map<String, Object> given = given();
    if (resume != null) {
      if (out != null) {
        throw new IllegalArgumentException(
            "--out does not go with --resume, which continues in " + resume + ": leave it out");
      }
      return TrainingSession.resume(resume, given, surroundings);
    }
    TrainConfiguration configuration = configuration(given);
    Path folder =
        out == null ? RunNames.fresh(configuration.dataset() + "-" + configuration.model()) : out;
    return TrainingSession.start(configuration, folder, surroundings);
  }

  /**
   * Looks whether the run that the options ask for would begin.
   *
   * @throws IllegalArgumentException in one line where it would not
   */
  void check() {
    TrainingSession.check(configuration(given()), compute.dataOfRun(console));
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
    DataOptions.put(given, "validation", validation);
    DataOptions.put(given, "augmentation", augmentation);
    DataOptions.put(given, "model", model);
    DataOptions.put(given, "initialization", initialization);
    DataOptions.put(
        given,
        "start_from",
        startFrom == null ? null : startFrom.toAbsolutePath().normalize().toString());
    DataOptions.put(given, "optimizer", optimizer);
    DataOptions.put(given, "learning_rate", learningRate);
    DataOptions.put(given, "schedule", schedule);
    DataOptions.put(given, "batch", batch);
    DataOptions.put(given, "sampling", sampling);
    DataOptions.put(given, "epochs", epochs);
    DataOptions.put(given, "seed", seed);
    DataOptions.put(given, "replicas", replicas);
    DataOptions.put(given, "checkpoint_every", checkpointEvery);
    DataOptions.put(given, "keep_checkpoints", keepCheckpoints);
    DataOptions.put(given, "tensorboard", tensorboard);
    if (probes != null) {
      List<ProbeSchedule> schedules = new ArrayList<>();
      probes.forEach(probe -> schedules.add(ProbeSchedule.parse(probe)));
      for (ProbeSchedule schedule : schedules) {
        if (Collections.frequency(schedules, schedule) > 1) {
          throw new IllegalArgumentException(
              "--probe %s:every=%s is given twice: leave one out"
                  .formatted(schedule.name(), schedule.every()));
        }
      }
      given.put("probes", schedules);
    }
    ends.collect(given);
    compute.collect(given);
    return given;
  }
}
