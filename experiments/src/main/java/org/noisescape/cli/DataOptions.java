package org.noisescape.cli;

import java.util.Map;
import org.noisescape.datasets.Catalogue;
import org.noisescape.runs.TrainDefaults;
import picocli.CommandLine.Option;

/** Options that say on which data, and with which loss, a network is looked at. */
final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "see 'list datasets', with options as in mnist:size=14 or cifar-10:grey,size=7;"
              + " npz:FILE, images:DIR, csv:FILE, idx:DIR or cifar:DIR for files of yours (default: "
              + TrainDefaults.DATASET
              + ")")
  private String dataset;

  @Option(names = "--subset", paramLabel = "N", description = "the first N training samples")
  private Integer subset;

  @Option(
      names = "--target",
      paramLabel = "MAP",
      description = "one-hot, parity (+1 even, -1 odd) or value (default: what suits the data)")
  private String target;

  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      description =
          "none, standardize, or mean=0.5,std=0.25, one number or one a channel (default: none,"
              + " pixels in [0, 1])")
  private String normalization;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description =
          "mse, ce, ce:0.1 with label smoothing, see 'list losses' (default: "
              + TrainDefaults.LOSS
              + ")")
  private String loss;

  /** Puts what was given into a map by names of the configuration. */
  void collect(Map<String, Object> given) {
    put(given, "dataset", dataset == null ? null : Catalogue.absolute(dataset));
    put(given, "subset", subset);
    put(given, "target", target);
    put(given, "normalization", normalization);
    put(given, "loss", loss);
  }

  static void put(Map<String, Object> given, String name, Object value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
