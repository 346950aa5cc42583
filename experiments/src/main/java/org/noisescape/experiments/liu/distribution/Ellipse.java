package org.noisescape.experiments.liu.distribution;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

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

  void draw(FigureBuilder into, String name, int colour, Stroke stroke) {
    List<double[]> corners =
        Arrays.stream(Abscissas.even(0, 2 * Math.PI, SIDES))
            .mapToObj(a -> new double[] {SIGMAS * Math.cos(a), SIGMAS * Math.sin(a)})
            .map(root::operate)
            .toList();
    into.line(name, colour, stroke, corners, w -> w[0], w -> w[1]);
  }
}
