package org.noisescape.experiments.meng.plsgd;

import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Measurements;

/**
 * A difference between two methods, and what is said of it.
 *
 * @param name what is compared
 * @param difference over seeds
 * @param seeds that should be in it; fewer are where one diverged
 * @param criterion what the difference should be
 */
record Claim(String name, PairedDifference difference, int seeds, Criterion criterion) {
  /** Fewest seeds: the spread of two says next to nothing. */
  static final int LEAST_SEEDS = 3;

  /** The difference on n − 1 degrees of freedom, its error known where no seed is missing. */
  PointEstimate estimate() {
    return new PointEstimate(difference.mean(), difference.standardError(), difference.n() - 1.0)
        .provided(difference.n() >= LEAST_SEEDS && difference.n() == seeds);
  }

  /** Adds it to numbers that are judged. */
  Measurements judged(Measurements into) {
    return into.judged(name, estimate(), criterion);
  }

  Verdict verdict() {
    return criterion.judge(estimate()).verdict();
  }
}
