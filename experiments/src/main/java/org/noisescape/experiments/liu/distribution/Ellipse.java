package org.noisescape.experiments.liu.distribution;

import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Stroke;

/**
 * The 3σ ellipse of a covariance in two dimensions, wᵀΣ⁻¹w = 9.
 *
 * <p>A normal distribution has the share 1 − exp(−9/2) = 0.9889 inside.
 *
 * @param root lower triangle L of Σ = LLᵀ
 */
record Ellipse(RealMatrix root) {
  static final double NORMAL_SHARE = -Math.expm1(-4.5);
  private static final double SIGMAS = 3;
  private static final int SIDES = 120;

  static Ellipse of(double[][] covariance) {
    RealMatrix sigma = new Array2DRowRealMatrix(covariance);
    RealMatrix symmetric = sigma.add(sigma.transpose()).scalarMultiply(0.5); // to the last bit
    return new Ellipse(new CholeskyDecomposition(symmetric).getL());
  }

  /** 1 inside, 0 outside. */
  ToDoubleFunction<double[]> inside() {
    double a = root.getEntry(0, 0);
    double b = root.getEntry(1, 0);
    double c = root.getEntry(1, 1);
    return w -> {
      double first = w[0] / a;
      double second = (w[1] - b * first) / c;
      return first * first + second * second <= SIGMAS * SIGMAS ? 1 : 0;
    };
  }

  Line line(String name, int colour, Stroke stroke) {
    double[] x = new double[SIDES + 1];
    double[] y = new double[SIDES + 1];
    for (int i = 0; i <= SIDES; i++) {
      double angle = 2 * Math.PI * i / SIDES;
      double[] w = root.operate(new double[] {SIGMAS * Math.cos(angle), SIGMAS * Math.sin(angle)});
      x[i] = w[0];
      y[i] = w[1];
    }
    return new Line(name, colour, stroke, x, y);
  }
}
