package org.noisescape.theory.liu;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Exact mini-batch noise of linear regression: C depends on w through its square only, so that its
 * mean is affine in Σ and Σ solves a linear, self-consistent equation.
 *
 * <p>With ℓ = (f/2)(w·x − y)², K = fE[xxᵀ] and c the batch's factor:
 *
 * <ul>
 *   <li>Gaussian inputs, residuals of variance σ²: C(Σ) = c(KΣK + Tr[KΣ]K + fσ²K). In one dimension
 *       without momentum Σ = cλfσ²/(2 − λk(1 + 2c)), finite for λk(1+2c) less than 2 only.
 *   <li>N given samples: C(Σ) = c{f²/N Σ_n x_n x_nᵀ (x_nᵀΣx_n + r_n²) − KΣK}, r_n the residuals at
 *       the minimum.
 * </ul>
 *
 * <p>Liu et al. (2021) take C ≈ K/S (Eq. 23) and leave the rest to future work (section 5.2); this
 * is ours.
 */
public final class RegressionNoise {
  private static final int BISECTIONS = 60;

  private final Hessian hessian;
  private final MiniBatch batch;
  private final AffineNoise noise;
  private final double[] minimum;

  private RegressionNoise(Hessian hessian, MiniBatch batch, AffineNoise noise, double[] minimum) {
    this.hessian = hessian;
    this.batch = batch;
    this.noise = noise;
    this.minimum = minimum;
  }

  /**
   * Infinitely many samples x ~ N(0, A), y = w*·x + ε; w counts from w*.
   *
   * @param inputCovariance A, shape (D, D)
   * @param residualVariance E[ε²]
   */
  public static RegressionNoise gaussianInputs(
      double[][] inputCovariance, double residualVariance, SquareLoss loss, MiniBatch batch) {
    if (!(residualVariance >= 0)) {
      throw new IllegalArgumentException(
          "variance of the residuals must be >= 0, got " + residualVariance);
    }
    double f = loss.gradientFactor();
    double c = batch.covarianceFactor();
    Hessian hessian =
        Hessian.of(new Array2DRowRealMatrix(inputCovariance).scalarMultiply(f).getData());
    RealMatrix k = hessian.matrix();
    AffineNoise noise =
        new AffineNoise() {
          @Override
          public RealMatrix constantPart() {
            return k.scalarMultiply(c * f * residualVariance);
          }

          @Override
          public RealMatrix linearPart(RealMatrix sigma) {
            RealMatrix product = k.multiply(sigma);
            return product.multiply(k).add(k.scalarMultiply(product.getTrace())).scalarMultiply(c);
          }
        };
    return new RegressionNoise(hessian, batch, noise, new double[hessian.dimension()]);
  }

  /**
   * These samples, drawn again and again; w counts from the least-squares solution.
   *
   * @param inputs x_n, shape (N, D), of full rank D
   * @param targets y_n, shape (N)
   */
  public static RegressionNoise ofSamples(
      double[][] inputs, double[] targets, SquareLoss loss, MiniBatch batch) {
    int n = inputs.length;
    if (n == 0 || targets.length != n) {
      throw new IllegalArgumentException(
          "one target for each of at least one sample, got " + targets.length + " for " + n);
    }
    if (batch.size() > n && batch.covarianceFactor() != 1.0 / batch.size()) {
      throw new IllegalArgumentException(
          "batch " + batch.size() + " is larger than the " + n + " samples");
    }
    double f = loss.gradientFactor();
    RealMatrix x = new Array2DRowRealMatrix(inputs);
    RealMatrix second = x.transposeMultiply(x).scalarMultiply(1.0 / n);
    Hessian hessian = Hessian.of(second.scalarMultiply(f).getData());
    RealVector solution =
        new LUDecomposition(second)
            .getSolver()
            .solve(x.preMultiply(new ArrayRealVector(targets)).mapMultiply(1.0 / n));
    double[] residuals = new ArrayRealVector(targets).subtract(x.operate(solution)).toArray();
    double[] squares = Arrays.stream(residuals).map(r -> r * r).toArray();
    double scale = batch.covarianceFactor() * f * f / n;
    AffineNoise noise =
        new AffineNoise() {
          @Override
          public RealMatrix constantPart() {
            return weighted(inputs, squares).scalarMultiply(scale);
          }

          @Override
          public RealMatrix linearPart(RealMatrix sigma) {
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
              RealVector sample = new ArrayRealVector(inputs[i], false);
              weights[i] = sample.dotProduct(sigma.operate(sample));
            }
            RealMatrix mean =
                hessian
                    .matrix()
                    .multiply(sigma)
                    .multiply(hessian.matrix())
                    .scalarMultiply(batch.covarianceFactor());
            return weighted(inputs, weights).scalarMultiply(scale).subtract(mean);
          }
        };
    return new RegressionNoise(hessian, batch, noise, solution.toArray());
  }

  /** K. */
  public Hessian hessian() {
    return hessian;
  }

  /** Where w = 0 lies in the coordinates of the samples: the least-squares solution, or 0. */
  public double[] minimum() {
    return minimum.clone();
  }

  /** C at the minimum, where Σ = 0. */
  public GradientNoiseCovariance atMinimum() {
    return GradientNoiseCovariance.of(noise.constantPart().getData());
  }

  /** C ≈ cK as the text has it, Eq. 23; for residuals with fσ² = 1. */
  public GradientNoiseCovariance hessianShaped() {
    return GradientNoiseCovariance.proportional(batch.covarianceFactor(), hessian);
  }

  /** The mean of C over w of covariance Σ. */
  public GradientNoiseCovariance averaged(double[][] covariance) {
    RealMatrix sigma = GradientNoiseCovariance.of(covariance).matrix();
    return GradientNoiseCovariance.of(noise.constantPart().add(noise.linearPart(sigma)).getData());
  }

  /** Whether the second moment of w stays finite, which asks more than λk* less than 2(1+μ). */
  public boolean stable(HeavyBallSgd rule) {
    return stationary(rule).isPresent();
  }

  /**
   * The self-consistent Σ. Shape (D, D).
   *
   * @throws IllegalArgumentException where the second moment grows without bound; the message names
   *     the largest learning rate
   */
  public double[][] covariance(HeavyBallSgd rule) {
    return stationary(rule)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "no stationary state at learning rate %s: with this batch it must be less"
                            + " than %.6g",
                        rule.learningRate(),
                        largestLearningRate(rule.momentum()))));
  }

  /** The rate up to which the second moment is finite, to 60 bisections of 2(1+μ)/k*. */
  public double largestLearningRate(double momentum) {
    double stable = 0;
    double unstable = HeavyBallSgd.largestLearningRate(momentum, hessian);
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = 0.5 * (stable + unstable);
      if (middle == stable || middle == unstable) {
        break;
      }
      if (stable(new HeavyBallSgd(middle, momentum))) {
        stable = middle;
      } else {
        unstable = middle;
      }
    }
    return stable;
  }

  private Optional<double[][]> stationary(HeavyBallSgd rule) {
    return rule.stable(hessian)
        ? LinearRecursion.heavyBall(rule, hessian.matrix()).stationary(noise)
        : Optional.empty();
  }

  /** Σ_n weight_n x_n x_nᵀ. */
  private static RealMatrix weighted(double[][] inputs, double[] weights) {
    int d = inputs[0].length;
    RealMatrix sum = MatrixUtils.createRealMatrix(d, d);
    for (int n = 0; n < inputs.length; n++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          sum.addToEntry(i, j, weights[n] * inputs[n][i] * inputs[n][j]);
        }
      }
    }
    return sum;
  }
}
