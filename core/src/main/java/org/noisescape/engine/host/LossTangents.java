package org.noisescape.engine.host;

/** Hessians of losses in the outputs, and their roots, row by row in float64. */
final class LossTangents implements Workers.Task {
  /** Which. */
  enum Kind {
    SQUARED_ERROR,
    CROSS_ENTROPY,
    SQUARED_ERROR_ROOT,
    CROSS_ENTROPY_ROOT
  }

  Kind kind;
  boolean wide;
  double scale;
  int valid;
  int classes;

  /** Column of a root. */
  int column;

  /** Addresses of one replica's rows; those that the kind does not read may be 0. */
  long output;

  long outputDot;
  long out;

  @Override
  public void run(long from, long to) {
    for (long n = from; n < to; n++) {
      long row = n * classes;
      if (n < valid) {
        row(row);
      } else {
        for (long i = row; i < row + classes; i++) {
          set(out, i, 0);
        }
      }
    }
  }

  private void row(long row) {
    switch (kind) {
      case SQUARED_ERROR -> {
        for (long i = row; i < row + classes; i++) {
          set(out, i, scale * get(outputDot, i));
        }
      }
      case SQUARED_ERROR_ROOT -> {
        for (int k = 0; k < classes; k++) {
          set(out, row + k, k == column ? scale : 0);
        }
      }
      case CROSS_ENTROPY -> crossEntropy(row);
      case CROSS_ENTROPY_ROOT -> crossEntropyRoot(row);
    }
  }

  /** s p_k (ḟ_k − p·ḟ). */
  private void crossEntropy(long row) {
    double largest = largest(row);
    double sum = 0;
    double inner = 0;
    for (long i = row; i < row + classes; i++) {
      double weight = Math.exp(get(output, i) - largest);
      sum += weight;
      inner += weight * get(outputDot, i);
    }
    double mean = inner / sum;
    for (long i = row; i < row + classes; i++) {
      double probability = Math.exp(get(output, i) - largest) / sum;
      set(out, i, scale * probability * (get(outputDot, i) - mean));
    }
  }

  private void crossEntropyRoot(long row) {
    double largest = largest(row);
    double sum = 0;
    for (long i = row; i < row + classes; i++) {
      sum += Math.exp(get(output, i) - largest);
    }
    double factor = scale * Math.sqrt(Math.exp(get(output, row + column) - largest) / sum);
    for (int k = 0; k < classes; k++) {
      double probability = Math.exp(get(output, row + k) - largest) / sum;
      set(out, row + k, factor * ((k == column ? 1 : 0) - probability));
    }
  }

  private double largest(long row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (long i = row; i < row + classes; i++) {
      largest = Math.max(largest, get(output, i));
    }
    return largest;
  }

  private double get(long address, long i) {
    return wide ? Float64Kernels.get(address, i) : Native.ALL.get(Native.FLOAT, address + 4 * i);
  }

  private void set(long address, long i, double value) {
    if (wide) {
      Float64Kernels.set(address, i, value);
    } else {
      Native.ALL.set(Native.FLOAT, address + 4 * i, (float) value);
    }
  }
}
