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

  private final int[] parameterBins;
  private final long[] counts;
  private final long[][] joint;

  /**
   * Empty.
   *
   * @param theta θ (P), or null where gradients alone are counted
   */
  ElementHistogram(double[] theta) {
    this.counts = new long[GRADIENTS.bins()];
    this.joint = theta == null ? null : new long[PARAMETERS.bins()][COARSE_GRADIENTS.bins()];
    this.parameterBins = new int[theta == null ? 0 : theta.length];
    for (int i = 0; i < parameterBins.length; i++) {
      parameterBins[i] = PARAMETERS.bin(theta[i]);
    }
  }

  /** Counts the elements of a gradient. */
  void add(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      counts[GRADIENTS.bin(gradient[i])]++;
    }
    for (int i = 0; i < parameterBins.length; i++) {
      joint[parameterBins[i]][COARSE_GRADIENTS.bin(gradient[i])]++;
    }
  }

  /** Of gradients alone. */
  Histogram gradients() {
    return new Histogram(List.of(GRADIENTS.edges()), counts);
  }

  /** Of parameters and gradients, the latter along the last axis. */
  Histogram parametersAndGradients() {
    long[] all = new long[PARAMETERS.bins() * COARSE_GRADIENTS.bins()];
    for (int i = 0; i < joint.length; i++) {
      System.arraycopy(joint[i], 0, all, i * joint[i].length, joint[i].length);
    }
    return new Histogram(List.of(PARAMETERS.edges(), COARSE_GRADIENTS.edges()), all);
  }
}
