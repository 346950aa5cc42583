package org.noisescape.datasets;

import org.noisescape.random.Permutation;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Training labels of which a share is wrong: option {@code noisy-labels=0.2}; {@code noise-seed}
 * chooses which, and what they become.
 *
 * <p>Symmetric noise as in Patrini et al. (2017) and Han et al. (2018): of N samples exactly ⌊ρN +
 * ½⌋, drawn uniformly, have another class than their own, each other one alike. (Where every class
 * is drawn alike, their own included, as in Zhang et al. 2017, a share r of samples makes ρ = r(K −
 * 1)/K wrong.) The test set is left as it is.
 *
 * @param share ρ from 0 to 1
 * @param seed of the choice
 */
record NoisyLabels(double share, long seed) {
  /** Name of the labels among the digests. */
  private static final String DIGEST = "noisy-labels";

  /**
   * The pair with noisy training labels, whose digest is added to those of the files.
   *
   * @throws DataException where there are no labels
   */
  DatasetPair apply(DatasetPair pair) {
    return new DatasetPair(apply(pair.train()), pair.test());
  }

  private Dataset apply(Dataset train) {
    if (train.isRegression()) {
      throw new DataException(train.name() + ": noisy-labels is for classes, leave it out");
    }
    RandomKey key = RandomKey.of(seed, Purpose.LABELS.user(1), 0);
    Permutation permutation = new Permutation(train.size());
    permutation.select(key, 0);
    RandomStream stream = key.stream(0);
    int[] labels = train.labels().clone();
    long wrong = Math.round(share * train.size());
    for (int i = 0; i < wrong; i++) {
      int row = permutation.apply(i);
      int shift = 1 + stream.restart(1L + row).nextInt(train.classes() - 1);
      labels[row] = (labels[row] + shift) % train.classes();
    }
    return train.withLabels(labels, DIGEST);
  }
}
