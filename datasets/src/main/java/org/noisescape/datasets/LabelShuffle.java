package org.noisescape.datasets;

import org.noisescape.random.Permutation;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * Training labels that say nothing: option {@code shuffled-from=N} permutes the labels of the
 * samples N, N + 1, … among each other; {@code shuffle-seed} chooses the permutation.
 *
 * <p>Every class keeps its number of labels, so that some labels stay right by chance. The test set
 * is left as it is. Source: Zhang et al. (2017), who call them random labels.
 *
 * @param first N, counted from 0
 * @param seed of the permutation
 */
record LabelShuffle(int first, long seed) {
  /** Name of the labels among the digests. */
  private static final String DIGEST = "shuffled-labels";

  /**
   * The pair with shuffled training labels, whose digest is added to those of the files.
   *
   * @throws DataException where there are no labels, or fewer than two from N on
   */
  DatasetPair apply(DatasetPair pair) {
    return new DatasetPair(apply(pair.train()), pair.test());
  }

  private Dataset apply(Dataset train) {
    if (train.isRegression()) {
      throw new DataException(train.name() + ": shuffled-from is for classes, leave it out");
    }
    int count = train.size() - first;
    if (count < 2) {
      throw new DataException(
          "%s: shuffled-from must leave two samples or more of the %d there are, got %d"
              .formatted(train.name(), train.size(), first));
    }
    Permutation permutation = new Permutation(count);
    permutation.select(RandomKey.of(seed, Purpose.LABELS, 0), 0);
    int[] labels = train.labels().clone();
    for (int i = 0; i < count; i++) {
      labels[first + i] = train.labels()[first + permutation.apply(i)];
    }
    return train.withLabels(labels, DIGEST);
  }
}
