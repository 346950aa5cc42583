package org.noisescape.dynamics.landscape;

/**
 * f = a + b exp(−θ̂ᵀ M θ̂).
 *
 * @param offset a
 * @param amplitude b
 * @param matrix M, symmetric, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record GaussianForm(double offset, double amplitude, double... matrix) implements Formula {
  /** Checks that M is square and symmetric. */
  public GaussianForm {
    matrix = new Quadratic(matrix).matrix();
  }

  @Override
  public int arity() {
    return (int) Math.round(Math.sqrt(matrix.length));
  }

  @Override
  public double value(double[] theta, int from) {
    return offset + bump(theta, from);
  }

  @Override
  public void addGradient(double[] theta, int from, double weight, double[] into) {
    double bump = weight * bump(theta, from);
    int size = arity();
    for (int j = 0; j < size; j++) {
      into[from + j] -= 2 * bump * row(theta, from, j, size);
    }
  }

  @Override
  public void addHessian(double[] theta, int from, double weight, double[] into) {
    double bump = weight * bump(theta, from);
    int size = arity();
    int stride = from + size;
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        into[(from + j) * stride + from + k] +=
            bump
                * (4 * row(theta, from, j, size) * row(theta, from, k, size)
                    - 2 * matrix[j * size + k]);
      }
    }
  }

  private double bump(double[] theta, int from) {
    int size = arity();
    double sum = 0;
    for (int j = 0; j < size; j++) {
      sum += theta[from + j] * row(theta, from, j, size);
    }
    return amplitude * Math.exp(-sum);
  }

  private double row(double[] theta, int from, int j, int size) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += matrix[j * size + k] * theta[from + k];
    }
    return sum;
  }
}
