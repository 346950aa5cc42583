package org.noisescape.experiments.meng.covariance;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;

/**
 * When tr S along the paths of a layer is "well approximated by" a shape.
 *
 * <p>The threshold: residuals of a tenth of the deviation of tr S are what a reader can still not
 * see in a plot of 21 points; so much may a fit be off at its own points, R² ≥ 0.99, and at a point
 * that it has not seen. The points are computed without sampling, and the expansion is claimed of
 * every minimum: each path is judged by itself.
 */
final class QuadraticCriterion {
  static final Criterion FIT = Criterion.atLeast(0.99);
  static final Criterion LEFT_OUT = Criterion.atMost(0.1);

  private QuadraticCriterion() {}

  /**
   * The worst minimum of a layer, judged with all others.
   *
   * @param name of the layer
   * @param seeds a path a minimum
   * @param converged whether every seed reached the target loss
   */
  static Measurements judged(
      String name, List<PathFit> seeds, NoiseShape shape, boolean converged) {
    return judged(
            name + " least R^2 of the " + shape.label,
            FIT,
            seeds.stream().map(s -> estimate(s, s.shape(shape).rSquared(), converged)).toList(),
            Comparator.naturalOrder())
        .addAll(
            judged(
                name + " largest left-out error of the " + shape.label,
                LEFT_OUT,
                seeds.stream()
                    .map(s -> estimate(s, s.shape(shape).crossValidated(), converged))
                    .toList(),
                Comparator.reverseOrder()));
  }

  /** Polynomials through the rounding of a constant say nothing. */
  private static PointEstimate estimate(PathFit seed, double value, boolean converged) {
    return seed.varies()
        ? PointEstimate.exact(value).provided(converged)
        : PointEstimate.unknown(Double.NaN);
  }

  /** The first in an order stands for all. */
  private static Measurements judged(
      String name, Criterion criterion, List<PointEstimate> seeds, Comparator<Double> worst) {
    PointEstimate shown = Collections.min(seeds, Comparator.comparing(PointEstimate::value, worst));
    return new Measurements()
        .judged(
            name,
            shown,
            criterion.theory(),
            Judgement.all(seeds.stream().map(criterion::judge).toList()));
  }

  static String text(String targets) {
    return "tr S at the points of the text is described by a + b s + c s^2: at every minimum "
        + FIT.text("R^2")
        + " and "
        + LEFT_OUT.text("e")
        + ", e the root mean square of the left-out residuals over the deviation of tr S. Without"
        + " sampling: SE = 0. Inconclusive if a seed's loss at the minimum exceeds the target ("
        + targets
        + "). Overall: the layers of the text's figure, conv1 and conv2 of the cnn and those of the"
        + " resnet; the dense layers are judged for themselves. Not judged: the stronger statement"
        + " of Eq. 5 that there is no linear term, and longer paths. "
        + ExpansionCriterion.text()
        + Criterion.terms();
  }
}
