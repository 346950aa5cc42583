package org.noisescape.datasets;

import java.util.Arrays;
import java.util.Optional;

/**
 * A training set with the test set that belongs to it.
 *
 * @param train the training set
 * @param test the test set, empty where a folder or a synthetic set has none
 */
public record DatasetPair(Dataset train, Optional<Dataset> test) {
  /** Checks that both parts feed the same network. */
  public DatasetPair {
    if (test.isPresent()
        && (!Arrays.equals(train.imageShape(), test.get().imageShape())
            || train.classes() != test.get().classes())) {
      throw new DataException(
          train.name()
              + ": train is "
              + describe(train)
              + " but test is "
              + describe(test.get())
              + "; the folder mixes files of two data sets");
    }
  }

  private static String describe(Dataset dataset) {
    return Arrays.toString(dataset.imageShape()) + " with " + dataset.classes() + " classes";
  }
}
