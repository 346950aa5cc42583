package org.noisescape.dynamics.landscape;

/**
 * ℓ_μ = ½ (θ·x_μ − y_μ)², L = (1/N) Σ ℓ_μ.
 *
 * <p>The means over samples are taken once: L = ½ θᵀAθ − b·θ + c costs P² products.
 */
public final class LinearRegression implements SampledLandscape {
  private final int dimension;
  private final double[] x;
  private final double[] y;
  private final double[] gram;
  private final double[] moment;
  private final double halfSquare;

  /**
   * Of data.
   *
   * @param dimension d
   * @param x inputs (N, d), row by row
   * @param y targets (N)
   */
  public LinearRegression(int dimension, double[] x, double[] y) {
    if (dimension < 1 || y.length < 1 || x.length != dimension * y.length) {
      throw new IllegalArgumentException(
          "linear regression needs d >= 1 inputs for each of N >= 1 targets, got d = %d, %d inputs, %d targets"
              .formatted(dimension, x.length, y.length));
    }
    this.dimension = dimension;
    this.x = x.clone();
    this.y = y.clone();
    this.gram = new double[dimension * dimension];
    this.moment = new double[dimension];
    double squares = 0;
    for (int n = 0; n < y.length; n++) {
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          gram[i * dimension + j] += x[n * dimension + i] * x[n * dimension + j] / y.length;
        }
        moment[i] += x[n * dimension + i] * y[n] / y.length;
      }
      squares += y[n] * y[n] / y.length;
    }
    this.halfSquare = squares / 2;
  }

  /** Inputs (N, d), row by row. */
  public double[] inputs() {
    return x.clone();
  }

  /** Targets (N). */
  public double[] targets() {
    return y.clone();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int samples() {
    return y.length;
  }

  @Override
  public double value(double[] theta) {
    double sum = halfSquare;
    for (int i = 0; i < dimension; i++) {
      double row = -2 * moment[i];
      for (int j = 0; j < dimension; j++) {
        row += gram[i * dimension + j] * theta[j];
      }
      sum += 0.5 * theta[i] * row;
    }
    return sum;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    for (int i = 0; i < dimension; i++) {
      double row = -moment[i];
      for (int j = 0; j < dimension; j++) {
        row += gram[i * dimension + j] * theta[j];
      }
      into[i] = row;
    }
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    System.arraycopy(gram, 0, into, 0, gram.length);
  }

  @Override
  public void addSampleGradient(int sample, double[] theta, double[] into) {
    int row = sample * dimension;
    double residual = -y[sample];
    for (int i = 0; i < dimension; i++) {
      residual += theta[i] * x[row + i];
    }
    for (int i = 0; i < dimension; i++) {
      into[i] += residual * x[row + i];
    }
  }
}
