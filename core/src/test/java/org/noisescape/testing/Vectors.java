package org.noisescape.testing;

import java.util.Arrays;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.DType;

/** Fixed random vectors, norms, and comparison within a bound. */
public final class Vectors {
  private Vectors() {}

  /** Standard normals of a seed, rounded to float32 so that they mean the same in both types. */
  public static double[] normals(long seed, int size) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }

  /** Distance from 1 to the next number of a type. */
  public static double epsilon(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
  }

  /** Entries from, …, from + count − 1. */
  public static double[] part(double[] x, int from, int count) {
    return Arrays.copyOfRange(x, from, from + count);
  }

  /** ⟨x, y⟩. */
  public static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** ‖x‖. */
  public static double norm(double... x) {
    return Math.sqrt(dot(x, x));
  }

  /** α x + y. */
  public static double[] axpy(double alpha, double[] x, double[] y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = alpha * x[i] + y[i];
    }
    return sum;
  }

  /** Requires |actual − expected| ≤ bound; not-a-number never passes. */
  public static void close(String what, double actual, double expected, double bound) {
    if (!(Math.abs(actual - expected) <= bound)) {
      throw new AssertionError(
          "%s is %s, expected %s: error %.3g above the bound %.3g"
              .formatted(what, actual, expected, Math.abs(actual - expected), bound));
    }
  }

  /** Requires ‖actual − expected‖ ≤ bound. */
  public static void close(String what, double[] actual, double[] expected, double bound) {
    if (actual.length != expected.length) {
      throw new AssertionError(
          what + " has " + actual.length + " entries, expected " + expected.length);
    }
    double error = norm(axpy(-1, expected, actual));
    if (!(error <= bound)) {
      int worst = 0;
      for (int i = 0; i < actual.length; i++) {
        if (!(Math.abs(actual[i] - expected[i]) <= Math.abs(actual[worst] - expected[worst]))) {
          worst = i;
        }
      }
      throw new AssertionError(
          "%s: error %.3g above the bound %.3g; worst is entry %d, %s, expected %s"
              .formatted(what, error, bound, worst, actual[worst], expected[worst]));
    }
  }
}
