package org.noisescape.experiments.mori.timechange;

import java.util.Arrays;
import org.noisescape.dynamics.landscape.DiffusionNoise;
import org.noisescape.dynamics.landscape.Landscape;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.dynamics.landscape.MiniBatchNoise;
import org.noisescape.dynamics.landscape.Parabola;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/** Whose trajectories are put on the clock: minimum at 0. */
enum ClockDynamics {
  /** (12) itself by Euler's scheme: L = ½ + ‖θ‖²/2 and Gaussian noise, in one dimension. */
  ITO("It\u00f4 process (12)", "ito", true),
  /** The same in several dimensions, the noise as strong in each. */
  ITO_MANY("It\u00f4 process (12), several dimensions", "ito-many", true),
  /**
   * SGD on a regression whose noise is (6) to the last digit: inputs 0, 0, ±√2 with every label, of
   * which E x⁴ = 2(E x²)², so that what decoupling (7) misses is the ∇L∇Lᵀ that (8) leaves out.
   */
  SGD("SGD, three inputs", "sgd", true) {
    @Override
    Data data(int dimension, int labels, long seed) {
      return Data.of(labels, seed, 4, (k, normal) -> k < 2 ? 0 : (2 * k - 5) * Math.sqrt(2));
    }
  },
  /** SGD on the text's regression, inputs N(0, 1): E x⁴ = 3(E x²)². */
  SGD_GAUSSIAN("SGD, Gaussian inputs", "sgd-gaussian", false) {
    @Override
    Data data(int dimension, int labels, long seed) {
      return Data.of(labels, seed, 2, (k, normal) -> (2 * k - 1) * normal);
    }
  };

  final String label;

  /** For names of files. */
  final String key;

  private final boolean judged;

  ClockDynamics(String label, String key, boolean judged) {
    this.label = label;
    this.key = key;
    this.judged = judged;
  }

  /** Whether (12), from which the text sets out, holds exactly. */
  boolean judged() {
    return judged;
  }

  boolean isIto() {
    return this == ITO || this == ITO_MANY;
  }

  /**
   * The regression, of one parameter; of (12) a parabola.
   *
   * @param dimension of {@link #ITO_MANY}
   */
  Data data(int dimension, int labels, long seed) {
    int own = this == ITO_MANY ? dimension : 1;
    return new Data(Separable.copies(new Parabola(1, 0), own), 0.5, 1, 1, 1);
  }

  /** The noise of a step of length η at batch B, which has the temperature T = ηh/B. */
  LandscapeNoise noise(Data data, double learningRate, int batch, double temperature) {
    return isIto()
        ? DiffusionNoise.ito(
            learningRate,
            (theta, into) -> Arrays.fill(into, 2 * temperature * data.loss(square(theta))))
        : new MiniBatchNoise(batch);
  }

  private static double square(double[] theta) {
    double sum = 0;
    for (double value : theta) {
      sum += value * value;
    }
    return sum;
  }

  /** An input of a label, of which all together have mean 0. */
  @FunctionalInterface
  interface Inputs {
    double of(int k, double normal);
  }

  /**
   * L = L* + h‖θ‖²/2, the gradient of one sample having the variance v₀ + v₂‖θ‖² along each axis.
   *
   * @param landscape L, for the process (12) less L*
   * @param minimumLoss L*
   * @param curvature h
   * @param constant v₀
   * @param growth v₂
   */
  record Data(
      Landscape landscape, double minimumLoss, double curvature, double constant, double growth) {
    /** Every label with as many inputs, so that the minimum lies at 0. */
    static Data of(int labels, long seed, int inputs, Inputs input) {
      RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
      double[] x = new double[labels * inputs];
      double[] y = new double[x.length];
      for (int m = 0; m < labels; m++) {
        double label = random.nextGaussian();
        double normal = random.nextGaussian();
        for (int k = 0; k < inputs; k++) {
          x[m * inputs + k] = input.of(k, normal);
          y[m * inputs + k] = label;
        }
      }
      double curvature = mean(x, x, 0);
      return new Data(
          new LinearRegression(1, x, y),
          mean(y, y, 0) / 2,
          curvature,
          mean(x, y, 2),
          mean(x, x, 2) - curvature * curvature);
    }

    /** ⟨a b⟩, or ⟨a² b²⟩. */
    private static double mean(double[] a, double[] b, int power) {
      double[] products = new double[a.length];
      Arrays.setAll(products, i -> power == 2 ? Math.pow(a[i] * b[i], 2) : a[i] * b[i]);
      return Arrays.stream(products).sum() / a.length;
    }

    int dimension() {
      return landscape.dimension();
    }

    /** L at ‖θ‖². */
    double loss(double square) {
      return minimumLoss + curvature * square / 2;
    }

    /** Variance of the gradient of one sample along an axis, at ‖θ‖². */
    double variance(double square) {
      return constant + growth * square;
    }
  }
}
