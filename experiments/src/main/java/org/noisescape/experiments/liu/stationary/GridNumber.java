package org.noisescape.experiments.liu.stationary;

import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Estimate;

/**
 * A number of a grid that is judged beside its points.
 *
 * @param name what was measured
 * @param measured its value and error
 * @param criterion holds it against the exact theory
 * @param earlier what the theory before the text says
 * @param text what the text says
 */
public record GridNumber(
    String name, Estimate measured, Criterion criterion, double earlier, double text) {
  /** What a theory says. */
  double theory(GridTheory theory) {
    return switch (theory) {
      case EXACT -> criterion.theory();
      case EARLIER -> earlier;
      case TEXT -> text;
    };
  }
}
