package org.noisescape.experiments.mori.decoupling;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;

/**
 * When a matrix stands for the exact one "except for very small eigenvalues".
 *
 * <p>Compared are the eigenvalues above {@value #CUT} of the largest: escape and stationary
 * distribution live in them. Tolerances of |log10 ratio|: {@value #MEDIAN} in the median, a factor
 * of 1.4, and {@value #MAXIMUM} at most, half a decade; two histograms over ten decades look alike
 * if values move less. Fixed before any spectrum was computed.
 *
 * <p>And the traces, tr A/tr B within {@value #TRACE} of 1: that is the noise strength of Eq. 9,
 * and B/(ηh*) of every exponent is inverse to it, which {@code mori/first-passage-linear} tests as
 * well as that.
 */
final class DecouplingCriterion {
  static final double CUT = 1e-3;
  static final double TRACE = 0.1;
  static final int LEAST_EIGENVALUES = 20;

  /** Largest |log10 ratio| of the figure. */
  static final double MAXIMUM = 0.5;

  static final double MEDIAN = 0.15;

  private static final Criterion OF_MEDIAN = Criterion.atMost(MEDIAN);
  private static final Criterion OF_MAXIMUM = Criterion.atMost(MAXIMUM);
  private static final Criterion OF_TRACE = Criterion.within(1, TRACE);

  private DecouplingCriterion() {}

  /** The three numbers of the seeds at one time, held against a law. */
  static Measurements judged(String time, List<DecouplingPoint> seeds, DecouplingLaw law) {
    List<SpectrumComparison> spectra = seeds.stream().map(p -> law.compare(p, CUT)).toList();
    boolean enough = spectra.stream().allMatch(s -> s.count() >= LEAST_EIGENVALUES);
    return new Measurements()
        .judged(
            time + "median |log10 ratio|",
            mean(spectra, SpectrumComparison::median).provided(enough),
            OF_MEDIAN)
        .judged(
            time + "maximum |log10 ratio|",
            mean(spectra, SpectrumComparison::maximum).provided(enough),
            OF_MAXIMUM)
        .judged(
            time + "tr exact / tr " + law.label,
            mean(seeds, p -> p.exactTrace() / law.trace(p)),
            OF_TRACE);
  }

  private static <S> PointEstimate mean(List<S> seeds, ToDoubleFunction<? super S> quantity) {
    return PointEstimate.of(Measurements.over(seeds, quantity));
  }

  static String text() {
    return ("at each time, means over seeds: over the eigenvalues of the decoupled matrix above %s of"
            + " its largest, paired by rank with those of the exact one, %s and %s, inconclusive with"
            + " fewer than %d of them; %s. Not judged: smaller eigenvalues, the cosine of the two"
            + " matrices, and the same with the losses shuffled among the samples, which is decoupling"
            + " by construction. %s")
        .formatted(
            CUT,
            OF_MEDIAN.text("median |log10(exact/decoupled)|"),
            OF_MAXIMUM.text("maximum"),
            LEAST_EIGENVALUES,
            OF_TRACE.text("tr exact/tr decoupled"),
            Criterion.terms());
  }
}
