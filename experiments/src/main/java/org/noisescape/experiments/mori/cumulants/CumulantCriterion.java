package org.noisescape.experiments.mori.cumulants;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.theory.mori.RegressionCumulants;

/**
 * When the noise "may be taken as Gaussian". Fixed before the run.
 *
 * <p>What the texts use it for are escapes. ln t_p grows as ∫ p* dθ with BΛ(p*⁄B) = 0, so that no
 * mini-batch, however large, makes the noise Gaussian there: Λ is asked of at s = p⁄B. Numbers: the
 * even part of Λ where s√(u·Su) is 1, which is the tilt on the way over 4/3 of L*, along three
 * directions; and s* itself where a shift along the top eigenvector of H has raised the loss by
 * half, over the s* of Gaussian noise of the same mean and variance. Tolerance: a tenth of an
 * exponent, which is what the text's own comparisons of slopes resolve.
 *
 * <p>No number counts where one sample makes more than {@value #SHARE} of the sum.
 */
final class CumulantCriterion {
  static final double FACTOR = 1.1;
  static final double LEVEL = 1.5;
  static final double SHARE = 0.2;

  /** Λ(s) = −ln(1 − z²/2) of Laplace's law at z = 1, over ½. */
  static final double LAPLACE = 2 * Math.log(2);

  private static final double SCALING = 0.1;
  private static final Criterion OF_RATIO = Criterion.factor(1, FACTOR);
  private static final Criterion OF_SCALING = Criterion.within(-1, SCALING);

  private CumulantCriterion() {}

  /** All numbers, held against Gaussian noise. */
  static Measurements gaussian(List<CumulantPoint> seeds) {
    return even(seeds, 1).addAll(root(seeds, 1));
  }

  /** The even parts, held against Laplace's law. */
  static Measurements laplace(List<CumulantPoint> seeds) {
    return even(seeds, LAPLACE);
  }

  /** s* held against linear regression with Gaussian inputs and labels. */
  static Measurements regression(List<CumulantPoint> seeds) {
    return root(seeds, RegressionCumulants.rootOverGaussian(LEVEL));
  }

  private static Measurements even(List<CumulantPoint> seeds, double law) {
    Measurements numbers = new Measurements();
    boolean converged = seeds.stream().allMatch(CumulantPoint::converged);
    for (CumulantDirection direction : CumulantDirection.values()) {
      numbers.judged(
          direction.label + ": even part of Lambda at one deviation, over the Gaussian's",
          mean(seeds, s -> s.along(direction).evenRatio()).provided(converged),
          OF_RATIO.against(law));
    }
    return numbers;
  }

  private static Measurements root(List<CumulantPoint> seeds, double law) {
    boolean broad = seeds.stream().allMatch(s -> s.largestShare(LEVEL) <= SHARE);
    return new Measurements()
        .judged(
            "s* at L = %s L*, over the Gaussian's".formatted(LEVEL),
            mean(seeds, s -> s.rootOverGaussian(LEVEL)).provided(broad),
            OF_RATIO.against(law));
  }

  /** d log κ₄ / d log B of the normalised fourth cumulant, against 1/B and its rivals, apart. */
  static Measurements scaling(List<CumulantPoint> seeds, int batch) {
    Measurements numbers = new Measurements();
    for (CumulantDirection direction : CumulantDirection.values()) {
      PointEstimate exponent = mean(seeds, s -> exponent(s.along(direction), batch));
      String name =
          direction.label + ": power of B in the excess kurtosis up to B = %d, ".formatted(batch);
      numbers
          .apart(name + "1/B", exponent, OF_SCALING)
          .apart(name + "1/sqrt(B)", exponent, OF_SCALING.against(-0.5));
    }
    return numbers;
  }

  /** Between one sample and a mini-batch. */
  private static double exponent(DirectionCumulants law, int batch) {
    return law.batches().stream()
        .filter(b -> b.batch() == batch)
        .mapToDouble(b -> Math.log(b.excessKurtosis() / law.excessKurtosis()) / Math.log(batch))
        .findFirst()
        .orElse(Double.NaN);
  }

  static PointEstimate mean(List<CumulantPoint> seeds, ToDoubleFunction<CumulantPoint> quantity) {
    return PointEstimate.of(Measurements.over(seeds, quantity));
  }

  static String text() {
    return "Lambda(s) = log mean exp(-s g.u) over the samples, means over seeds: along each of three"
        + " directions "
        + OF_RATIO.text("(Lambda(s) + Lambda(-s))", "(s^2 u.Su)")
        + " at s = 1/sqrt(u.Su); along the top eigenvector of H, where a shift has raised L to "
        + LEVEL
        + " L*, "
        + OF_RATIO.text("s*", "(2 mean/variance)")
        + " with Lambda(s*) = 0, both ways, inconclusive if one sample makes more than "
        + SHARE
        + " of the sum. By itself: "
        + OF_SCALING.text("power of B in the excess kurtosis of drawn mini-batches")
        + ". "
        + Criterion.terms();
  }
}
