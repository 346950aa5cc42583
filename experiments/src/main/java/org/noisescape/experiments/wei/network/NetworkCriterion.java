package org.noisescape.experiments.wei.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;

/**
 * When a network's trace falls at the rate of Theorem 1, and when the lemmas hold for its valley.
 *
 * <p>Tolerance of the rate: the theorem is of leading order in η. Eq. 8 leaves out ηλ/2, at most 5
 * % at the presets' largest rate; cubic and quartic terms of L and the mini-batches of the Hessian
 * are of the same order in η, and get as much again.
 */
final class NetworkCriterion {
  /** Measured change of T over Theorem 1's. */
  static final Criterion RATE = Criterion.within(1, 0.1);

  /** d ln|ΔT|/d ln η: a share of 5 % over a factor of two is ln 1.05/ln 2 = .07. */
  static final Criterion EXPONENT = Criterion.within(2, 0.1);

  /** L over its quadratic form, force over its law, variances over theirs: of one order in η. */
  static final Criterion SHARE = Criterion.within(1, 0.1);

  /** d ln⟨θ_i²⟩/d ln λ_i. */
  static final Criterion SLOPE = Criterion.within(0, 0.1);

  /** What of a nudge across the valley a projection keeps; the valley bends. */
  static final Criterion KEPT = Criterion.within(0, 0.05);

  /** Nearest distance over that to the projection. */
  static final Criterion NEAREST = Criterion.within(1, 0.05);

  private NetworkCriterion() {}

  /** Mean of the networks. */
  static PointEstimate mean(double... networks) {
    return PointEstimate.of(SeedMean.of(networks));
  }

  /** 2 where the ratios of both rates are one, of each network. */
  static double[] exponents(NetworkRate low, NetworkRate high) {
    double[] under = low.ratios();
    double[] over = high.ratios();
    double span = Math.log(high.learningRate() / low.learningRate());
    return IntStream.range(0, under.length)
        .mapToDouble(i -> 2 + Math.log(over[i] / under[i]) / span)
        .toArray();
  }

  /** Slope of ln y on ln x by least squares. */
  static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).map(Math::log).average().orElseThrow();
    double top = 0;
    double bottom = 0;
    for (int i = 0; i < x.length; i++) {
      double off = Math.log(x[i]) - meanX;
      top += off * Math.log(y[i]);
      bottom += off * off;
    }
    return top / bottom;
  }

  /** The two rates that the exponent is between. */
  static double[] exponents(List<NetworkRate> rates) {
    return exponents(rates.getFirst(), rates.getLast());
  }

  static String text() {
    return "mean over networks, SE of their spread. At each learning rate "
        + RATE.text("change of tr H / Theorem 1")
        + "; between the smallest and the largest "
        + EXPONENT.text("exponent of eta")
        + "; over all of them "
        + SLOPE.text("slope of ln variance on ln lambda (noise aligned with H)")
        + ". Judged by themselves, at the smallest: "
        + SHARE.text("L / quadratic form (Eqs. 17, 1), force / its law (Eq. 7), variance / Eq. 8")
        + ", "
        + KEPT.text("nudge across the valley that is kept (Lemma 2)")
        + ", "
        + NEAREST.text("nearest distance / that of the projection (Eq. 16)")
        + ". "
        + Criterion.terms();
  }
}
