package org.noisescape.experiments.mori.eigenmodes;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;

/**
 * When SGD spreads along the eigenvectors as the texts say. Fixed before the run.
 *
 * <p>Slope: a quarter of the way to a rival. Level: a factor {@value #FACTOR}, what decoupling, a
 * fixed Hessian and a fixed loss leave open (tr exact over tr decoupled is .85 to 1.15 in {@code
 * mori/decoupling}, and here the loss falls besides). Frozen: more than half of the way lies in the
 * space of the outliers once these have relaxed.
 */
final class ModeCriterion {
  static final double SLOPE = 0.25;
  static final double FACTOR = 1.25;
  static final double HALF = 0.5;

  private static final Criterion OF_SLOPE = Criterion.within(0, SLOPE);
  private static final Criterion OF_LEVEL = Criterion.factor(1, FACTOR);
  private static final Criterion OF_SHARE = Criterion.within(1, HALF);

  private ModeCriterion() {}

  /** All numbers of the texts. */
  static Measurements texts(List<ModePoint> seeds) {
    return slope(seeds, ModeLaw.EQUAL).addAll(level(seeds, 1)).addAll(frozen(seeds, 1));
  }

  static Measurements slope(List<ModePoint> seeds, ModeLaw law) {
    return new Measurements()
        .judged(
            "slope of log Var(q_i.theta) against log lambda_i",
            mean(seeds, ModePoint::slope),
            OF_SLOPE.against(law.slope));
  }

  /** Both levels, held against so many times what the texts say. */
  static Measurements level(List<ModePoint> seeds, double times) {
    return new Measurements()
        .judged(
            "Var over eta L/B (Mori, Eq. 30)",
            mean(seeds, ModePoint::overEqual),
            OF_LEVEL.against(times))
        .judged(
            "Var over eta C_ii/(2 lambda_i) (Wei, Eq. 8)",
            mean(seeds, ModePoint::overBalanced),
            OF_LEVEL.against(times));
  }

  static Measurements frozen(List<ModePoint> seeds, double share) {
    return new Measurements()
        .judged(
            "share of |theta - theta_0|^2 along the outliers, once they have relaxed",
            mean(seeds, ModePoint::insideWhenRelaxed),
            OF_SHARE.against(share));
  }

  /** The share of noise that moves all parameters alike. */
  static double isotropicShare(List<ModePoint> seeds) {
    return Measurements.over(seeds, s -> (double) s.modes() / s.parameters()).mean();
  }

  private static PointEstimate mean(List<ModePoint> seeds, ToDoubleFunction<ModePoint> quantity) {
    boolean sound = seeds.stream().allMatch(s -> s.converged() && s.diverged() == 0);
    return PointEstimate.of(Measurements.over(seeds, quantity)).provided(sound);
  }

  static String text() {
    return "along the largest eigenvectors of the Hessian of each pre-trained network, variances over"
        + " replicas of SGD, averaged over the snapshots after 5/(eta lambda_n) steps; means over"
        + " networks: "
        + OF_SLOPE.text("slope of log Var against log lambda, freed of 1 - eta lambda/2")
        + "; geometric means over the eigenvectors, "
        + OF_LEVEL.text("Var", "(eta L/B/(1 - eta lambda/2))")
        + " and the same of eta C_ii/(2 lambda_i); "
        + OF_SHARE.text("share of |theta - theta_0|^2 along them at the first such snapshot")
        + ". Inconclusive where eigenvectors did not converge or a replica diverged. "
        + Criterion.terms();
  }
}
