package org.noisescape.cli;

import java.util.Map;
import org.noisescape.runs.TrainDefaults;
import picocli.CommandLine.Option;

/** Options of the steps of a training. */
final class StepOptions {
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

  /** Adds what the user gave, by names of the configuration. */
  void collect(Map<String, Object> given) {
    DataOptions.put(given, "optimizer", optimizer);
    DataOptions.put(given, "learning_rate", learningRate);
    DataOptions.put(given, "schedule", schedule);
    DataOptions.put(given, "batch", batch);
    DataOptions.put(given, "sampling", sampling);
    DataOptions.put(given, "epochs", epochs);
    DataOptions.put(given, "seed", seed);
    DataOptions.put(given, "replicas", replicas);
  }
}
