package org.noisescape.dynamics.landscape;

/**
 * f = a + Σ_j (b_j θ̂_j + ½ k_j θ̂_j²).
 *
 * @param offset a
 * @param linear b
 * @param curvatures k
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record QuadraticForm(double offset, double[] linear, double[] curvatures)
    implements Formula {
  /** Copies the vectors. */
  public QuadraticForm {
    linear = linear.clone();
    curvatures = curvatures.clone();
    if (linear.length != curvatures.length) {
      throw new IllegalArgumentException(
          "a quadratic form needs as many slopes as curvatures, got %d and %d"
              .formatted(linear.length, curvatures.length));
    }
  }

  /** f = a. */
  public static QuadraticForm constant(double offset) {
    return new QuadraticForm(offset, new double[0], new double[0]);
  }

  /** f = b · θ̂. */
  public static QuadraticForm slope(double... linear) {
    return new QuadraticForm(0, linear, new double[linear.length]);
  }

  @Override
  public int arity() {
    return linear.length;
  }

  @Override
  public double value(double[] theta, int from) {
    double sum = offset;
    for (int j = 0; j < linear.length; j++) {
      double at = theta[from + j];
      sum += linear[j] * at + 0.5 * curvatures[j] * at * at;
    }
    return sum;
  }

  @Override
  public void addGradient(double[] theta, int from, double weight, double[] into) {
    for (int j = 0; j < linear.length; j++) {
      into[from + j] += weight * (linear[j] + curvatures[j] * theta[from + j]);
    }
  }

  @Override
  public void addHessian(double[] theta, int from, double weight, double[] into) {
    int stride = from + linear.length;
    for (int j = 0; j < linear.length; j++) {
      into[(from + j) * (stride + 1)] += weight * curvatures[j];
    }
  }
}
