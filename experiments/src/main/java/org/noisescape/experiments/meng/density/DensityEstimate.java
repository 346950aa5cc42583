package org.noisescape.experiments.meng.density;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.statistics.AutocorrelationTime;
import org.noisescape.dynamics.statistics.CorrelatedMean;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.theory.meng.KappaDensity;
import org.noisescape.theory.meng.PowerLawDynamic;
import org.noisescape.theory.passage.Interpretation;

/**
 * What one simulation says of its stationary density, p ∝ (1 + βκw²)^(−φ) by maximum likelihood
 * with βκ given; for κ = 0 the variance instead of φ.
 *
 * @param kappa κ
 * @param dynamics what was simulated
 * @param step η or dt
 * @param exponent φ; for κ = 0 the variance
 * @param standardError of it, aware of autocorrelation
 * @param converged whether the autocorrelation time is known
 * @param ksIto largest distance of the distribution function of |w| from Itô's
 * @param ksHanggi from Hänggi's and Klimontovich's
 * @param ksError 1/√(n/τ), the scale of a distance that comes from chance alone
 * @param effectiveSamples n/τ
 * @param replicas R
 * @param centre histogram of w
 * @param tail histogram of |w| in bins of equal ratio
 * @param halving mean of log(1 + βκw²), or of w², at the step and half of it; null for the
 *     iteration
 */
record DensityEstimate(
    double kappa,
    DensityDynamics dynamics,
    double step,
    double exponent,
    double standardError,
    boolean converged,
    double ksIto,
    double ksHanggi,
    double ksError,
    double effectiveSamples,
    int replicas,
    StationaryHistogram centre,
    StationaryHistogram tail,
    StepHalving halving) {
  private static final int BINS = 41;
  private static final int TAIL_BINS = 30;

  /** Of series of w, a row a replica. */
  static DensityEstimate of(
      DensityDynamics dynamics,
      PowerLawDynamic dynamic,
      double step,
      double[][] series,
      StepHalving halving) {
    double kappa = dynamic.kappa();
    double width = 1 / Math.sqrt(dynamic.beta());
    double[][] sizes = each(series, Math::abs);
    double[][] logs = statistic(dynamic, series);
    AutocorrelationTime time = AutocorrelationTime.pooled(logs);
    double value;
    double error;
    boolean converged;
    if (kappa == 0) {
      CorrelatedMean mean = CorrelatedMean.ofSeries(logs);
      value = mean.value();
      error = mean.standardError();
      converged = mean.converged();
    } else {
      double[][] excess = each(series, w -> dynamic.beta() * kappa * w * w);
      PowerLawFit fit = PowerLawFit.of(excess, 1);
      value = fit.exponent();
      error = fit.sandwichError();
      converged = fit.converged();
    }
    double[] sorted = Arrays.stream(sizes).flatMapToDouble(Arrays::stream).sorted().toArray();
    return new DensityEstimate(
        kappa,
        dynamics,
        step,
        value,
        error,
        converged && (halving == null || halving.converged()),
        distance(sorted, dynamic.stationaryDensity(Interpretation.ITO)),
        distance(sorted, dynamic.stationaryDensity(Interpretation.HANGGI_KLIMONTOVICH)),
        1 / Math.sqrt(time.effectiveSampleSize()),
        time.effectiveSampleSize(),
        series.length,
        StationaryHistogram.linear(series, -3 * width, 3 * width, BINS),
        StationaryHistogram.logarithmic(sizes, width / 10, 1000 * width, TAIL_BINS),
        halving);
  }

  /** log(1 + βκw²), or w² for κ = 0: bounded weight for heavy tails. */
  static double[][] statistic(PowerLawDynamic dynamic, double[][] series) {
    double scale = dynamic.beta() * dynamic.kappa();
    return each(series, w -> scale == 0 ? w * w : Math.log1p(scale * w * w));
  }

  private static double[][] each(double[][] rows, DoubleUnaryOperator function) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(function).toArray())
        .toArray(double[][]::new);
  }

  /** Kolmogorov's and Smirnov's, of |w|. */
  private static double distance(double[] sorted, KappaDensity density) {
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      double below = 1 - density.tail(sorted[i]);
      largest = Math.max(largest, below - (double) i / sorted.length);
      largest = Math.max(largest, (double) (i + 1) / sorted.length - below);
    }
    return largest;
  }

  String name() {
    return String.format(Locale.ROOT, "kappa = %s, %s", kappa, dynamics.label);
  }
}
