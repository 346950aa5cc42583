package org.noisescape.experiments.mori.noise;

import java.util.List;

/**
 * Which points of a run enter a fit. Each rule looks at times and losses only in ways fixed before
 * the run, never at the slope.
 */
enum WindowRule {
  /** The late stage of Fig. 2. */
  LATE("late") {
    @Override
    boolean holds(NoisePoint p, NoisePoint peak, double smallest) {
      return p.step() > peak.step()
          && p.loss() <= LATE_FRACTION * peak.loss()
          && p.loss() >= MSE_FLOOR;
    }

    @Override
    String text() {
      return ("points after the maximum of N whose loss is at most %s of the loss there, and at least"
              + " %.0e (float32)")
          .formatted(LATE_FRACTION, MSE_FLOOR);
    }
  },
  /** The intermediate losses of Fig. 5, where wrongly classified samples carry the loss. */
  INTERMEDIATE("intermediate") {
    @Override
    boolean holds(NoisePoint p, NoisePoint peak, double smallest) {
      return p.step() > peak.step()
          && p.loss() <= INTERMEDIATE_FRACTION * peak.loss()
          && p.trainAccuracy() < 1
          && p.loss() >= CE_FLOOR;
    }

    @Override
    String text() {
      return ("points after the maximum of N whose loss is at most %s of the loss there, as long as a"
              + " training sample is classified wrongly")
          .formatted(INTERMEDIATE_FRACTION);
    }
  },
  /** The small losses of Fig. 5, where every sample is classified correctly. */
  SMALL("small") {
    @Override
    boolean holds(NoisePoint p, NoisePoint peak, double smallest) {
      return p.trainAccuracy() == 1 && p.loss() >= CE_FLOOR && p.loss() <= SMALL_RANGE * smallest;
    }

    @Override
    String text() {
      return ("points with every training sample classified correctly, in the last decade of the loss"
              + " down to its smallest value, and at least %.0e (float32)")
          .formatted(CE_FLOOR);
    }
  };

  /** Fraction of the loss at the noise maximum below which the prefactor's drift is over. */
  private static final double LATE_FRACTION = 0.1;

  private static final double INTERMEDIATE_FRACTION = 0.5;
  private static final double SMALL_RANGE = 10;

  /** Residuals |f − y| of 10⁻⁵, a hundred times the rounding of outputs near 1 in float32. */
  static final double MSE_FLOOR = 1e-10;

  /** 1 − softmax of 10⁻⁵, a hundred times its rounding in float32. */
  static final double CE_FLOOR = 1e-5;

  /** Name in tables and figures. */
  final String label;

  WindowRule(String label) {
    this.label = label;
  }

  /** The points of a run after its maximum of 𝒩, down to a loss. */
  static List<NoisePoint> settling(List<NoisePoint> run, double floor) {
    NoisePoint peak = peak(run);
    return run.stream().filter(p -> p.step() > peak.step() && p.loss() >= floor).toList();
  }

  /** The first point of the largest noise. */
  private static NoisePoint peak(List<NoisePoint> run) {
    NoisePoint peak = run.getFirst();
    for (NoisePoint p : run) {
      peak = p.noise() > peak.noise() ? p : peak;
    }
    return peak;
  }

  /** The points of a run, given in order of time, that lie in the window. */
  final List<NoisePoint> select(List<NoisePoint> run) {
    double smallest = Double.POSITIVE_INFINITY;
    for (NoisePoint p : run) {
      smallest = p.loss() >= CE_FLOOR ? Math.min(smallest, p.loss()) : smallest;
    }
    NoisePoint noisiest = peak(run);
    double least = smallest;
    return run.stream().filter(p -> holds(p, noisiest, least)).toList();
  }

  /**
   * Whether a point lies in the window.
   *
   * @param peak the first point of the largest noise
   * @param smallest least loss that is well above the rounding of cross-entropies
   */
  abstract boolean holds(NoisePoint p, NoisePoint peak, double smallest);

  /** The rule in words. */
  abstract String text();
}
