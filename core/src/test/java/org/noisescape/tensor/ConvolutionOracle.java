package org.noisescape.tensor;

/** Convolution, its adjoints and pooling by scalar loops in float64, channels last. */
record ConvolutionOracle(ConvolutionGeometry geometry, int replicas, int samples) {
  /** Receives every product of the convolution once. */
  interface Term {
    void of(int x, int w, int y);
  }

  int inputSize() {
    return geometry.height() * geometry.width() * geometry.inputChannels();
  }

  int outputSize() {
    return geometry.positions() * geometry.outputChannels();
  }

  /** Visits all (x, w, y) with y = … + w x, as indices into (R, N, …), (R, …) and (R, N, …). */
  void forEachTerm(Term term) {
    for (int image = 0; image < replicas * samples; image++) {
      for (int t = 0; t < geometry.positions(); t++) {
        forEachTermAt(image, t / geometry.outputWidth(), t % geometry.outputWidth(), term);
      }
    }
  }

  private void forEachTermAt(int image, int row, int column, Term term) {
    int weights = (int) geometry.weightSize();
    int position = row * geometry.outputWidth() + column;
    for (int i = 0; i < geometry.kernelHeight(); i++) {
      int h = row * geometry.stride() + i - geometry.padding();
      for (int j = 0; j < geometry.kernelWidth(); j++) {
        int v = column * geometry.stride() + j - geometry.padding();
        if (h < 0 || h >= geometry.height() || v < 0 || v >= geometry.width()) {
          continue;
        }
        for (int c = 0; c < geometry.inputChannels(); c++) {
          int x = image * inputSize() + (h * geometry.width() + v) * geometry.inputChannels() + c;
          for (int o = 0; o < geometry.outputChannels(); o++) {
            int kernel = (o * geometry.inputChannels() + c) * geometry.kernelHeight() + i;
            int w = image / samples * weights + kernel * geometry.kernelWidth() + j;
            term.of(x, w, image * outputSize() + position * geometry.outputChannels() + o);
          }
        }
      }
    }
  }

  /** Before the activation. */
  Tolerance.Expected forward(double[] x, double[] w, double[] b) {
    Tolerance.Expected y =
        new Tolerance.Expected(replicas * samples * outputSize(), geometry.patchSize() + 1.0);
    for (int i = 0; i < y.values().length; i++) {
      int replica = i / (samples * outputSize());
      int channel = i % geometry.outputChannels();
      y.add(i, b[replica * geometry.outputChannels() + channel]);
    }
    forEachTerm((xi, wi, yi) -> y.add(yi, x[xi] * w[wi]));
    return y;
  }

  Tolerance.Expected inputGradient(double[] w, double[] yBar) {
    double terms = (double) geometry.weightSize() / geometry.inputChannels();
    Tolerance.Expected xBar = new Tolerance.Expected(replicas * samples * inputSize(), terms);
    forEachTerm((xi, wi, yi) -> xBar.add(xi, w[wi] * yBar[yi]));
    return xBar;
  }

  Tolerance.Expected weightGradient(double[] x, double[] yBar) {
    double terms = (double) samples * geometry.positions() + 1;
    int size = replicas * (int) geometry.weightSize();
    Tolerance.Expected wBar = new Tolerance.Expected(size, terms);
    forEachTerm((xi, wi, yi) -> wBar.add(wi, x[xi] * yBar[yi]));
    return wBar;
  }

  Tolerance.Expected biasGradient(double[] yBar) {
    int channels = geometry.outputChannels();
    double terms = (double) samples * geometry.positions() + 1;
    Tolerance.Expected bBar = new Tolerance.Expected(replicas * channels, terms);
    for (int i = 0; i < yBar.length; i++) {
      bBar.add(i / (samples * outputSize()) * channels + i % channels, yBar[i]);
    }
    return bBar;
  }

  /** Rows (∂/∂w, ∂/∂b) of every sample's own term. */
  Tolerance.Expected sampleGradients(double[] x, double[] yBar) {
    return sampleGradients(x, yBar, true);
  }

  /** The same with ∂/∂b or without. */
  Tolerance.Expected sampleGradients(double[] x, double[] yBar, boolean bias) {
    int weights = (int) geometry.weightSize();
    int parameters = weights + (bias ? geometry.outputChannels() : 0);
    Tolerance.Expected rows =
        new Tolerance.Expected(replicas * samples * parameters, geometry.positions());
    forEachTerm(
        (xi, wi, yi) -> rows.add(yi / outputSize() * parameters + wi % weights, x[xi] * yBar[yi]));
    for (int i = 0; bias && i < yBar.length; i++) {
      int channel = weights + i % geometry.outputChannels();
      rows.add(i / outputSize() * parameters + channel, yBar[i]);
    }
    return rows;
  }

  /**
   * ‖w̄_n‖² + ‖b̄_n‖² of every sample, the last where there is a bias; magnitudes with absolute
   * values throughout, so that they bound the rounding of the gradients too.
   */
  Tolerance.Expected norms(double[] x, double[] yBar, boolean bias) {
    int parameters = (int) geometry.weightSize() + (bias ? geometry.outputChannels() : 0);
    Tolerance.Expected rows = sampleGradients(x, yBar, bias);
    Tolerance.Expected norms =
        new Tolerance.Expected(replicas * samples, 2.0 * geometry.positions() + parameters);
    for (int i = 0; i < rows.values().length; i++) {
      norms.values()[i / parameters] += rows.values()[i] * rows.values()[i];
      norms.magnitudes()[i / parameters] += rows.magnitudes()[i] * rows.magnitudes()[i];
    }
    return norms;
  }

  /** Positions of the maxima in each sample's x, the first in row order. */
  int[] argmax(double[] x) {
    int channels = geometry.inputChannels();
    int[] argmax = new int[replicas * samples * outputSize()];
    for (int index = 0; index < argmax.length; index++) {
      int image = index / outputSize();
      int position = index % outputSize() / channels;
      int best = -1;
      for (int cell = 0; cell < geometry.kernelHeight() * geometry.kernelWidth(); cell++) {
        int h = position / geometry.outputWidth() * geometry.stride() - geometry.padding();
        int v = position % geometry.outputWidth() * geometry.stride() - geometry.padding();
        h += cell / geometry.kernelWidth();
        v += cell % geometry.kernelWidth();
        if (h < 0 || h >= geometry.height() || v < 0 || v >= geometry.width()) {
          continue;
        }
        int here = (h * geometry.width() + v) * channels + index % channels;
        if (best < 0 || x[image * inputSize() + here] > x[image * inputSize() + best]) {
          best = here;
        }
      }
      argmax[index] = best;
    }
    return argmax;
  }
}
