package org.noisescape.engine.host;

import org.noisescape.tensor.DescentPlan;

/** Columns of a regression's data, and its loss as a quadratic form. */
final class HostRegressionData {
  private final int dimension;
  private final int samples;

  /** Columns x_1, …, x_d, t, each (N). */
  private final double[] columns;

  /** A (d, d), b (d), c. */
  private final double[] form;

  HostRegressionData(DescentPlan plan) {
    dimension = plan.theta().dim(1);
    samples = plan.samples();
    columns = new double[(dimension + 1) * samples];
    for (int n = 0; n < samples; n++) {
      long x = Native.address(plan.features()) + n * Native.rowBytes(plan.features());
      for (int j = 0; j < dimension; j++) {
        columns[j * samples + n] = Float64Kernels.get(x, j);
      }
      long t = Native.address(plan.targets()) + n * Native.rowBytes(plan.targets());
      columns[dimension * samples + n] = Float64Kernels.get(t, 0);
    }
    form = new double[dimension * dimension + dimension + 1];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        form[i * dimension + j] = mean(i, j);
      }
      form[dimension * dimension + i] = mean(i, dimension);
    }
    form[form.length - 1] = mean(dimension, dimension) / 2;
  }

  private double mean(int i, int j) {
    double sum = 0;
    for (int n = 0; n < samples; n++) {
      sum = Math.fma(columns[i * samples + n], columns[j * samples + n], sum);
    }
    return sum / samples;
  }

  double[] columns() {
    return columns;
  }

  double gram(int i, int j) {
    return form[i * dimension + j];
  }

  double moment(int i) {
    return form[dimension * dimension + i];
  }

  double constant() {
    return form[form.length - 1];
  }
}
