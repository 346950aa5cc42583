package org.noisescape.datasets;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.noisescape.files.Decimal;
import org.noisescape.random.Permutation;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * Training samples that are held out for validation, the same share of every class: {@code 0.1}, or
 * their number, {@code 5000}; {@code 0.1,seed=3} holds out others.
 *
 * <p>Of N samples n = ⌊fN + ½⌋ are held out, of the n_k of a class ⌊n n_k/N⌋ or one more, the
 * larger remainders first. Which ones is a function of the seed, the class and the place within it.
 * Real targets are one class. As scikit-learn's {@code train_test_split(stratify=labels)}.
 *
 * @param share f, or the number where it is 1 or more
 * @param seed of the choice, not that of a run: all runs train on the same samples unless told
 */
public record HoldOut(double share, long seed) {
  private static final String SEED = "seed=";

  /**
   * The two parts.
   *
   * @param training what is left
   * @param validation what is held out
   */
  public record Parts(Dataset training, Dataset validation) {}

  /** Checks the share. */
  public HoldOut {
    if (!(share > 0) || Double.isInfinite(share) || share >= 1 && share != Math.rint(share)) {
      throw wrong(String.valueOf(share));
    }
  }

  /**
   * Reads a share or a number, with a seed behind a comma.
   *
   * @throws DataException in one line where it is neither
   */
  public static HoldOut parse(String text) {
    int comma = text.indexOf(',');
    String seed = comma < 0 ? SEED + 0 : text.substring(comma + 1).strip();
    if (!seed.matches(SEED + "\\d{1,18}")) {
      throw wrong(text);
    }
    try {
      return new HoldOut(
          Decimal.parse(comma < 0 ? text : text.substring(0, comma)),
          Long.parseLong(seed.substring(SEED.length())));
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static DataException wrong(String got) {
    return new DataException(
        "validation must be a share of the training samples between 0 and 1, or a number of them, with seed=S behind a comma for another choice, got '%s'"
            .formatted(got));
  }

  /**
   * Parts the samples; both parts keep their order.
   *
   * @throws DataException in one line where a class would be left without a sample in either part
   */
  public Parts apply(Dataset all) {
    return apply(all, "validation", 0);
  }

  /**
   * The same for another use.
   *
   * @param what the part that is taken is for, for the message
   * @param use the number of that use: of a seed, each chooses by draws of its own
   */
  Parts apply(Dataset all, String what, int use) {
    int size = all.size();
    double wanted = share < 1 ? Math.floor(share * size + 0.5) : share;
    if (wanted < 1 || wanted >= size) {
      throw new DataException(
          "%s: %s on %.0f of the %d training samples leaves one part without any: choose another share"
              .formatted(all.name(), what, wanted, size));
    }
    boolean[] held = new boolean[size];
    int classes = Math.max(1, all.classes());
    int[][] members = new int[classes][];
    for (int k = 0; k < classes; k++) {
      int label = k;
      members[k] =
          IntStream.range(0, size)
              .filter(i -> all.isRegression() || all.labels()[i] == label)
              .toArray();
    }
    int[] counts = counts(members, (int) wanted, size);
    for (int k = 0; k < classes; k++) {
      int there = members[k].length;
      if (there == 0) {
        continue;
      }
      if (counts[k] == 0 || counts[k] == there) {
        throw new DataException(
            "%s: %s on %.0f of %d training samples takes %d of the %d of class '%s': every class needs one or more in each part, choose another share"
                .formatted(
                    all.name(),
                    what,
                    wanted,
                    size,
                    counts[k],
                    there,
                    all.isRegression() ? "all" : all.classNames().get(k)));
      }
      Permutation permutation = new Permutation(there);
      permutation.select(RandomKey.of(seed, Purpose.VALIDATION, use), k);
      for (int i = 0; i < counts[k]; i++) {
        held[members[k][permutation.apply(i)]] = true;
      }
    }
    return new Parts(
        all.rows(IntStream.range(0, size).filter(i -> !held[i]).toArray()),
        all.rows(IntStream.range(0, size).filter(i -> held[i]).toArray()));
  }

  /** How many of each class: whole parts, then one more of those with the largest remainders. */
  private static int[] counts(int[][] members, int wanted, int size) {
    int[] counts = new int[members.length];
    long[] remainders = new long[members.length];
    for (int k = 0; k < counts.length; k++) {
      long part = (long) wanted * members[k].length;
      counts[k] = (int) (part / size);
      remainders[k] = part % size;
    }
    Integer[] order = IntStream.range(0, counts.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Long.compare(remainders[b], remainders[a]));
    int left = wanted - Arrays.stream(counts).sum();
    for (int i = 0; i < left; i++) {
      counts[order[i]]++;
    }
    return counts;
  }
}
