package org.noisescape.theory.liu;

import java.util.function.UnaryOperator;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The second moments of (w, m), stepped from w = m = 0 until they stand still: the definition of
 * the rule m ← μm + αg, w ← w − Λ[(1−ν)g + νm], g = Kw + η, and nothing else.
 *
 * @param preconditioner Λ
 * @param inflow α
 */
record MomentRecursion(
    RealMatrix preconditioner, RealMatrix hessian, double mu, double nu, double inflow) {
  private static final double STILL = 1e-14;
  private static final int STEPS = 2_000_000;

  static MomentRecursion heavyBall(double rate, double mu, double[][] hessian) {
    return preconditioned(scalar(rate, hessian.length), mu, hessian);
  }

  static MomentRecursion preconditioned(double[][] preconditioner, double mu, double[][] hessian) {
    return new MomentRecursion(matrix(preconditioner), matrix(hessian), mu, 1, 1);
  }

  static MomentRecursion quasiHyperbolic(double rate, double mu, double nu, double[][] hessian) {
    return new MomentRecursion(
        matrix(scalar(rate, hessian.length)), matrix(hessian), mu, nu, 1 - mu);
  }

  /** Σ for a constant C. */
  double[][] fixedPoint(double[][] noise) {
    RealMatrix c = matrix(noise);
    return fixedPoint(sigma -> c);
  }

  /** Σ for C(Σ). */
  double[][] fixedPoint(UnaryOperator<RealMatrix> noise) {
    int d = hessian.getRowDimension();
    RealMatrix ww = MatrixUtils.createRealMatrix(d, d);
    RealMatrix wm = MatrixUtils.createRealMatrix(d, d);
    RealMatrix mm = MatrixUtils.createRealMatrix(d, d);
    double a = 1 - nu + nu * inflow;
    double b = nu * mu;
    for (int step = 0; step < STEPS; step++) {
      RealMatrix gg = hessian.multiply(ww).multiply(hessian).add(noise.apply(ww));
      RealMatrix gm = hessian.multiply(wm);
      RealMatrix wg = ww.multiply(hessian);
      RealMatrix mg = gm.transpose();
      RealMatrix ss =
          gg.scalarMultiply(a * a)
              .add(gm.add(mg).scalarMultiply(a * b))
              .add(mm.scalarMultiply(b * b));
      RealMatrix ws = wg.scalarMultiply(a).add(wm.scalarMultiply(b));
      RealMatrix sm =
          gm.scalarMultiply(a * mu)
              .add(gg.scalarMultiply(a * inflow))
              .add(mm.scalarMultiply(b * mu))
              .add(mg.scalarMultiply(b * inflow));
      RealMatrix nextWm =
          wm.scalarMultiply(mu)
              .add(wg.scalarMultiply(inflow))
              .subtract(preconditioner.multiply(sm));
      RealMatrix cross = ws.multiply(preconditioner);
      RealMatrix nextWw =
          ww.subtract(cross)
              .subtract(cross.transpose())
              .add(preconditioner.multiply(ss).multiply(preconditioner));
      // rounding's antisymmetric part is no covariance, and would grow
      nextWw = nextWw.add(nextWw.transpose()).scalarMultiply(0.5);
      mm =
          mm.scalarMultiply(mu * mu)
              .add(gm.add(mg).scalarMultiply(mu * inflow))
              .add(gg.scalarMultiply(inflow * inflow));
      wm = nextWm;
      double moved = nextWw.subtract(ww).getNorm1();
      ww = nextWw;
      if (step > 100 && moved <= STILL * ww.getNorm1()) {
        return ww.getData();
      }
    }
    throw new AssertionError("the moments did not settle in " + STEPS + " steps");
  }

  static double[][] scalar(double value, int size) {
    return MatrixUtils.createRealIdentityMatrix(size).scalarMultiply(value).getData();
  }

  static RealMatrix matrix(double[][] entries) {
    return new Array2DRowRealMatrix(entries);
  }

  static double[][] product(double[][]... factors) {
    RealMatrix product = matrix(factors[0]);
    for (int i = 1; i < factors.length; i++) {
      product = product.multiply(matrix(factors[i]));
    }
    return product.getData();
  }

  static double trace(double[][] entries) {
    return matrix(entries).getTrace();
  }

  /** Largest difference over the largest entry of expected. */
  static double distance(double[][] actual, double[][] expected) {
    RealMatrix difference = matrix(actual).subtract(matrix(expected));
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        largest = Math.max(largest, Math.abs(difference.getEntry(i, j)));
        scale = Math.max(scale, Math.abs(expected[i][j]));
      }
    }
    return largest / scale;
  }
}
