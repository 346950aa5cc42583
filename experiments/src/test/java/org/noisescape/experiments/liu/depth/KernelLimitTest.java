package org.noisescape.experiments.liu.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.liu.TangentKernel;

/** The limit of wide layers against descent of a wide network, written out. */
class KernelLimitTest {
  private static final int HIDDEN = 800;
  private static final int SAMPLES = 30;
  private static final double LOSS = 0.1;

  @Test
  void wideNetworksAtASmallRateHaveItsTestError() {
    DatasetPair pair =
        Catalogue.load(
            "teacher:d=4,width=6,classes=2,train=30,test=500",
            DataLocation.of(Optional.empty(), Map.of()));
    Dataset train = pair.train();
    Dataset test = pair.test().orElseThrow();
    KernelLimit limit = KernelLimit.of(train, test, SAMPLES, 1, HIDDEN, LOSS, 1);
    double mean = 0;
    int networks = 8;
    for (int n = 0; n < networks; n++) {
      mean += trained(train, test, n) / networks;
    }
    // both scatter by 0.02 from draw to draw
    assertThat(limit.error().mean()).isCloseTo(mean, within(0.03));
    assertThat(limit.error().standardError()).isLessThan(0.006);
    // a network that knows nothing
    assertThat(limit.error().mean()).isLessThan(0.35);
  }

  /** Drawn outputs have the covariances of the kernel, within and across the two sets. */
  @Test
  void drawnOutputsHaveTheirCovariances() {
    TangentKernel kernel = TangentKernel.glorot(2, 50, 50, 1);
    double[][] own = {{1, 0}, {0.3, -0.8}};
    double[][] others = {{-0.5, 1}};
    KernelLimit.Outputs outputs =
        new KernelLimit.Outputs(
            kernel, kernel.between(own, own)[0], kernel.between(others, own)[0], others);
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(0);
    int draws = 40_000;
    double[] sums = new double[4];
    for (int d = 0; d < draws; d++) {
      double[][] start = outputs.draw(random, 1);
      double there = outputs.elsewhere(start, random)[0][0];
      sums[0] += start[0][0] * start[0][0] / draws;
      sums[1] += start[0][0] * start[1][0] / draws;
      sums[2] += there * there / draws;
      sums[3] += there * start[1][0] / draws;
    }
    double[][][] all = kernel.between(new double[][] {own[0], own[1], others[0]}, own);
    double size = all[0][0][0];
    // means of as many products are known to 1 %
    assertThat(sums[0] / size).isCloseTo(1, within(0.03));
    assertThat(sums[1]).isCloseTo(all[0][1][0], within(0.03 * size));
    assertThat(sums[2]).isCloseTo(kernel.between(others, others)[0][0][0], within(0.04 * size));
    assertThat(sums[3]).isCloseTo(all[0][2][1], within(0.03 * size));
  }

  /** Test error of one hidden layer after full-batch descent to the loss. */
  private static double trained(Dataset train, Dataset test, int seed) {
    RandomStream random = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 3).stream(0);
    double[][] first = new double[HIDDEN][5];
    double[][] second = new double[2][HIDDEN + 1];
    for (int j = 0; j < HIDDEN; j++) {
      for (int i = 0; i < 4; i++) {
        first[j][i] = Math.sqrt(2.0 / (4 + HIDDEN)) * random.nextGaussian();
      }
      for (int k = 0; k < 2; k++) {
        second[k][j] = Math.sqrt(2.0 / (HIDDEN + 2)) * random.nextGaussian();
      }
    }
    double rate = 0.05;
    double loss = 1;
    for (int step = 0; loss > LOSS && step < 20_000; step++) {
      double[][] firstChange = new double[HIDDEN][5];
      double[][] secondChange = new double[2][HIDDEN + 1];
      loss = 0;
      for (int m = 0; m < SAMPLES; m++) {
        double[] x = input(train, m);
        double[] units = units(first, x);
        double[] outputs = outputs(second, units);
        for (int k = 0; k < 2; k++) {
          double off = outputs[k] - (train.labels()[m] == k ? 1 : 0);
          loss += off * off / (2.0 * SAMPLES);
          for (int j = 0; j < HIDDEN; j++) {
            secondChange[k][j] += off * units[j] / SAMPLES;
            for (int i = 0; units[j] > 0 && i < 5; i++) {
              firstChange[j][i] += off * second[k][j] * x[i] / SAMPLES;
            }
          }
          secondChange[k][HIDDEN] += off / SAMPLES;
        }
      }
      for (int j = 0; j < HIDDEN; j++) {
        for (int i = 0; i < 5; i++) {
          first[j][i] -= rate * firstChange[j][i];
        }
      }
      for (int k = 0; k < 2; k++) {
        for (int j = 0; j <= HIDDEN; j++) {
          second[k][j] -= rate * secondChange[k][j];
        }
      }
    }
    assertThat(loss).isLessThanOrEqualTo(LOSS);
    int wrong = 0;
    for (int m = 0; m < test.size(); m++) {
      double[] outputs = outputs(second, units(first, input(test, m)));
      wrong += (outputs[1] > outputs[0] ? 1 : 0) == test.labels()[m] ? 0 : 1;
    }
    return (double) wrong / test.size();
  }

  /** x and the 1 of the bias. */
  private static double[] input(Dataset data, int row) {
    float[] x = new float[4];
    data.features().copyRows(row, 1, x, 0);
    return new double[] {x[0], x[1], x[2], x[3], 1};
  }

  private static double[] units(double[][] first, double[] x) {
    double[] units = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      for (int i = 0; i < 5; i++) {
        units[j] += first[j][i] * x[i];
      }
      units[j] = Math.max(0, units[j]);
    }
    return units;
  }

  private static double[] outputs(double[][] second, double[] units) {
    double[] outputs = new double[2];
    for (int k = 0; k < 2; k++) {
      outputs[k] = second[k][HIDDEN];
      for (int j = 0; j < HIDDEN; j++) {
        outputs[k] += second[k][j] * units[j];
      }
    }
    return outputs;
  }
}
