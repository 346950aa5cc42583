package org.noisescape.experiments.wei;

import static org.noisescape.theory.wei.SpectralDrift.discreteVariance;

import java.util.Arrays;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.theory.wei.SpectralDrift;

/**
 * How θ̂ moves along a valley on average, the curved directions being in equilibrium.
 *
 * <p>⟨θ_i²⟩ = ηC_ii/(λ_i(2 − ηλ_i)), Eq. 9 of Wei and Schwab before its expansion in η, and so Δθ̂
 * = −(η/2) Σ ⟨θ_i²⟩ ∇λ_i − η∇g a step. To leading order ⟨θ_i²⟩ = ηC_ii/(2λ_i), Eq. 8.
 *
 * @param valley the valley
 * @param noise C_ii
 * @param learningRate η
 */
public record ValleyDrift(Valley valley, DiagonalNoise noise, double learningRate) {
  /** The valley at a point, as the theorems see it. */
  public static SpectralDrift theory(Valley valley, double[] theta, double learningRate) {
    int n = valley.curved();
    double[][] gradients = new double[n][];
    for (int i = 0; i < n; i++) {
      gradients[i] = Arrays.copyOfRange(valley.eigenvalueGradient(i, theta), n, valley.dimension());
    }
    return new SpectralDrift(learningRate, eigenvalues(valley, theta), gradients);
  }

  /** λ_i at θ̂. */
  public static double[] eigenvalues(Valley valley, double... theta) {
    double[] eigenvalues = new double[valley.curved()];
    Arrays.setAll(eigenvalues, i -> valley.eigenvalue(i, theta));
    return eigenvalues;
  }

  /** ⟨θ_i²⟩ at θ̂. */
  public double[] variances(double[] theta) {
    double[] c = new double[valley.dimension()];
    noise.variances().at(theta, c);
    double[] result = new double[valley.curved()];
    for (int i = 0; i < result.length; i++) {
      double lambda = valley.eigenvalue(i, theta);
      result[i] = discreteVariance(learningRate, lambda, c[i]);
    }
    return result;
  }

  /**
   * θ̂ on its way.
   *
   * @param steps rising
   * @return θ̂ after each of them
   */
  public double[][] along(double[] start, double[] steps) {
    double[][] path = new double[steps.length][];
    for (int k = 0; k < steps.length; k++) {
      path[k] =
          k == 0
              ? after(start, (long) steps[0])
              : after(path[k - 1], (long) (steps[k] - steps[k - 1]));
    }
    return path;
  }

  /** θ̂ after so many steps, from a point whose curved directions are set to zero. */
  public double[] after(double[] start, long steps) {
    double[] theta = start.clone();
    Arrays.fill(theta, 0, valley.curved(), 0);
    for (long k = 0; k < steps; k++) {
      double[] variances = variances(theta);
      double[] move = new double[theta.length];
      valley.floor().addGradient(theta, valley.curved(), 1, move);
      for (int i = 0; i < variances.length; i++) {
        valley.eigenvalues().get(i).addGradient(theta, valley.curved(), variances[i] / 2, move);
      }
      for (int j = valley.curved(); j < theta.length; j++) {
        theta[j] -= learningRate * move[j];
      }
    }
    return theta;
  }
}
