package org.noisescape.tensor;

/**
 * Normalisation of the elements that share mean and variance from its definition, forward and in
 * reverse, in dual numbers: their tangents are those of both.
 *
 * <p>Forward: μ = ⟨x⟩, d = x − μ, v = ⟨d²⟩, s = (v + ε)^(−1/2), x̂ = s d, y = γ x̂ + β. Reverse,
 * one line after another.
 */
final class NormalizationOracle {
  private final int rows;
  private final boolean coupled;
  private final Dual[] d;
  private final Dual inverse;
  private final Dual[] gamma;

  /** Mean and variance are given, so that rounding theirs is no error; their tangents follow. */
  NormalizationOracle(
      Dual[] x, double mean, double variance, double epsilon, Dual[] gamma, boolean coupled) {
    this.rows = x.length;
    this.coupled = coupled;
    this.gamma = gamma;
    this.d = new Dual[rows];
    Dual mu = moving(mean, coupled ? mean(x) : Dual.ZERO);
    for (int m = 0; m < rows; m++) {
      d[m] = x[m].difference(mu);
    }
    Dual[] squares = new Dual[rows];
    for (int m = 0; m < rows; m++) {
      squares[m] = d[m].times(d[m]);
    }
    this.inverse = moving(variance, coupled ? mean(squares) : Dual.ZERO).inverseRoot(epsilon);
  }

  /** A given value with another's tangent. */
  private static Dual moving(double value, Dual from) {
    double size = Math.abs(value);
    return new Dual(value, size, size, from.dot(), from.dotNear(), from.dotFar());
  }

  /** y before the activation. */
  Dual[] forward(Dual[] beta) {
    Dual[] y = new Dual[rows];
    for (int m = 0; m < rows; m++) {
      y[m] = gamma[m].times(normalized(m)).plus(beta[m]);
    }
    return y;
  }

  /** γ̄ of a channel, whose elements follow each other. */
  Dual gammaBar(Dual[] yBar, int from, int to) {
    Dual sum = Dual.ZERO;
    for (int m = from; m < to; m++) {
      sum = sum.plus(yBar[m].times(normalized(m)));
    }
    return sum;
  }

  /** β̄. */
  static Dual betaBar(Dual[] yBar, int from, int to) {
    Dual sum = Dual.ZERO;
    for (int m = from; m < to; m++) {
      sum = sum.plus(yBar[m]);
    }
    return sum;
  }

  /** x̄. */
  Dual[] backward(Dual[] yBar) {
    Dual[] dBar = new Dual[rows];
    Dual inverseBar = Dual.ZERO;
    for (int m = 0; m < rows; m++) {
      Dual normalizedBar = gamma[m].times(yBar[m]);
      dBar[m] = inverse.times(normalizedBar);
      inverseBar = inverseBar.plus(normalizedBar.times(d[m]));
    }
    if (!coupled) {
      return dBar;
    }
    Dual cube = inverse.times(inverse).times(inverse);
    Dual varianceBar = cube.times(inverseBar).times(-0.5);
    Dual meanBar = Dual.ZERO;
    for (int m = 0; m < rows; m++) {
      dBar[m] = dBar[m].plus(varianceBar.times(d[m]).times(2.0 / rows));
      meanBar = meanBar.plus(dBar[m].times(-1));
    }
    Dual[] xBar = new Dual[rows];
    for (int m = 0; m < rows; m++) {
      xBar[m] = dBar[m].plus(meanBar.times(1.0 / rows));
    }
    return xBar;
  }

  /** x̂. */
  private Dual normalized(int m) {
    return inverse.times(d[m]);
  }

  static Dual mean(Dual[] x) {
    return betaBar(x, 0, x.length).times(1.0 / x.length);
  }

  /** Mean and biased variance, in two passes. */
  static double[] moments(double[] x) {
    double sum = 0;
    // the first as origin, so that a constant has no variance
    for (double value : x) {
      sum += value - x[0];
    }
    double mean = x[0] + sum / x.length;
    double squares = 0;
    for (double value : x) {
      squares += (value - mean) * (value - mean);
    }
    return new double[] {mean, squares / x.length};
  }
}
