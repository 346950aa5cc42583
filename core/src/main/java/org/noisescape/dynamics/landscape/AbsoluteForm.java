package org.noisescape.dynamics.landscape;

/**
 * f = a |c · θ̂|.
 *
 * @param factor a
 * @param coefficients c
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record AbsoluteForm(double factor, double... coefficients) implements Formula {
  /** Copies c. */
  public AbsoluteForm {
    coefficients = coefficients.clone();
  }

  @Override
  public int arity() {
    return coefficients.length;
  }

  /** c · θ̂, whose sign decides the branch. */
  public double inner(double[] theta, int from) {
    double sum = 0;
    for (int j = 0; j < coefficients.length; j++) {
      sum += coefficients[j] * theta[from + j];
    }
    return sum;
  }

  @Override
  public double value(double[] theta, int from) {
    return factor * Math.abs(inner(theta, from));
  }

  @Override
  public void addGradient(double[] theta, int from, double weight, double[] into) {
    double sign = factor * Math.signum(inner(theta, from)) * weight;
    for (int j = 0; j < coefficients.length; j++) {
      into[from + j] += sign * coefficients[j];
    }
  }

  /** Nothing: f is linear on either side of its kink. */
  @Override
  public void addHessian(double[] theta, int from, double weight, double[] into) {}
}
