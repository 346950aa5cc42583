package org.noisescape.dynamics.landscape;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * L(w) = Σ_j ℓ_j(w_j): with double wells for ℓ_j, 2^P wells on the corners of a box.
 *
 * @param curves ℓ_j, one a parameter
 */
public record Separable(List<Curve> curves) implements Landscape {
  /** Copies the list. */
  public Separable {
    curves = List.copyOf(curves);
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("a separable landscape needs a parameter or more");
    }
  }

  /** Of one curve a parameter. */
  public static Separable of(Curve... curves) {
    return new Separable(List.of(curves));
  }

  /** The same curve in every direction. */
  public static Separable copies(Curve curve, int dimension) {
    return new Separable(Collections.nCopies(dimension, curve));
  }

  @Override
  public int dimension() {
    return curves.size();
  }

  @Override
  public double value(double[] theta) {
    double sum = 0;
    for (int j = 0; j < theta.length; j++) {
      sum += curves.get(j).value(theta[j]);
    }
    return sum;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    for (int j = 0; j < theta.length; j++) {
      into[j] = curves.get(j).slope(theta[j]);
    }
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    Arrays.fill(into, 0);
    for (int j = 0; j < theta.length; j++) {
      into[j * theta.length + j] = curves.get(j).curvature(theta[j]);
    }
  }
}
