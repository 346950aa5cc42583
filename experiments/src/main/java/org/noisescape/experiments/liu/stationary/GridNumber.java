package org.noisescape.experiments.liu.stationary;

import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;

/**
 * A number of a grid that is judged beside its points.
 *
 * @param name what was measured
 * @param measured its value and error
 * @param criterion holds it against the exact theory, which is the text's
 * @param earlier what the theory before the text says
 */
public record GridNumber(String name, PointEstimate measured, Criterion criterion, double earlier) {
  /** What a theory says. */
  double theory(GridTheory theory) {
    return theory == GridTheory.EARLIER ? earlier : criterion.theory();
  }
}
