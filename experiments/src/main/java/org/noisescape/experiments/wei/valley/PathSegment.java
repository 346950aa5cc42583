package org.noisescape.experiments.wei.valley;

import java.util.List;

/**
 * The straight line between two projected states.
 *
 * @param fromStep step of SGD of the first
 * @param toStep step of SGD of the second
 * @param length distance of the two
 * @param losses L at evenly spaced points between them, without the ends
 * @param connected whether both ends are minima and L is below the threshold at all of the points
 */
record PathSegment(
    long fromStep, long toStep, double length, List<Double> losses, boolean connected) {
  PathSegment {
    losses = List.copyOf(losses);
  }

  /** Largest loss between the ends; NaN where one is. */
  double largest() {
    return losses.stream().mapToDouble(loss -> loss).reduce(Math::max).orElse(Double.NaN);
  }
}
