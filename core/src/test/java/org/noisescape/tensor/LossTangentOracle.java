package org.noisescape.tensor;

import java.util.Arrays;

/**
 * Outputs, tangents and scales of N samples of R replicas, and products with the losses' Hessians
 * in float64; what lies in padding is not a number.
 *
 * @param f outputs
 * @param fDot their tangents
 * @param scale of each replica
 * @param replicas R
 * @param size N, K and how many samples are valid
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record LossTangentOracle(double[] f, double[] fDot, double[] scale, int replicas, int[] size) {
  static LossTangentOracle of(int replicas, int[] size, double spread) {
    double[] f = Workbench.normals(1, replicas * size[0] * size[1]);
    double[] fDot = Workbench.normals(2, f.length);
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) (f[i] * spread);
      if (i / size[1] % size[0] >= size[2]) {
        f[i] = Double.NaN;
        fDot[i] = Double.NaN;
      }
    }
    return new LossTangentOracle(f, fDot, Workbench.normals(3, replicas), replicas, size);
  }

  int[] shape() {
    return new int[] {replicas, size[0], size[1]};
  }

  boolean isPadding(int i) {
    return i / size[1] % size[0] >= size[2];
  }

  double scaleAt(int i) {
    return scale[i / (size[0] * size[1])];
  }

  /** softmax of every valid row; zero elsewhere. */
  double[] probabilities() {
    double[] p = new double[f.length];
    for (int start = 0; start < f.length; start += size[1]) {
      if (isPadding(start)) {
        continue;
      }
      double[] row = Arrays.copyOfRange(f, start, start + size[1]);
      double max = Arrays.stream(row).max().orElseThrow();
      double sum = Arrays.stream(row).map(v -> Math.exp(v - max)).sum();
      for (int k = 0; k < row.length; k++) {
        p[start + k] = Math.exp(row[k] - max) / sum;
      }
    }
    return p;
  }

  /** s ḟ. */
  Tolerance.Expected squaredErrorProduct() {
    Tolerance.Expected expected = new Tolerance.Expected(f.length, 1);
    for (int i = 0; i < f.length; i++) {
      if (!isPadding(i)) {
        expected.add(i, scaleAt(i) * fDot[i]);
      }
    }
    return expected;
  }

  /** s (p ⊙ ḟ − p (p·ḟ)). */
  Tolerance.Expected crossEntropyProduct() {
    int outputs = size[1];
    double[] p = probabilities();
    Tolerance.Expected expected = new Tolerance.Expected(f.length, 2.0 * outputs);
    for (int i = 0; i < f.length; i++) {
      if (isPadding(i)) {
        continue;
      }
      expected.add(i, scaleAt(i) * p[i] * fDot[i]);
      int start = i / outputs * outputs;
      for (int k = start; k < start + outputs; k++) {
        expected.add(i, -scaleAt(i) * p[i] * p[k] * fDot[k]);
      }
    }
    return expected;
  }

  /** s e_k. */
  Tolerance.Expected squaredErrorRoot(int k) {
    Tolerance.Expected expected = new Tolerance.Expected(f.length, 1);
    for (int i = 0; i < f.length; i++) {
      if (!isPadding(i)) {
        expected.add(i, i % size[1] == k ? scaleAt(i) : 0);
      }
    }
    return expected;
  }

  /** s √p_k (e_k − p). */
  Tolerance.Expected crossEntropyRoot(int k) {
    double[] p = probabilities();
    Tolerance.Expected expected = new Tolerance.Expected(f.length, size[1] + 4.0);
    for (int i = 0; i < f.length; i++) {
      if (!isPadding(i)) {
        double factor = scaleAt(i) * Math.sqrt(p[i / size[1] * size[1] + k]);
        expected.add(i, i % size[1] == k ? factor : 0);
        expected.add(i, -factor * p[i]);
      }
    }
    return expected;
  }
}
