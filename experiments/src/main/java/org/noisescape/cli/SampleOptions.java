package org.noisescape.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the samples of a training. */
final class SampleOptions {
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

  /** Adds what the user gave, by names of the configuration. */
  void collect(Map<String, Object> given) {
    data.collect(given);
    DataOptions.put(given, "validation", validation);
    DataOptions.put(given, "augmentation", augmentation);
  }
}
