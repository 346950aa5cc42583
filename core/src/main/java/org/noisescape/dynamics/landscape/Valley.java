package org.noisescape.dynamics.landscape;

import java.util.Arrays;
import java.util.List;

/**
 * L(θ) = ½ Σ_{i&lt;n} θ_i² λ_i(θ̂) + g(θ̂), θ̂ = (θ_n, …, θ_(P−1)): n directions with curvatures
 * λ_i that change along a valley whose floor is g.
 *
 * <p>At θ_i = 0 the λ_i are the nonzero eigenvalues of the Hessian. Source: Wei and Schwab, Eqs. 1
 * and 36. Their toy losses leave out the ½, so that λ_i is twice the factor of θ_i² there.
 *
 * @param eigenvalues λ_i
 * @param floor g
 * @param degenerate number of degenerate parameters P − n
 */
public record Valley(List<Formula> eigenvalues, Formula floor, int degenerate)
    implements Landscape {
  /** Checks that the formulas fit. */
  public Valley {
    eigenvalues = List.copyOf(eigenvalues);
    if (eigenvalues.isEmpty() || degenerate < 1) {
      throw new IllegalArgumentException(
          "a valley needs an eigenvalue and a degenerate parameter or more, got %d and %d"
              .formatted(eigenvalues.size(), degenerate));
    }
    for (Formula formula : eigenvalues) {
      requireArity(formula, degenerate);
    }
    requireArity(floor, degenerate);
  }

  /** Wei and Schwab, section 4.2: L = |θ₃ + θ₄| θ₁² + |θ₃ + 2θ₄| θ₂², λ = 2|…|. */
  public static Valley absolute() {
    return flat(2, new AbsoluteForm(2, 1, 1), new AbsoluteForm(2, 1, 2));
  }

  /** Wei and Schwab, section 4.2: L = (4 − 2 exp(−θ₃² − θ₄²)) θ₁² + exp(−(θ₃ − θ₄)²) θ₂². */
  public static Valley gaussian() {
    return flat(2, new GaussianForm(8, -4, 1, 0, 0, 1), new GaussianForm(0, 2, 1, -1, -1, 1));
  }

  /** Wei and Schwab, section A.6: L = ½ (θ₂² + 1) θ₁² + αθ₂. */
  public static Valley inclined(double slope) {
    return new Valley(
        List.of(new QuadraticForm(1, new double[1], new double[] {2})),
        QuadraticForm.slope(slope),
        1);
  }

  /** Without inclination. */
  public static Valley flat(int degenerate, Formula... eigenvalues) {
    return new Valley(List.of(eigenvalues), QuadraticForm.constant(0), degenerate);
  }

  private static void requireArity(Formula formula, int degenerate) {
    if (formula.arity() != 0 && formula.arity() != degenerate) {
      throw new IllegalArgumentException(
          "the valley has %d degenerate parameters, %s takes %d"
              .formatted(degenerate, formula.getClass().getSimpleName(), formula.arity()));
    }
  }

  /** n. */
  public int curved() {
    return eigenvalues.size();
  }

  @Override
  public int dimension() {
    return curved() + degenerate;
  }

  /** λ_i(θ̂). */
  public double eigenvalue(int i, double[] theta) {
    return eigenvalues.get(i).value(theta, curved());
  }

  /** T = Σ λ_i. */
  public double trace(double[] theta) {
    double sum = 0;
    for (int i = 0; i < curved(); i++) {
      sum += eigenvalue(i, theta);
    }
    return sum;
  }

  /** Σ log λ_i; NaN where one is negative. */
  public double logDeterminant(double[] theta) {
    double sum = 0;
    for (int i = 0; i < curved(); i++) {
      sum += Math.log(eigenvalue(i, theta));
    }
    return sum;
  }

  /** ∇λ_i, zero in the curved directions. */
  public double[] eigenvalueGradient(int i, double[] theta) {
    double[] gradient = new double[dimension()];
    eigenvalues.get(i).addGradient(theta, curved(), 1, gradient);
    return gradient;
  }

  @Override
  public double value(double[] theta) {
    double sum = floor.value(theta, curved());
    for (int i = 0; i < curved(); i++) {
      sum += 0.5 * theta[i] * theta[i] * eigenvalue(i, theta);
    }
    return sum;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    int n = curved();
    Arrays.fill(into, 0);
    floor.addGradient(theta, n, 1, into);
    for (int i = 0; i < n; i++) {
      into[i] = theta[i] * eigenvalue(i, theta);
      eigenvalues.get(i).addGradient(theta, n, 0.5 * theta[i] * theta[i], into);
    }
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    int n = curved();
    int stride = dimension();
    Arrays.fill(into, 0);
    floor.addHessian(theta, n, 1, into);
    for (int i = 0; i < n; i++) {
      into[i * (stride + 1)] = eigenvalue(i, theta);
      eigenvalues.get(i).addHessian(theta, n, 0.5 * theta[i] * theta[i], into);
      double[] slope = eigenvalueGradient(i, theta);
      for (int j = n; j < stride; j++) {
        into[i * stride + j] = theta[i] * slope[j];
        into[j * stride + i] = theta[i] * slope[j];
      }
    }
  }
}
