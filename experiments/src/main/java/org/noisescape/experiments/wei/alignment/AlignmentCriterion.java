package org.noisescape.experiments.wei.alignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;

/**
 * When H and C of a network count as aligned: CS ≥ 0.9 after several epochs.
 *
 * <p>Source of the bound: appendix A.4 of the text; of "several": section 2, where the assumptions
 * are expected to hold "only after an early phase of training corresponding to ~ 10 epochs". An
 * epoch of the text has ⌊50,000/512⌋ = 97 steps, and steps are what is counted: how far a training
 * has come does not depend on how many samples it calls an epoch. The statistic is the smallest CS
 * of a seed from there on, so that the statement is about all that follows. CS is never above 1, so
 * that CS ≥ 0.9 is |CS − 1| ≤ 0.1, a rule by which other values of CS can be judged as well.
 */
final class AlignmentCriterion {
  static final Criterion ALIGNED = Criterion.within(1, 0.1);

  /** Ten of the text's epochs of 97 steps. */
  static final long FROM_STEP = 970;

  static final int LEAST_POINTS = 3;

  private AlignmentCriterion() {}

  /**
   * The point of smallest CS of each seed from step {@value #FROM_STEP} on; none where a seed has
   * fewer than {@value #LEAST_POINTS} such points.
   */
  static List<AlignmentPoint> smallest(List<AlignmentPoint> points) {
    List<AlignmentPoint> smallest = new ArrayList<>();
    for (int seed : points.stream().map(AlignmentPoint::seed).distinct().toList()) {
      List<AlignmentPoint> late =
          points.stream()
              .filter(point -> point.seed() == seed && point.step() >= FROM_STEP)
              .sorted(Comparator.comparingDouble(AlignmentPoint::similarity))
              .toList();
      if (late.size() < LEAST_POINTS) {
        return List.of();
      }
      smallest.add(late.getFirst());
    }
    return smallest;
  }

  /**
   * CS of one point a seed: the mean, with the larger of the spread over seeds over √R and the
   * errors of random vectors combined, on seeds − 1 degrees of freedom.
   */
  static PointEstimate similarity(List<AlignmentPoint> seeds) {
    return mean(seeds, AlignmentPoint::similarity);
  }

  /** The same of another quantity that the random vectors know as well as CS. */
  static PointEstimate mean(List<AlignmentPoint> seeds, ToDoubleFunction<AlignmentPoint> quantity) {
    SeedMean mean = SeedMean.of(Column.of(seeds, quantity));
    double own = 0;
    for (AlignmentPoint point : seeds) {
      own += Math.pow(point.sums().similarityError() / seeds.size(), 2);
    }
    // Math.max keeps NaN: one seed does not know the spread
    return new PointEstimate(
        mean.mean(), Math.max(mean.standardError(), Math.sqrt(own)), mean.seeds() - 1.0);
  }

  /** The rule in words. */
  static String text() {
    return "each loss: the smallest cosine similarity CS of the Hessian and the second moment of the"
        + " per-sample gradients (the text's formula, not centred) from step "
        + FROM_STEP
        + " on, ten epochs of the text; "
        + ALIGNED.text("CS")
        + ", SE the spread over seeds, or the error of random vectors if larger; inconclusive if a"
        + " seed has fewer than "
        + LEAST_POINTS
        + " measurements from there on. "
        + Criterion.terms();
  }
}
