package org.noisescape.theory.liu;

import java.util.Arrays;
import org.noisescape.theory.Domain;

/**
 * Covariance of the outputs and tangent kernel JJᵀ of a dense ReLU network at its initialisation,
 * in the limit of wide layers, of one output; both are the same for every output and 0 between two.
 *
 * <p>Layer l has fan n_l and weights of variance v_l, biases of 0 that are trained. From the layer
 * below, q and q̇ the means of φφ′ and of the derivatives' product for normal pre-activations of
 * covariance Σ,
 *
 * <pre>
 * Σ₁ = v₁ x·x′        Σ_{l+1} = v_{l+1} n_l q_l
 * Θ₁ = x·x′ + 1       Θ_{l+1} = n_l q_l + 1 + v_{l+1} n_l q̇_l Θ_l
 * </pre>
 *
 * <p>Steps are those of gradient descent on the weights themselves, not on weights of variance 1,
 * so that a layer's share in Θ is in proportion to its fan.
 *
 * <p>Source: Jacot, Gabriel, Hongler (2018), Theorem 1; q and q̇ of Cho and Saul (2009), Eqs. 1, 6.
 *
 * @param widths n₀ of the input, the hidden layers, and the outputs: three or more
 * @param variances v of each layer, one less
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TangentKernel(int[] widths, double[] variances) {
  /** Copies the numbers. */
  public TangentKernel {
    widths = widths.clone();
    variances = variances.clone();
    if (widths.length < 3 || Arrays.stream(widths).anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "a tangent kernel needs widths of input, hidden layers and outputs, got "
              + Arrays.toString(widths));
    }
    Domain.length("variances of the layers", variances.length, widths.length - 1);
    for (double variance : variances) {
      Domain.positive("variance of a weight", variance);
    }
  }

  /** With Glorot's variances 2/(n_l + n_{l+1}). */
  public static TangentKernel glorot(int... widths) {
    double[] variances = new double[Math.max(0, widths.length - 1)];
    for (int l = 0; l < variances.length; l++) {
      variances[l] = 2.0 / ((double) widths[l] + widths[l + 1]);
    }
    return new TangentKernel(widths, variances);
  }

  /**
   * Both kernels of two inputs.
   *
   * @param covariance E[f(x) f(x′)]
   * @param tangent Θ
   */
  public record Value(double covariance, double tangent) {}

  /**
   * Of two inputs by their products.
   *
   * @param first x·x
   * @param product x·x′
   * @param second x′·x′
   */
  public Value of(double first, double product, double second) {
    double aa = variances[0] * first;
    double ab = variances[0] * product;
    double bb = variances[0] * second;
    double tangent = product + 1;
    for (int l = 1; l < variances.length; l++) {
      double norm = Math.sqrt(aa * bb);
      double angle = norm == 0 ? 0 : Math.acos(Math.clamp(ab / norm, -1, 1));
      double mean = norm / (2 * Math.PI) * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle));
      double slopes = norm == 0 ? 0 : (Math.PI - angle) / (2 * Math.PI);
      double spread = variances[l] * widths[l];
      tangent = widths[l] * mean + 1 + spread * slopes * tangent;
      aa = spread * aa / 2;
      ab = spread * mean;
      bb = spread * bb / 2;
    }
    return new Value(ab, tangent);
  }

  /**
   * Both kernels between two sets of inputs.
   *
   * @param first shape (N, n₀)
   * @param second shape (M, n₀)
   * @return Σ and Θ, each of shape (N, M)
   */
  public double[][][] between(double[][] first, double[][] second) {
    double[] squares = Arrays.stream(second).mapToDouble(x -> dot(x, x)).toArray();
    double[][][] both = new double[2][first.length][second.length];
    for (int i = 0; i < first.length; i++) {
      double own = dot(first[i], first[i]);
      for (int j = 0; j < second.length; j++) {
        Value value = of(own, dot(first[i], second[j]), squares[j]);
        both[0][i][j] = value.covariance();
        both[1][i][j] = value.tangent();
      }
    }
    return both;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
