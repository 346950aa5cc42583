package org.noisescape.experiments.liu.depth;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.noisescape.datasets.Dataset;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.liu.KernelFlow;
import org.noisescape.theory.liu.TangentKernel;

/**
 * Test error of the limit of small rates and wide layers: gradient flow with the tangent kernel at
 * initialisation to the same training loss, from outputs drawn as those of a network.
 *
 * <p>Outputs of test samples are drawn given those of the training set, independently of each
 * other: the mean error is that of joint draws.
 *
 * @param depth hidden layers
 * @param fromZero test error from outputs of 0, kernel regression stopped at that loss
 * @param errors from drawn outputs, one a draw
 */
record KernelLimit(int depth, double fromZero, double[] errors) {
  /** A test error of 2,000 samples scatters by 0.01 from draw to draw. */
  private static final int DRAWS = 40;

  /** Relative, to the trace: rounding of a covariance without full rank. */
  private static final double RIDGE = 1e-10;

  private static final Purpose OUTPUTS = Purpose.of("tangent-kernel-outputs");

  SeedMean error() {
    return SeedMean.of(errors);
  }

  /**
   * Computes it.
   *
   * @param train training set
   * @param samples the first so many of it
   * @param loss training loss to be met
   */
  static KernelLimit of(
      Dataset train, Dataset test, int samples, int depth, int width, double loss, long seed) {
    int outputs = train.classes();
    int[] widths = new int[depth + 2];
    Arrays.fill(widths, width);
    widths[0] = train.features().length();
    widths[depth + 1] = outputs;
    TangentKernel kernel = TangentKernel.glorot(widths);
    double[][] inputs = inputs(train, samples);
    double[][] others = inputs(test, test.size());
    double[][][] own = kernel.between(inputs, inputs);
    double[][][] across = kernel.between(others, inputs);
    KernelFlow flow = new KernelFlow(own[1]);
    Outputs prior = new Outputs(kernel, own[0], across[0], others);
    double[] errors = new double[DRAWS];
    for (int d = 0; d < DRAWS; d++) {
      RandomStream random = RandomKey.of(seed, OUTPUTS, depth).stream(d);
      double[][] start = prior.draw(random, outputs);
      double[][] there = prior.elsewhere(start, random);
      errors[d] = error(flow, across[1], start, there, train, test, loss);
    }
    double[][] zero = new double[samples][outputs];
    double[][] zeroThere = new double[others.length][outputs];
    return new KernelLimit(
        depth, error(flow, across[1], zero, zeroThere, train, test, loss), errors);
  }

  private static double error(
      KernelFlow flow,
      double[][] across,
      double[][] start,
      double[][] there,
      Dataset train,
      Dataset test,
      double loss) {
    double[][] residuals = new double[start.length][];
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = start[i].clone();
      residuals[i][train.labels()[i]] -= 1;
    }
    double[][] change = flow.until(residuals, loss).change(across);
    int wrong = 0;
    for (int m = 0; m < there.length; m++) {
      int best = 0;
      for (int k = 1; k < there[m].length; k++) {
        best = there[m][k] + change[m][k] > there[m][best] + change[m][best] ? k : best;
      }
      wrong += best == test.labels()[m] ? 0 : 1;
    }
    return (double) wrong / there.length;
  }

  private static double[][] inputs(Dataset data, int count) {
    int length = data.features().length();
    float[] row = new float[length];
    double[][] inputs = new double[count][length];
    for (int i = 0; i < count; i++) {
      data.features().copyRows(i, 1, row, 0);
      for (int j = 0; j < length; j++) {
        inputs[i][j] = row[j];
      }
    }
    return inputs;
  }

  /** The normal law of a network's outputs at initialisation. */
  static final class Outputs {
    private final RealMatrix root;
    private final double[][] weights;
    private final double[] deviations;

    Outputs(TangentKernel kernel, double[][] own, double[][] across, double[][] others) {
      RealMatrix covariance = new Array2DRowRealMatrix(own);
      double ridge = RIDGE * covariance.getTrace();
      for (int i = 0; i < own.length; i++) {
        covariance.addToEntry(i, i, ridge);
      }
      CholeskyDecomposition parts = new CholeskyDecomposition(covariance, 1e-9, 0);
      root = parts.getL();
      weights =
          parts
              .getSolver()
              .solve(new Array2DRowRealMatrix(across).transpose())
              .transpose()
              .getData();
      deviations = new double[others.length];
      for (int m = 0; m < others.length; m++) {
        double square = Arrays.stream(others[m]).map(x -> x * x).sum();
        double variance = kernel.of(square, square, square).covariance();
        for (int i = 0; i < own.length; i++) {
          variance -= weights[m][i] * across[m][i];
        }
        deviations[m] = Math.sqrt(Math.max(0, variance));
      }
    }

    /** Of the training set, shape (N, K). */
    double[][] draw(RandomStream random, int outputs) {
      return root.multiply(normals(random, root.getRowDimension(), outputs)).getData();
    }

    /** Of the test set, shape (M, K), given those. */
    double[][] elsewhere(double[][] start, RandomStream random) {
      double[][] mean =
          new Array2DRowRealMatrix(weights).multiply(new Array2DRowRealMatrix(start)).getData();
      for (int m = 0; m < mean.length; m++) {
        for (int k = 0; k < mean[m].length; k++) {
          mean[m][k] += deviations[m] * random.nextGaussian();
        }
      }
      return mean;
    }

    private static RealMatrix normals(RandomStream random, int rows, int columns) {
      double[][] drawn = new double[rows][columns];
      for (double[] row : drawn) {
        for (int k = 0; k < columns; k++) {
          row[k] = random.nextGaussian();
        }
      }
      return new Array2DRowRealMatrix(drawn);
    }
  }
}
