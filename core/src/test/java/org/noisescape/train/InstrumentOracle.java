package org.noisescape.train;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.noisescape.nn.Network;
import org.noisescape.objective.DerivedSamples;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.LinearizedOptions;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.Vectors;

/**
 * Losses, gradients and diagonals of the Gauss–Newton matrix of single samples, each as the whole
 * data set of a risk of its own, and statistics of them by their definitions, of weighted samples.
 */
final class InstrumentOracle {
  final double[] losses;
  final double[][] gradients;
  final double[][] curvatures;

  private record One(SampleSource all, int sample) implements DerivedSamples {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public void copyFeatures(int first, int count, float[] destination) {
      all.copyFeatures(sample, 1, destination);
    }

    @Override
    public void copyTargets(int first, int count, float[] destination) {
      all.copyTargets(sample, 1, destination);
    }
  }

  InstrumentOracle(Engine engine, TrainingPlan plan, SampleSource samples, double[] theta) {
    int count = samples.size();
    losses = new double[count];
    gradients = new double[count][];
    curvatures = new double[count][];
    Network network = plan.network();
    int parameters = network.parameterCount();
    for (int n = 0; n < count; n++) {
      try (Arena arena = engine.arena()) {
        ResidentData data =
            new ResidentData(new One(samples, n), network, plan.loss(), DType.FLOAT64, arena);
        EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients());
        LinearizedRisk linearized =
            new LinearizedRisk(data, arena, LinearizedOptions.of(parameters));
        Tensor point = arena.reserve(DType.FLOAT64, 1, parameters);
        Tensor gradient = arena.reserve(DType.FLOAT64, 1, parameters);
        Tensor unit = arena.reserve(DType.FLOAT64, parameters, parameters);
        Tensor product = arena.reserve(DType.FLOAT64, parameters, parameters);
        arena.commit();
        engine.memory().write(point, theta);
        risk.gradient(network.view(point), network.view(gradient));
        losses[n] = risk.value(network.view(point))[0].loss();
        gradients[n] = engine.memory().readDoubles(gradient);
        double[] identity = new double[parameters * parameters];
        for (int i = 0; i < parameters; i++) {
          identity[i * parameters + i] = 1;
        }
        engine.memory().write(unit, identity);
        linearized.moveTo(theta);
        linearized.gaussNewtonProducts(unit, product);
        double[] matrix = engine.memory().readDoubles(product);
        curvatures[n] = new double[parameters];
        for (int i = 0; i < parameters; i++) {
          curvatures[n][i] = matrix[i * parameters + i];
        }
      }
    }
  }

  int batch() {
    return losses.length;
  }

  double loss(double... w) {
    return Vectors.dot(w, losses);
  }

  /** Σ w_n g_n. */
  double[] gradient(double... w) {
    return mean(w, gradients);
  }

  private static double[] mean(double[] w, double[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (int n = 0; n < w.length; n++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += w[n] * vectors[n][i];
      }
    }
    return mean;
  }

  double normTest(double... w) {
    double[] mean = gradient(w);
    double spread = 0;
    for (int n = 0; n < batch(); n++) {
      double[] off = Vectors.axpy(-1, mean, gradients[n]);
      spread += w[n] * Vectors.dot(off, off);
    }
    return Math.sqrt(spread / (batch() - 1) / Vectors.dot(mean, mean));
  }

  double innerProductTest(double... w) {
    double[] mean = gradient(w);
    double square = Vectors.dot(mean, mean);
    double spread = 0;
    for (int n = 0; n < batch(); n++) {
      double off = Vectors.dot(gradients[n], mean) - square;
      spread += w[n] * off * off;
    }
    return Math.sqrt(spread / (batch() - 1)) / square;
  }

  double orthogonalityTest(double... w) {
    double[] mean = gradient(w);
    double square = Vectors.dot(mean, mean);
    double spread = 0;
    for (int n = 0; n < batch(); n++) {
      double share = Vectors.dot(gradients[n], mean) / square;
      double[] off = Vectors.axpy(-share, mean, gradients[n]);
      spread += w[n] * Vectors.dot(off, off);
    }
    return Math.sqrt(spread / (batch() - 1) / square);
  }

  double cabs(double learningRate, double... w) {
    double[] mean = gradient(w);
    double noise = -Vectors.dot(mean, mean);
    for (int n = 0; n < batch(); n++) {
      noise += w[n] * Vectors.dot(gradients[n], gradients[n]);
    }
    return learningRate * noise / loss(w);
  }

  double gsnr(double... w) {
    return ratio(1, w);
  }

  double earlyStopping(double... w) {
    return 1 - batch() * ratio(batch() / (batch() - 1.0), w);
  }

  private double ratio(double factor, double... w) {
    double[] mean = gradient(w);
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double variance = 0;
      for (int n = 0; n < batch(); n++) {
        variance += w[n] * Math.pow(gradients[n][i] - mean[i], 2);
      }
      sum += mean[i] * mean[i] / (factor * variance + 1e-5);
    }
    return sum / mean.length;
  }

  double takeuchiDiagonal(double... w) {
    double[] curvature = mean(w, curvatures);
    double sum = 0;
    for (int i = 0; i < curvature.length; i++) {
      double second = 0;
      for (int n = 0; n < batch(); n++) {
        second += w[n] * gradients[n][i] * gradients[n][i];
      }
      sum += second / (curvature[i] + 1e-7);
    }
    return sum;
  }

  double takeuchiTrace(double... w) {
    double second = 0;
    for (int n = 0; n < batch(); n++) {
      second += w[n] * Vectors.dot(gradients[n], gradients[n]);
    }
    return second / (Arrays.stream(mean(w, curvatures)).sum() + 1e-7);
  }

  /** Each sample with the same weight. */
  static double[] equal(int count) {
    double[] w = new double[count];
    Arrays.fill(w, 1.0 / count);
    return w;
  }

  /**
   * The infinitesimal jackknife by differences: how a statistic of weights changes as one sample
   * gains weight on account of all, the spread of that over √B.
   */
  static double standardError(int count, ToDoubleFunction<double[]> statistic) {
    double step = 1e-5;
    double[] changes = new double[count];
    for (int n = 0; n < count; n++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        double[] w = equal(count);
        for (int m = 0; m < count; m++) {
          w[m] *= 1 - sign * step;
        }
        w[n] += sign * step;
        changes[n] += sign * statistic.applyAsDouble(w) / (2 * step);
      }
    }
    double mean = Arrays.stream(changes).average().orElseThrow();
    double square = Arrays.stream(changes).map(c -> (c - mean) * (c - mean)).sum();
    return Math.sqrt(square / (count - 1) / count);
  }
}
