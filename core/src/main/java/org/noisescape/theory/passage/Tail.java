package org.noisescape.theory.passage;

import static org.noisescape.theory.passage.GaussPanel.ORDER;

import java.util.function.DoubleUnaryOperator;

/** Where an integral of the speed density over an infinite half-line may be cut off. */
final class Tail {
  /** Drop of the integrand below its maximum, in natural logarithms: e⁻⁵⁰ = 2·10⁻²². */
  private static final double DROP = 50;

  private static final int PANELS_PER_UNIT = 16;

  /** sinh overflows beyond 710. */
  private static final int[] REACHES = {8, 32, 128, 600};

  private Tail() {}

  /**
   * u from which on weight·m·dw/du stays e⁻⁵⁰ below its maximum for a unit of u; NaN if it nowhere
   * does.
   *
   * @param side −1 for the left tail, 1 for the right one
   */
  static double end(
      MarkovProcess process, Coordinate coordinate, DoubleUnaryOperator logWeight, int side) {
    for (int reach : REACHES) {
      int panels = reach * PANELS_PER_UNIT;
      Mesh mesh =
          side < 0
              ? new Mesh(coordinate, panels, -reach, 0)
              : new Mesh(coordinate, panels, 0, reach);
      LogDensities densities = LogDensities.of(process, mesh, side < 0 ? panels : 0);
      double highest = Double.NEGATIVE_INFINITY;
      int below = 0;
      for (int k = 0; k < panels; k++) {
        int panel = side < 0 ? panels - 1 - k : k;
        double value = Double.NEGATIVE_INFINITY;
        for (int i = panel * ORDER; i < (panel + 1) * ORDER; i++) {
          double w = mesh.positions[i];
          double log = densities.speed[i] + logWeight.applyAsDouble(w) + Math.log(mesh.measures[i]);
          value = Math.max(value, log);
        }
        highest = Math.max(highest, value);
        below = value < highest - DROP ? below + 1 : 0;
        if (below == PANELS_PER_UNIT) {
          return side * (k + 1.0 - below) / PANELS_PER_UNIT;
        }
      }
    }
    return Double.NaN;
  }
}
