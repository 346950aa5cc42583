package org.noisescape.objective;

/**
 * How the samples of a data set are classified, at one θ of one replica.
 *
 * <p>The predicted class is that of the largest output, of equal ones the first, as PyTorch's and
 * NumPy's {@code argmax}; with one output, class 0 are the outputs ≥ 0 and class 1 the others. The
 * true class is that of the target. The rank of a sample is the number of outputs that come before
 * that of its true class: the larger ones, and of the equal ones those of a smaller index. So rank
 * 0 is what {@link org.noisescape.tensor.Reduction#countCorrect} counts. (scikit-learn's {@code
 * top_k_accuracy_score} gives ties to the larger index.)
 *
 * @param classes C, the outputs; 2 where there is one
 * @param confusion samples of true class t and predicted class p at t·C + p, as scikit-learn's
 *     {@code confusion_matrix}
 * @param ranks samples of each rank (C)
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ClassCounts(int classes, long[] confusion, long[] ranks) {
  /** Room for targets that were smoothed in float32. */
  private static final double SAME = 1e-5;

  /** Samples in all. */
  public long samples() {
    return sum(ranks, 0, classes);
  }

  /** Samples of a class. */
  public long samples(int truth) {
    return sum(confusion, truth * classes, classes);
  }

  /** Samples of a class that are classified rightly. */
  public long right(int truth) {
    return confusion[truth * classes + truth];
  }

  /** Samples whose true class is among the k largest outputs. */
  public long top(int k) {
    return sum(ranks, 0, Math.min(k, classes));
  }

  private static long sum(long[] counts, int from, int count) {
    long sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /**
   * Standard error √(p(1 − p)/n) of a share p of n samples, as an estimate for the distribution
   * they come from; 0 where all or none are, which then says little.
   */
  public static double standardError(long part, long samples) {
    return standardError((double) part / samples, samples);
  }

  /** The same of a share. */
  static double standardError(double share, long samples) {
    return Math.sqrt(share * (1 - share) / samples);
  }

  /** The class of the largest of a row of values; of one value, 0 where it is not negative. */
  static int decision(double[] values, int row, int outputs) {
    if (outputs == 1) {
      return values[row] < 0 ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < outputs; k++) {
      best = values[row + k] > values[row + best] ? k : best;
    }
    return best;
  }

  /** Adds up over samples. */
  static final class Sums {
    private final int classes;
    private final long[] confusion;
    private final long[] ranks;

    Sums(int outputs) {
      classes = Math.max(2, outputs);
      confusion = new long[classes * classes];
      ranks = new long[classes];
    }

    /**
     * Adds samples.
     *
     * @param outputs (n, K)
     * @param targets (n, K)
     * @param width K
     * @param first row of the first sample
     * @param samples how many
     * @throws IllegalArgumentException where a target names no class
     */
    void add(double[] outputs, double[] targets, int width, int first, int samples) {
      for (int n = first; n < first + samples; n++) {
        int row = n * width;
        int truth = decision(targets, row, width);
        requireClass(targets, row, width, truth);
        int predicted = decision(outputs, row, width);
        confusion[truth * classes + predicted]++;
        ranks[width == 1 ? Math.abs(truth - predicted) : rank(outputs, row, width, truth)]++;
      }
    }

    private static int rank(double[] outputs, int row, int width, int truth) {
      double own = outputs[row + truth];
      int before = 0;
      for (int k = 0; k < width; k++) {
        double other = outputs[row + k];
        before += other > own || (other == own && k < truth) ? 1 : 0;
      }
      return before;
    }

    /** One target is larger than all others, which are alike; a single one is 1 or −1. */
    private static void requireClass(double[] targets, int row, int width, int truth) {
      boolean fine = width > 1 || Math.abs(targets[row]) == 1;
      for (int k = 0; k < width && width > 1; k++) {
        double rest = targets[row + (truth == 0 ? 1 : 0)];
        fine &= k == truth ? targets[row + k] > rest : Math.abs(targets[row + k] - rest) <= SAME;
      }
      if (!fine) {
        throw new IllegalArgumentException(
            "classes are counted where targets are classes, one-hot or parity: these are other numbers");
      }
    }

    ClassCounts total() {
      return new ClassCounts(classes, confusion.clone(), ranks.clone());
    }
  }
}
