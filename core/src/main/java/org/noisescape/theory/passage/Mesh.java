package org.noisescape.theory.passage;

import static org.noisescape.theory.passage.GaussPanel.NODES;
import static org.noisescape.theory.passage.GaussPanel.ORDER;

/** Gauss panels between given ends u₀ &lt; u₁ &lt; …, each segment cut into equally many. */
final class Mesh {
  final Coordinate coordinate;
  final double[] boundaries;

  /** Nodes w, ORDER a panel. */
  final double[] positions;

  /** dw of each node: Jacobian times half the panel. */
  final double[] measures;

  private final int each;

  Mesh(Coordinate coordinate, int each, double... ends) {
    this.coordinate = coordinate;
    this.each = each;
    int panels = each * (ends.length - 1);
    boundaries = new double[panels + 1];
    for (int b = 0; b <= panels; b++) {
      int segment = Math.min(b / each, ends.length - 2);
      double fraction = (b - segment * each) / (double) each;
      // exact at the far end, and equal throughout where two ends are equal
      boundaries[b] =
          fraction == 1
              ? ends[segment + 1]
              : ends[segment] + (ends[segment + 1] - ends[segment]) * fraction;
    }
    positions = new double[panels * ORDER];
    measures = new double[panels * ORDER];
    for (int p = 0; p < panels; p++) {
      double half = (boundaries[p + 1] - boundaries[p]) / 2;
      double middle = (boundaries[p + 1] + boundaries[p]) / 2;
      for (int i = 0; i < ORDER; i++) {
        double u = middle + half * NODES[i];
        positions[p * ORDER + i] = coordinate.position(u);
        measures[p * ORDER + i] = coordinate.jacobian(u) * half;
      }
    }
  }

  int panels() {
    return boundaries.length - 1;
  }

  int segments() {
    return panels() / each;
  }

  /** The panel that begins at the given end. */
  int panelAt(int end) {
    return end * each;
  }
}
