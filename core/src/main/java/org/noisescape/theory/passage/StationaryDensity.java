package org.noisescape.theory.passage;

import static org.noisescape.theory.passage.GaussPanel.ORDER;

import java.util.function.DoubleUnaryOperator;

/**
 * The stationary density m/∫m of a one-dimensional process without current, by quadrature.
 *
 * <p>On an interval with reflecting ends, either of which may be infinite and natural.
 */
public final class StationaryDensity {
  private final MarkovProcess process;
  private final double left;
  private final double right;
  private final Coordinate coordinate;

  /**
   * The density on (left, right).
   *
   * @param centre a point inside, where the density is not yet negligible
   * @param width the distance over which it changes there: the unit of the mesh
   */
  public StationaryDensity(
      MarkovProcess process, double left, double centre, double width, double right) {
    if (!(left < centre && centre < right) || !(width > 0)) {
      throw new IllegalArgumentException(
          "left < centre < right and width > 0 are needed, got left = "
              + left
              + ", centre = "
              + centre
              + ", right = "
              + right
              + ", width = "
              + width);
    }
    this.process = process;
    this.left = left;
    this.right = right;
    boolean finite = Double.isFinite(left) && Double.isFinite(right);
    coordinate =
        new Coordinate(centre, width, finite ? Coordinate.Kind.LINEAR : Coordinate.Kind.SINH);
  }

  /** Probability of (from, to). */
  public Integral probability(double from, double to) {
    if (!(left <= from && from < to && to <= right)) {
      throw new IllegalArgumentException(
          "left <= from < to <= right is needed, got (" + from + ", " + to + ")");
    }
    double[] ends = ends(w -> 0);
    if (ends.length == 0) {
      return Integral.infinite();
    }
    double low = Math.min(Math.max(inverse(from), ends[0]), ends[2]);
    double high = Math.min(Math.max(inverse(to), ends[0]), ends[2]);
    double[] cuts = {ends[0], low, Math.max(low, Math.min(0, high)), high, ends[2]};
    return Refinement.refine(
        each -> {
          Mesh mesh = new Mesh(coordinate, each, cuts);
          LogDensities densities = LogDensities.of(process, mesh, mesh.panelAt(2));
          int first = mesh.panelAt(1) * ORDER;
          int last = mesh.panelAt(3) * ORDER;
          LogSum inside = new LogSum();
          LogSum all = new LogSum();
          for (int i = 0; i < densities.speed.length; i++) {
            double term = term(densities, mesh, i);
            all.add(term);
            if (i >= first && i < last) {
              inside.add(term);
            }
          }
          return new Refinement.Level(inside.log() - all.log(), densities.resolved, mesh.panels());
        });
  }

  /**
   * ⟨f⟩ for f ≥ 0.
   *
   * @return infinite and not converged where the tails make it so
   */
  public Integral expectation(DoubleUnaryOperator f) {
    double[] ends = ends(w -> Math.max(0, Math.log(f.applyAsDouble(w))));
    if (ends.length == 0) {
      return Integral.infinite();
    }
    return Refinement.refine(
        each -> {
          Mesh mesh = new Mesh(coordinate, each, ends);
          LogDensities densities = LogDensities.of(process, mesh, mesh.panelAt(1));
          LogSum weighted = new LogSum();
          LogSum all = new LogSum();
          for (int i = 0; i < densities.speed.length; i++) {
            double term = term(densities, mesh, i);
            all.add(term);
            weighted.add(term + Math.log(f.applyAsDouble(mesh.positions[i])));
          }
          return new Refinement.Level(
              weighted.log() - all.log(), densities.resolved, mesh.panels());
        });
  }

  private static double term(LogDensities densities, Mesh mesh, int i) {
    return densities.speed[i] + Math.log(GaussPanel.WEIGHTS[i % ORDER] * mesh.measures[i]);
  }

  /** Left end, centre and right end as u; empty where a tail does not fall off. */
  private double[] ends(DoubleUnaryOperator logWeight) {
    double low =
        Double.isFinite(left) ? inverse(left) : Tail.end(process, coordinate, logWeight, -1);
    double high =
        Double.isFinite(right) ? inverse(right) : Tail.end(process, coordinate, logWeight, 1);
    return Double.isNaN(low + high) ? new double[0] : new double[] {low, 0, high};
  }

  private double inverse(double w) {
    return coordinate.inverse(w);
  }
}
