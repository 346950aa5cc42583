package org.noisescape.experiments.liu.stationary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.MiniBatchNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.optim.HeavyBall;
import org.noisescape.optim.UpdateRule;
import org.noisescape.theory.liu.ContinuousTime;
import org.noisescape.theory.liu.DiscreteTime;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.Hessian;
import org.noisescape.theory.liu.RegressionNoise;

/** SGD with momentum on quadratic losses, with what the theories say of its variances. */
public final class Systems {
  private Systems() {}

  /** Constant noise C = diag(c) on ½wᵀKw. */
  public static StationaryCase constant(
      StationaryCase.Label label, double[][] hessian, double... variances) {
    HeavyBallSgd rule = new HeavyBallSgd(label.learningRate(), label.momentum());
    Hessian k = Hessian.of(hessian);
    GradientNoiseCovariance c = diagonal(variances);
    double[][] discrete = DiscreteTime.covariance(rule, k, c);
    double[][] continuous = ContinuousTime.covariance(rule, k, c);
    return new StationaryCase(
        label,
        new Quadratic(flat(hessian)),
        DiagonalNoise.constant(variances),
        momentum(label.momentum()),
        label.learningRate(),
        new double[variances.length],
        contraction(rule, k),
        variances(discrete, discrete, continuous));
  }

  /**
   * Mini-batches drawn with replacement from given samples.
   *
   * @throws IllegalArgumentException with the bound where second moments are infinite
   */
  public static StationaryCase regression(
      StationaryCase.Label label, Synthetic data, RegressionNoise noise) {
    HeavyBallSgd rule = new HeavyBallSgd(label.learningRate(), label.momentum());
    Hessian k = noise.hessian();
    double[][] exact = noise.covariance(rule);
    return new StationaryCase(
        label,
        data.landscape(),
        new MiniBatchNoise(label.batch()),
        momentum(label.momentum()),
        label.learningRate(),
        noise.minimum(),
        contraction(rule, k),
        variances(
            exact,
            DiscreteTime.covariance(rule, k, noise.hessianShaped()),
            ContinuousTime.covariance(rule, k, noise.hessianShaped())));
  }

  /** The chain of heavy ball; empty for μ = 0. */
  public static List<UpdateRule> momentum(double mu) {
    return mu == 0 ? List.of() : List.of(new HeavyBall(mu));
  }

  /** diag(c). */
  public static GradientNoiseCovariance diagonal(double... variances) {
    double[][] entries = new double[variances.length][variances.length];
    for (int i = 0; i < variances.length; i++) {
      entries[i][i] = variances[i];
    }
    return GradientNoiseCovariance.of(entries);
  }

  /** K with these eigenvalues, its first eigenvector at an angle to the first axis. */
  public static double[][] rotated(double angle, double first, double second) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    double off = (first - second) * c * s;
    return new double[][] {
      {first * c * c + second * s * s, off}, {off, first * s * s + second * c * c}
    };
  }

  /** Eigenvalues of the product of two positive definite matrices (2, 2), real and positive. */
  public static double[] eigenvalues(double[][] a, double[][] b) {
    double[][] p = new Array2DRowRealMatrix(a).multiply(new Array2DRowRealMatrix(b)).getData();
    double half = 0.5 * (p[0][0] + p[1][1]);
    double determinant = p[0][0] * p[1][1] - p[0][1] * p[1][0];
    // rounding may leave a negative number for equal eigenvalues
    double root = Math.sqrt(Math.max(0, half * half - determinant));
    return new double[] {half - root, half + root};
  }

  /** A matrix row by row. */
  public static double[] flat(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Slowest direction of heavy ball. */
  static double contraction(HeavyBallSgd rule, Hessian hessian) {
    return Arrays.stream(hessian.eigenvalues())
        .map(k -> StationaryCase.contraction(rule.momentum(), rule.learningRate() * k))
        .max()
        .orElseThrow();
  }

  private static List<Prediction> variances(
      double[][] exact, double[][] text, double[][] continuous) {
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < exact.length; i++) {
      String name = exact.length == 1 ? "variance" : "variance of w_" + (i + 1);
      all.add(Prediction.variance(i, exact, text, continuous, name));
    }
    return all;
  }
}
