package org.noisescape.experiments.wei.tracerate;

import java.util.List;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.fit.WeightedLine;

/**
 * When the trace falls as Theorem 1 has it. Fixed before any run.
 *
 * <p>Tolerance: the theorem is of leading order in η, and what is left out, ηλ/2, is at most 3 % at
 * the presets' rates.
 */
final class TraceCriterion {
  static final double TOLERANCE = 0.05;
  private static final double STANDARD_ERRORS = 2;

  private TraceCriterion() {}

  static Verdict judge(List<TracePoint> points, WeightedLine line, double theory) {
    boolean flipped = points.stream().anyMatch(p -> p.flipped() > 0);
    double error = line.slopeError() / Math.abs(theory);
    if (flipped || !(error <= TOLERANCE)) {
      return Verdict.INCONCLUSIVE;
    }
    double largest = points.stream().mapToDouble(p -> Math.abs(p.change())).max().orElseThrow();
    boolean slope = Math.abs(line.slope() / theory - 1) <= TOLERANCE + STANDARD_ERRORS * error;
    boolean origin =
        Math.abs(line.intercept()) <= TOLERANCE * largest + STANDARD_ERRORS * line.interceptError();
    return slope && origin ? Verdict.AGREES : Verdict.DISAGREES;
  }

  static String text() {
    return "line of the change of the trace on eta^2: |slope/theory - 1| <= "
        + TOLERANCE
        + " + 2 SE and |intercept| <= "
        + TOLERANCE
        + " of the largest change + 2 SE; inconclusive if the slope's SE exceeds "
        + TOLERANCE
        + " of the theory or a replica changed the sign of an absolute value";
  }
}
