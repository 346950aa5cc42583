package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which data a training or a measurement takes, in the words of {@link Catalogue#load}: a data set
 * by name or path, and what is done to it.
 *
 * @param dataset as in {@link Catalogue#load}
 * @param location where data sets are looked for
 * @param subset the first so many training samples, or none for all
 * @param target how labels become targets, or none for what suits the data: one-hot for classes,
 *     value for real numbers
 * @param normalization none, standardize, or as in mean=0.5,std=0.25
 * @param validation training samples held out, as in {@link HoldOut#parse}, or none
 */
public record DataRequest(
    String dataset,
    DataLocation location,
    Optional<Integer> subset,
    Optional<TargetMap> target,
    String normalization,
    Optional<HoldOut> validation) {
  /** Checks the numbers. */
  public DataRequest {
    if (subset.isPresent() && subset.get() < 1) {
      throw new DataException("subset must be >= 1, got " + subset.get());
    }
    FeatureNormalization.check(normalization);
  }

  /** A whole data set as it is, looked for in {@code NOISESCAPE_DATA} and the user's cache. */
  public static DataRequest of(String dataset) {
    return new DataRequest(
        dataset,
        DataLocation.of(Optional.empty(), System.getenv()),
        Optional.empty(),
        Optional.empty(),
        "none",
        Optional.empty());
  }

  /** The same, looked for in a folder before all others. */
  public DataRequest in(Path folder) {
    return at(DataLocation.of(Optional.of(folder), System.getenv()));
  }

  /** The same, looked for elsewhere. */
  public DataRequest at(DataLocation other) {
    return new DataRequest(dataset, other, subset, target, normalization, validation);
  }

  /** The first so many training samples only. */
  public DataRequest withSubset(int samples) {
    return new DataRequest(
        dataset, location, Optional.of(samples), target, normalization, validation);
  }

  /** Labels become targets like this: one-hot, parity, value. */
  public DataRequest withTarget(String map) {
    return new DataRequest(
        dataset, location, subset, Optional.of(TargetMap.parse(map)), normalization, validation);
  }

  /** Features are shifted and scaled: standardize, or as in mean=0.5,std=0.25. */
  public DataRequest withNormalization(String text) {
    return new DataRequest(dataset, location, subset, target, text, validation);
  }

  /** A share of the training samples, or a number of them, is held out. */
  public DataRequest withValidation(String share) {
    return new DataRequest(
        dataset, location, subset, target, normalization, Optional.of(HoldOut.parse(share)));
  }

  /**
   * Reads the data.
   *
   * @throws IllegalArgumentException in one line for whatever is wrong
   */
  public LoadedData load() {
    DatasetPair pair = Catalogue.load(dataset, location);
    Dataset train = pair.train();
    if (subset.isPresent()) {
      train = train.subset(subset.get());
      Catalogue.requireShuffleWithin(dataset, subset.get());
    }
    train.requireFinite();
    pair.test().ifPresent(Dataset::requireFinite);
    Optional<HoldOut.Parts> parts = Optional.empty();
    if (validation.isPresent()) {
      parts = Optional.of(validation.get().apply(train));
      train = parts.get().training();
    }
    TargetMap map = target.orElse(train.isRegression() ? TargetMap.VALUE : TargetMap.ONE_HOT);
    FeatureNormalization scaling = FeatureNormalization.of(normalization, train);
    Map<String, String> digests = LoadedData.digests(pair);
    return new LoadedData(
        new DatasetSource(train, map, scaling),
        pair.test().map(test -> new DatasetSource(test, map, scaling)),
        parts.map(part -> new DatasetSource(part.validation(), map, scaling)),
        map,
        digests);
  }
}
