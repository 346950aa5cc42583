package org.noisescape.theory.passage;

import static org.noisescape.theory.passage.GaussPanel.ORDER;

/**
 * Exact mean first-passage times and splitting probabilities in one dimension.
 *
 * <p>With scale density s and speed density m, the mean time from x to b &gt; x with a reflecting
 * (or natural) end a &lt; x is the solution of the backward equation (1/m)(τ′/s)′ = −1,
 *
 * <pre>
 * τ(x) = ∫_x^b s(y) ∫_a^y m(z) dz dy
 * </pre>
 *
 * <p>computed by Gauss-Legendre panels that are halved until the result stays, everything as
 * logarithms. A left end −∞ is mapped by w = x + (b − x) sinh u and cut off where m dw/du is e⁻⁵⁰
 * of its maximum; a well behind a barrier higher than that is not seen.
 *
 * <p>Source: Gardiner, Handbook of Stochastic Methods (3rd ed. 2004), Eqs. 5.2.160 and 5.2.189.
 */
public final class FirstPassage {
  private FirstPassage() {}

  /**
   * Mean time from start to the absorbing barrier right.
   *
   * @param left reflecting end, or −∞ for a natural one; left = start is allowed
   * @return infinite and not converged where the process has no stationary state to the left of
   *     right, or one whose tail falls off more slowly than |w|^−1.08
   */
  public static Integral meanTime(MarkovProcess process, double left, double start, double right) {
    check(left, start, right);
    Coordinate coordinate = coordinate(process, left, start, right);
    double origin = coordinate.inverse(start);
    double low =
        Double.isInfinite(left)
            ? Tail.end(process, coordinate, w -> 0, -1)
            : coordinate.inverse(left);
    if (Double.isNaN(low)) {
      return Integral.infinite();
    }
    double end = coordinate.inverse(right);
    double[] ends = low == origin ? new double[] {origin, end} : new double[] {low, origin, end};
    return Refinement.refine(each -> meanTime(process, new Mesh(coordinate, each, ends)));
  }

  /** Probability that a process from start reaches right before left. */
  public static Integral splitting(MarkovProcess process, double left, double start, double right) {
    check(left, start, right);
    if (!Double.isFinite(left)) {
      throw new IllegalArgumentException(
          "left must be finite for a splitting probability, got " + left);
    }
    if (left == start) {
      return new Integral(0, Double.NEGATIVE_INFINITY, 0, true, 0);
    }
    Coordinate coordinate = new Coordinate(start, right - start, Coordinate.Kind.LINEAR);
    return Refinement.refine(
        each -> splitting(process, new Mesh(coordinate, each, coordinate.inverse(left), 0, 1)));
  }

  private static Coordinate coordinate(
      MarkovProcess process, double left, double start, double right) {
    if (Double.isInfinite(left)) {
      return new Coordinate(start, right - start, Coordinate.Kind.SINH);
    }
    // densities in closed form may have a pole or a zero at the end, as those of a radius do
    return process instanceof ScaleAndSpeed
        ? new Coordinate(left, right - left, Coordinate.Kind.EXPONENTIAL)
        : new Coordinate(start, right - start, Coordinate.Kind.LINEAR);
  }

  private static void check(double left, double start, double right) {
    if (!(left <= start && start < right) || !Double.isFinite(start) || !Double.isFinite(right)) {
      throw new IllegalArgumentException(
          "left <= start < right is needed with finite start and right, got left = "
              + left
              + ", start = "
              + start
              + ", right = "
              + right);
    }
  }

  private static Refinement.Level meanTime(MarkovProcess process, Mesh mesh) {
    int panels = mesh.panels();
    LogDensities densities = LogDensities.of(process, mesh, panels);
    LogSum below = new LogSum();
    LogSum time = new LogSum();
    double[] scaled = new double[ORDER];
    double[] outer = new double[ORDER];
    // the last segment begins at the start
    int first = mesh.panelAt(mesh.segments() - 1);
    for (int p = 0; p < panels; p++) {
      int offset = p * ORDER;
      double top = maximum(densities.speed, mesh, offset);
      for (int i = 0; i < ORDER; i++) {
        scaled[i] =
            Math.exp(densities.speed[offset + i] + Math.log(mesh.measures[offset + i]) - top);
      }
      if (p >= first) {
        for (int i = 0; i < ORDER; i++) {
          // rounding may make the integral to the first node of a steep panel negative
          double inner = Math.max(0, GaussPanel.partial(i, scaled, 0));
          outer[i] =
              densities.scale[offset + i]
                  + Math.log(GaussPanel.WEIGHTS[i] * mesh.measures[offset + i])
                  + LogSum.sum(below.log(), top + Math.log(inner));
        }
        for (double term : outer) {
          time.add(term);
        }
      }
      below.add(top + Math.log(GaussPanel.whole(scaled, 0)));
    }
    return new Refinement.Level(time.log(), densities.resolved, panels);
  }

  private static Refinement.Level splitting(MarkovProcess process, Mesh mesh) {
    LogDensities densities = LogDensities.of(process, mesh, mesh.panels());
    LogSum before = new LogSum();
    LogSum all = new LogSum();
    int start = mesh.panelAt(1) * ORDER;
    for (int i = 0; i < densities.scale.length; i++) {
      double term = densities.scale[i] + Math.log(GaussPanel.WEIGHTS[i % ORDER] * mesh.measures[i]);
      all.add(term);
      if (i < start) {
        before.add(term);
      }
    }
    return new Refinement.Level(before.log() - all.log(), densities.resolved, mesh.panels());
  }

  private static double maximum(double[] log, Mesh mesh, int offset) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + ORDER; i++) {
      highest = Math.max(highest, log[i] + Math.log(mesh.measures[i]));
    }
    return highest;
  }
}
