package org.noisescape.theory.passage;

/** Halves the panels until two successive halvings change a logarithm by less than a tolerance. */
final class Refinement {
  static final double TOLERANCE = 1e-10;

  private static final int COARSEST = 8;
  private static final int FINEST = 1 << 13;
  private static final double ROUNDING = 1e-13;

  private Refinement() {}

  /** A logarithm on a mesh of so many panels a segment, and whether its densities are resolved. */
  record Level(double log, boolean resolved, int panels) {}

  /** The logarithm of an integral as a function of the number of panels. */
  interface Rule {
    Level at(int each);
  }

  static Integral refine(Rule rule) {
    Level previous = rule.at(COARSEST);
    boolean calm = false;
    double change = Double.NaN;
    for (int each = 2 * COARSEST; each <= FINEST; each *= 2) {
      Level next = rule.at(each);
      change = Math.abs(Math.expm1(next.log() - previous.log()));
      boolean small = change <= TOLERANCE && next.resolved();
      previous = next;
      if (small && calm) {
        return result(next, change, true);
      }
      calm = small;
      if (Double.isNaN(next.log())) {
        break;
      }
    }
    return result(previous, change, false);
  }

  private static Integral result(Level level, double change, boolean converged) {
    return new Integral(
        Math.exp(level.log()), level.log(), Math.max(change, ROUNDING), converged, level.panels());
  }
}
