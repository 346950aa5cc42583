package org.noisescape.datasets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.noisescape.files.Decimal;

/**
 * A test set taken out of data that have none: options {@code test=0.2}, the share of every class,
 * or {@code test=5000}, and {@code test-seed=S} for another choice. Chosen as in {@link HoldOut},
 * by draws of its own.
 */
final class TestShare {
  static final String TEST = "test";
  static final String SEED = "test-seed";

  /** Sets its draws apart from those of validation, which are number 0. */
  private static final int USE = 1;

  private TestShare() {}

  /**
   * Training and test set.
   *
   * @param train all samples but those of a test set of their own
   * @param test the test set that is there
   */
  static DatasetPair apply(SpecOptions options, Dataset train, Optional<Dataset> test) {
    Optional<String> share = options.text(TEST);
    long seed = options.seed(SEED);
    if (share.isEmpty()) {
      if (options.text(SEED).isPresent()) {
        throw new DataException(train.name() + ": test-seed needs test=SHARE of the samples");
      }
      return new DatasetPair(train, test);
    }
    if (test.isPresent()) {
      throw new DataException(
          "%s: there is a test set of %d samples: leave out test=%s"
              .formatted(train.name(), test.get().size(), share.get()));
    }
    HoldOut.Parts parts = held(train, share.get(), seed).apply(train, "a test set", USE);
    Map<String, String> digests = new TreeMap<>(train.digests());
    digests.put("test-share", share.get() + ",seed=" + seed);
    Dataset taken = parts.validation();
    return new DatasetPair(
        parts.training().withDigests(digests),
        Optional.of(taken.as(Split.TEST).withDigests(digests)));
  }

  private static HoldOut held(Dataset train, String share, long seed) {
    double value;
    try {
      value = Decimal.parse(share);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value > 0) || Double.isInfinite(value) || value >= 1 && value != Math.rint(value)) {
      throw new DataException(
          "%s: test must be a share of the samples between 0 and 1, or a number of them, got '%s'"
              .formatted(train.name(), share));
    }
    return new HoldOut(value, seed);
  }

  /** What a reader that takes a share lists among its options. */
  static List<String> options() {
    return List.of(TEST, SEED);
  }
}
