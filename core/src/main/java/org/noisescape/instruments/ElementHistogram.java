package org.noisescape.instruments;

import java.util.List;
import org.noisescape.train.Histogram;

/**
 * Counts the elements g_n,i of per-sample gradients by size and sign, and with the parameter θ_i
 * they belong to.
 *
 * <p>Edges are 0 ± powers of two, fixed for all runs, so that histograms compare, gradients that
 * shrink by orders of magnitude stay in sight, and a bin is read off the exponent.
 */
final class ElementHistogram {
  /**
   * An axis of edges ±2^least, ±2^(least + each), …, ±2^most; between the least ones lies one bin.
   */
  private record Axis(int least, int most, int each) {
    int bins() {
      return 2 * side() + 1;
    }

    private int side() {
      return (most - least) / each;
    }

    double[] edges() {
      int side = side();
      double[] edges = new double[2 * side + 2];
      for (int i = 0; i <= side; i++) {
        double edge = Math.scalb(1.0, least + i * each);
        edges[side + 1 + i] = edge;
        edges[side - i] = -edge;
      }
      return edges;
    }

    int bin(double value) {
      int exponent = Math.getExponent(value);
      if (exponent < least || value == 0) {
        return side();
      }
      int from = Math.min((exponent - least) / each, side() - 1);
      return value > 0 ? side() + 1 + from : side() - 1 - from;
    }
  }

  private static final Axis GRADIENTS = new Axis(-30, 10, 1);
  private static final Axis COARSE_GRADIENTS = new Axis(-30, 10, 2);
  private static final Axis PARAMETERS = new Axis(-14, 4, 1);

  /** Tables that take turns: a bin that is hit twice in a row would wait for itself. */
  private static final int TURNS = 4;

  private final int[] columns;
  private final long[] counts = new long[TURNS * GRADIENTS.bins()];
  private final long[] joint;

  /**
   * Empty.
   *
   * @param theta θ (P), or null where gradients alone are counted
   */
  ElementHistogram(double[] theta) {
    this.columns = new int[theta == null ? 0 : theta.length];
    this.joint = new long[theta == null ? 0 : TURNS * PARAMETERS.bins() * COARSE_GRADIENTS.bins()];
    for (int i = 0; i < columns.length; i++) {
      int turn = i % TURNS * COARSE_GRADIENTS.bins() * PARAMETERS.bins();
      columns[i] = turn + PARAMETERS.bin(theta[i]);
    }
  }

  /** Counts the elements of a gradient. */
  void add(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      counts[i % TURNS * GRADIENTS.bins() + GRADIENTS.bin(gradient[i])]++;
    }
    for (int i = 0; i < columns.length; i++) {
      joint[COARSE_GRADIENTS.bin(gradient[i]) * PARAMETERS.bins() + columns[i]]++;
    }
  }

  private static long[] sum(long[] tables) {
    long[] sum = new long[tables.length / TURNS];
    for (int i = 0; i < tables.length; i++) {
      sum[i % sum.length] += tables[i];
    }
    return sum;
  }

  /** Of gradients alone. */
  Histogram gradients() {
    return new Histogram(List.of(GRADIENTS.edges()), sum(counts));
  }

  /** Of gradients and parameters, the latter along the last axis. */
  Histogram gradientsAndParameters() {
    return new Histogram(List.of(COARSE_GRADIENTS.edges(), PARAMETERS.edges()), sum(joint));
  }
}
