package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;

/** Sums over samples for tr Cov(g, H̃u) and tr Cov(H̃u) of each layer's u. */
final class LayerMoments {
  private final List<LayerSlice> slices;
  private final int parameters;
  private final double[] gradients;
  private final double[] squares;
  private final double[] products;
  private final double[] crossed;
  private final double[] bends;
  private int samples;

  LayerMoments(List<LayerSlice> slices, int parameters) {
    this.slices = slices;
    this.parameters = parameters;
    this.gradients = new double[parameters];
    this.squares = new double[parameters];
    this.products = new double[slices.size() * parameters];
    this.crossed = new double[slices.size()];
    this.bends = new double[slices.size()];
  }

  /** A sample's g_μ (P) and H_μ u of each layer, one behind the other. */
  void add(int sample, double[] gradient, double[] product) {
    samples++;
    for (int i = 0; i < parameters; i++) {
      gradients[i] += gradient[i];
      squares[i] += gradient[i] * gradient[i];
      for (int k = 0; k < crossed.length; k++) {
        double one = product[k * parameters + i];
        products[k * parameters + i] += one;
        crossed[k] += gradient[i] * one;
        bends[k] += one * one;
      }
    }
  }

  /** Var(g_i) of every parameter. */
  double[] gradientVariances() {
    double[] variances = new double[parameters];
    for (int i = 0; i < parameters; i++) {
      double mean = gradients[i] / samples;
      variances[i] = Math.max(0, squares[i] / samples - mean * mean);
    }
    return variances;
  }

  List<LayerExpansion> layers() {
    double noise = 0;
    for (double variance : gradientVariances()) {
      noise += variance;
    }
    List<LayerExpansion> layers = new ArrayList<>();
    for (int k = 0; k < crossed.length; k++) {
      double cross = crossed[k] / samples;
      double bend = bends[k] / samples;
      for (int i = 0; i < parameters; i++) {
        double mean = products[k * parameters + i] / samples;
        cross -= mean * gradients[i] / samples;
        bend -= mean * mean;
      }
      layers.add(new LayerExpansion(slices.get(k).name(), noise, cross, bend));
    }
    return layers;
  }
}
