package org.noisescape.theory.passage;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/** Gauss-Legendre rule of a panel [−1, 1], with the integrals from −1 to each of its nodes. */
final class GaussPanel {
  /** Nodes of a panel: smooth integrands lose a factor 2²⁰ of error by each halving. */
  static final int ORDER = 10;

  static final double[] NODES = new double[ORDER];
  static final double[] WEIGHTS = new double[ORDER];

  /** PARTIAL[i][j] = ∫ from −1 to node i of the Lagrange polynomial of node j. */
  static final double[][] PARTIAL = new double[ORDER][ORDER];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(ORDER);
    for (int i = 0; i < ORDER; i++) {
      NODES[i] = rule.getPoint(i);
      WEIGHTS[i] = rule.getWeight(i);
    }
    for (int i = 0; i < ORDER; i++) {
      double half = (NODES[i] + 1) / 2;
      for (int k = 0; k < ORDER; k++) {
        double x = -1 + half * (NODES[k] + 1);
        for (int j = 0; j < ORDER; j++) {
          PARTIAL[i][j] += half * WEIGHTS[k] * lagrange(j, x);
        }
      }
    }
  }

  private GaussPanel() {}

  private static double lagrange(int node, double x) {
    double product = 1;
    for (int k = 0; k < ORDER; k++) {
      if (k != node) {
        product *= (x - NODES[k]) / (NODES[node] - NODES[k]);
      }
    }
    return product;
  }

  /** ∫ from −1 to node i of a function given at offset … offset + ORDER − 1 of values. */
  static double partial(int i, double[] values, int offset) {
    double sum = 0;
    for (int j = 0; j < ORDER; j++) {
      sum += PARTIAL[i][j] * values[offset + j];
    }
    return sum;
  }

  /** ∫ from −1 to 1. */
  static double whole(double[] values, int offset) {
    double sum = 0;
    for (int j = 0; j < ORDER; j++) {
      sum += WEIGHTS[j] * values[offset + j];
    }
    return sum;
  }
}
