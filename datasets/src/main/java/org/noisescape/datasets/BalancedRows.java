package org.noisescape.datasets;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * As many training samples of every class: option {@code balanced=1000} takes the first N/K of each
 * of the K classes, in their order. The test set is left as it is.
 *
 * @param size N
 */
record BalancedRows(int size) {
  /** Name of the choice among the digests. */
  private static final String DIGEST = "balanced";

  /**
   * The pair with fewer training samples, their number among the digests.
   *
   * @throws DataException where there are no classes, or not enough samples of one
   */
  DatasetPair apply(DatasetPair pair) {
    return new DatasetPair(apply(pair.train()), pair.test());
  }

  private Dataset apply(Dataset train) {
    int classes = train.classes();
    if (train.isRegression()) {
      throw new DataException(train.name() + ": balanced is for classes, leave it out");
    }
    if (size % classes != 0) {
      int below = size / classes * classes;
      throw new DataException(
          "%s: balanced must be a multiple of the %d classes, got %d: choose %s%d"
              .formatted(
                  train.name(), classes, size, below > 0 ? below + " or " : "", below + classes));
    }
    int each = size / classes;
    int[] seen = new int[classes];
    int[] rows =
        IntStream.range(0, train.size()).filter(i -> seen[train.labels()[i]]++ < each).toArray();
    int least = IntStream.range(0, classes).reduce((a, b) -> seen[b] < seen[a] ? b : a).orElse(0);
    if (seen[least] < each) {
      throw new DataException(
          "%s: balanced=%d needs %d samples of each class, there are %d of '%s': choose at most %d"
              .formatted(
                  train.name(),
                  size,
                  each,
                  seen[least],
                  train.classNames().get(least),
                  seen[least] * classes));
    }
    Map<String, String> digests = new TreeMap<>(train.digests());
    digests.put(DIGEST, String.valueOf(size));
    return train.rows(rows).withDigests(digests);
  }
}
