package org.noisescape.quantities;

import org.noisescape.krylov.End;

/** How many outermost eigenpairs are taken out before what is left is estimated. */
final class Deflating {
  private Deflating() {}

  /** Asks for the pairs of both ends of H, and for a density of what they leave. */
  static void announce(Demand demand) {
    demand.pairs(Matrix.HESSIAN, End.LARGEST, largest(demand));
    demand.pairs(Matrix.HESSIAN, End.SMALLEST, smallest(demand));
    double rows = largest(demand) + smallest(demand) + 2.0 * demand.options().block();
    demand.workspace("deflation", rows * demand.parameters() * demand.dtype().bytes());
    Densities.announce(demand);
  }

  /** Pairs at the upper end. */
  static int largest(Demand demand) {
    return Math.min(ProbeDefaults.DEFLATED, demand.parameters());
  }

  /** Pairs at the lower end. */
  static int smallest(Demand demand) {
    return Math.min(ProbeDefaults.SMALLEST, demand.parameters());
  }
}
