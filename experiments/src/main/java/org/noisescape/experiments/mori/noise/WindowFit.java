package org.noisescape.experiments.mori.noise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.SlopeEstimate;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * d log 𝒩 / d log L in one window of one panel, over its seeds.
 *
 * @param panel the network
 * @param rule which points were taken
 * @param criterion what agreement is
 * @param windows the points of each seed in the window
 * @param fits one a seed that had enough points, in log₁₀; null where it had not
 * @param estimate slope and error over seeds
 */
record WindowFit(
    Panel panel,
    WindowRule rule,
    Criterion criterion,
    List<List<NoisePoint>> windows,
    List<SlopeFit> fits,
    SlopeEstimate estimate) {

  /**
   * Fits one window.
   *
   * @param runs the points of each seed, in order of time
   * @param seed of the resampling
   */
  static WindowFit of(
      Panel panel, WindowRule rule, Criterion criterion, List<List<NoisePoint>> runs, long seed) {
    return of(
        panel,
        rule,
        criterion,
        runs,
        (x, y, replica) -> SlopeFit.of(x, y, RandomKey.of(seed, Purpose.BOOTSTRAP, replica)));
  }

  /** Fits the line of one seed. */
  interface Line {
    /** The fit to logarithms of loss and noise. */
    SlopeFit fit(double[] x, double[] y, int replica);
  }

  /** The same with lines of any kind. */
  static WindowFit of(
      Panel panel, WindowRule rule, Criterion criterion, List<List<NoisePoint>> runs, Line line) {
    List<List<NoisePoint>> windows = new ArrayList<>();
    List<SlopeFit> fits = new ArrayList<>();
    List<SlopeFit> sufficient = new ArrayList<>();
    for (int replica = 0; replica < runs.size(); replica++) {
      List<NoisePoint> window =
          runs.get(replica).isEmpty() ? List.of() : rule.select(runs.get(replica));
      windows.add(window);
      SlopeFit fit = null;
      if (suffices(window)) {
        fit =
            line.fit(
                logarithms(window, NoisePoint::loss),
                logarithms(window, NoisePoint::noise),
                replica);
        sufficient.add(fit);
      }
      fits.add(fit);
    }
    return new WindowFit(panel, rule, criterion, windows, fits, SlopeEstimate.of(sufficient));
  }

  /** Whether a seed has enough points over enough decades to be fitted. */
  static boolean suffices(List<NoisePoint> window) {
    return window.size() >= NoiseVariant.POINTS && decades(window) >= NoiseVariant.DECADES;
  }

  /** By the criterion. */
  Verdict verdict() {
    return criterion.judge(estimate.estimate()).verdict();
  }

  /** Width of a window in decades of the loss. */
  static double decades(List<NoisePoint> window) {
    double[] loss = logarithms(window, NoisePoint::loss);
    double low = java.util.Arrays.stream(loss).min().orElse(0);
    double high = java.util.Arrays.stream(loss).max().orElse(0);
    return high - low;
  }

  /**
   * Factor by which 𝒩/L changes over the window, mean over seeds in the logarithm: 1 where 𝒩 ∝ L.
   *
   * <p>Compares the means of log 𝒩/L over the fifth of the points with the largest and with the
   * smallest losses. NaN without a fitted seed.
   */
  double ratioDrift() {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < fits.size(); i++) {
      if (fits.get(i) != null) {
        List<NoisePoint> falling =
            windows.get(i).stream()
                .sorted(java.util.Comparator.comparingDouble(NoisePoint::loss).reversed())
                .toList();
        int fifth = Math.max(1, falling.size() / 5);
        sum += meanLogRatio(falling.subList(falling.size() - fifth, falling.size()));
        sum -= meanLogRatio(falling.subList(0, fifth));
        count++;
      }
    }
    return count == 0 ? Double.NaN : Math.exp(sum / count);
  }

  /**
   * Largest ‖∇L‖² / ((1/N) Σ ‖∇ℓ_μ‖²) in the fitted windows: the share of the term that Eq. (9)
   * neglects. NaN without a fitted seed.
   */
  double gradientShare() {
    double most = Double.NaN;
    for (int i = 0; i < fits.size(); i++) {
      if (fits.get(i) != null) {
        for (NoisePoint point : windows.get(i)) {
          double share =
              point.gradientNormSquared() / (point.noise() + point.gradientNormSquared());
          most = Double.isNaN(most) ? share : Math.max(most, share);
        }
      }
    }
    return most;
  }

  /** Name in tables, such as {@code mlp late}. */
  String name() {
    return panel.name() + " " + rule.label;
  }

  private static double meanLogRatio(List<NoisePoint> points) {
    return points.stream()
        .mapToDouble(point -> Math.log(point.noise() / point.loss()))
        .average()
        .orElseThrow();
  }

  static double[] logarithms(List<NoisePoint> points, ToDoubleFunction<NoisePoint> quantity) {
    return points.stream().mapToDouble(quantity).map(Math::log10).toArray();
  }
}
