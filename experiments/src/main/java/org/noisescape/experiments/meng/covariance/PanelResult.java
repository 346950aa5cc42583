package org.noisescape.experiments.meng.covariance;

import java.util.List;

/**
 * What came out of one network.
 *
 * @param panel the network
 * @param minima one a seed
 * @param fits one a seed, layer and factor; the first factor is the judged one
 */
record PanelResult(CovariancePanel panel, List<Minimum> minima, List<PathFit> fits) {
  PanelResult {
    minima = List.copyOf(minima);
    fits = List.copyOf(fits);
  }

  boolean converged() {
    return minima.stream().allMatch(Minimum::converged);
  }

  double judgedFactor() {
    return fits.getFirst().path().factor();
  }

  /** Multiples of the scales, the judged one first. */
  List<Double> factors() {
    return fits.stream().map(f -> f.path().factor()).distinct().toList();
  }

  /** The fits of one layer at one factor, one a seed. */
  List<PathFit> of(String layer, double factor) {
    return fits.stream()
        .filter(f -> f.path().layer().equals(layer) && f.path().factor() == factor)
        .toList();
  }
}
