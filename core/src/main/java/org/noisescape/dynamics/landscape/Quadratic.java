package org.noisescape.dynamics.landscape;

/**
 * L = ½ θᵀ K θ.
 *
 * @param matrix K (P, P), symmetric, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Quadratic(double[] matrix) implements Landscape {
  /** Checks that K is square and symmetric. */
  public Quadratic {
    matrix = matrix.clone();
    int size = (int) Math.round(Math.sqrt(matrix.length));
    if (size < 1 || size * size != matrix.length) {
      throw new IllegalArgumentException(
          "a quadratic landscape needs a square matrix, got " + matrix.length + " entries");
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        if (matrix[i * size + j] != matrix[j * size + i]) {
          throw new IllegalArgumentException(
              "a quadratic landscape needs a symmetric matrix, got K[%d][%d] = %s, K[%d][%d] = %s"
                  .formatted(i, j, matrix[i * size + j], j, i, matrix[j * size + i]));
        }
      }
    }
  }

  /** K = diag(k). */
  public static Quadratic diagonal(double... k) {
    double[] matrix = new double[k.length * k.length];
    for (int i = 0; i < k.length; i++) {
      matrix[i * k.length + i] = k[i];
    }
    return new Quadratic(matrix);
  }

  @Override
  public int dimension() {
    return (int) Math.round(Math.sqrt(matrix.length));
  }

  @Override
  public double value(double[] theta) {
    double sum = 0;
    for (int i = 0; i < theta.length; i++) {
      for (int j = 0; j < theta.length; j++) {
        sum += 0.5 * theta[i] * matrix[i * theta.length + j] * theta[j];
      }
    }
    return sum;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    for (int i = 0; i < theta.length; i++) {
      double sum = 0;
      for (int j = 0; j < theta.length; j++) {
        sum += matrix[i * theta.length + j] * theta[j];
      }
      into[i] = sum;
    }
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    System.arraycopy(matrix, 0, into, 0, matrix.length);
  }
}
