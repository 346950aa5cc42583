package org.noisescape.cli;

import java.nio.file.Path;
import java.util.Map;
import org.noisescape.runs.TrainDefaults;
import picocli.CommandLine.Option;

/** Options of the network of a training and of the parameters it begins with. */
final class NetworkOptions {
  /** What ways to match there are. */
  static final String MATCHES =
      "names: tensors of the file have the model's names, which 'model' shows, perhaps behind module."
          + " or model.; order: they are taken by shape, and listed";

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

  @Option(names = "--match", paramLabel = "HOW", description = MATCHES + " (default: names)")
  private String match;

  /** Adds what the user gave, by names of the configuration. */
  void collect(Map<String, Object> given) {
    DataOptions.put(given, "model", model);
    DataOptions.put(given, "initialization", initialization);
    DataOptions.put(
        given,
        "start_from",
        startFrom == null ? null : startFrom.toAbsolutePath().normalize().toString());
    DataOptions.put(given, "start_match", match);
  }
}
