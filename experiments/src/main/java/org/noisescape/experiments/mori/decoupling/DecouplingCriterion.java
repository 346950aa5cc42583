package org.noisescape.experiments.mori.decoupling;

import java.util.List;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;

/**
 * When two spectra agree "except for very small eigenvalues".
 *
 * <p>Compared are the eigenvalues above {@value #CUT} of the largest: escape and stationary
 * distribution live in them. Tolerances of |log10 ratio|: {@value #MEDIAN} in the median, a factor
 * of 1.4, and {@value #MAXIMUM} at most, half a decade; two histograms over ten decades look alike
 * if values move less. Fixed before any spectrum was computed.
 */
final class DecouplingCriterion {
  static final double CUT = 1e-3;
  static final double MEDIAN = 0.15;
  static final double MAXIMUM = 0.5;
  static final int LEAST_EIGENVALUES = 20;
  private static final double STANDARD_ERRORS = 2;

  private DecouplingCriterion() {}

  /** Judges the spectra of the seeds at one time. */
  static Verdict judge(List<SpectrumComparison> seeds) {
    if (seeds.isEmpty() || seeds.stream().anyMatch(seed -> seed.count() < LEAST_EIGENVALUES)) {
      return Verdict.INCONCLUSIVE;
    }
    boolean median = within(medians(seeds), MEDIAN);
    boolean maximum = within(maxima(seeds), MAXIMUM);
    return median && maximum ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static SeedMean medians(List<SpectrumComparison> seeds) {
    return SeedMean.of(seeds.stream().mapToDouble(SpectrumComparison::median).toArray());
  }

  static SeedMean maxima(List<SpectrumComparison> seeds) {
    return SeedMean.of(seeds.stream().mapToDouble(SpectrumComparison::maximum).toArray());
  }

  private static boolean within(SeedMean mean, double tolerance) {
    double error = mean.seeds() < 2 ? 0 : mean.standardError();
    return mean.mean() <= tolerance + STANDARD_ERRORS * error;
  }

  static String text() {
    return ("at each time, over the eigenvalues of the decoupled matrix above %s of its largest: mean"
            + " over seeds of the median |log10(exact/decoupled)| <= %s + 2 SE and of the maximum <="
            + " %s + 2 SE, eigenvalues paired by rank; inconclusive with fewer than %d. Overall:"
            + " disagrees if any time does, agrees if all do. Not judged: smaller eigenvalues, the"
            + " cosine of the two matrices, and the same with the losses shuffled among the samples,"
            + " which is decoupling by construction.")
        .formatted(CUT, MEDIAN, MAXIMUM, LEAST_EIGENVALUES);
  }
}
