package org.noisescape.experiments.mori.noise;

import java.util.List;
import java.util.Locale;

/**
 * Which points of a run enter a fit. Each rule looks at times and losses only in ways fixed before
 * the run, never at the slope.
 */
enum WindowRule {
  /** The late stage of Fig. 2. */
  LATE("late") {
    @Override
    List<NoisePoint> select(List<NoisePoint> run) {
      NoisePoint peak = noisePeak(run);
      return run.stream()
          .filter(p -> p.step() > peak.step())
          .filter(p -> p.loss() <= LATE_FRACTION * peak.loss() && p.loss() >= MSE_FLOOR)
          .toList();
    }

    @Override
    String text() {
      return String.format(
          Locale.ROOT,
          "points after the maximum of N whose loss is at most %s of the loss there, and at least"
              + " %.0e (float32)",
          LATE_FRACTION,
          MSE_FLOOR);
    }
  },

  /** The intermediate losses of Fig. 5, where wrongly classified samples carry the loss. */
  INTERMEDIATE("intermediate") {
    @Override
    List<NoisePoint> select(List<NoisePoint> run) {
      NoisePoint peak = noisePeak(run);
      return run.stream()
          .filter(p -> p.step() > peak.step())
          .filter(p -> p.loss() <= INTERMEDIATE_FRACTION * peak.loss())
          .filter(p -> p.trainAccuracy() < 1 && p.loss() >= CE_FLOOR)
          .toList();
    }

    @Override
    String text() {
      return String.format(
          Locale.ROOT,
          "points after the maximum of N whose loss is at most %s of the loss there, as long as a"
              + " training sample is classified wrongly",
          INTERMEDIATE_FRACTION);
    }
  },

  /** The small losses of Fig. 5, where every sample is classified correctly. */
  SMALL("small") {
    @Override
    List<NoisePoint> select(List<NoisePoint> run) {
      double smallest =
          run.stream()
              .mapToDouble(NoisePoint::loss)
              .filter(loss -> loss >= CE_FLOOR)
              .min()
              .orElse(Double.NaN);
      return run.stream()
          .filter(p -> p.trainAccuracy() == 1)
          .filter(p -> p.loss() >= CE_FLOOR && p.loss() <= SMALL_RANGE * smallest)
          .toList();
    }

    @Override
    String text() {
      return String.format(
          Locale.ROOT,
          "points with every training sample classified correctly, in the last decade of the loss"
              + " down to its smallest value, and at least %.0e (float32)",
          CE_FLOOR);
    }
  };

  /** Fraction of the loss at the noise maximum below which the prefactor's drift is over. */
  private static final double LATE_FRACTION = 0.1;

  private static final double INTERMEDIATE_FRACTION = 0.5;
  private static final double SMALL_RANGE = 10;

  /** Residuals |f − y| of 10⁻⁵, a hundred times the rounding of outputs near 1 in float32. */
  private static final double MSE_FLOOR = 1e-10;

  /** 1 − softmax of 10⁻⁵, a hundred times its rounding in float32. */
  private static final double CE_FLOOR = 1e-5;

  private final String label;

  WindowRule(String label) {
    this.label = label;
  }

  /** Name in tables and figures. */
  String label() {
    return label;
  }

  /** The points of a run, given in order of time, that lie in the window. */
  abstract List<NoisePoint> select(List<NoisePoint> run);

  /** The rule in words. */
  abstract String text();

  private static NoisePoint noisePeak(List<NoisePoint> run) {
    NoisePoint peak = run.getFirst();
    for (NoisePoint point : run) {
      peak = point.noise() > peak.noise() ? point : peak;
    }
    return peak;
  }
}
