package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import org.noisescape.tensor.Activation;

/** y ← f(x) of whole vectors, float32. */
final class CurveValues {
  private static final int LANES = Float32Kernels.S.length();

  private CurveValues() {}

  static void value(Activation activation, long x, long y, long from, long to) {
    switch (activation) {
      case TANH -> tanh(x, y, from, to);
      case SIGMOID -> sigmoid(x, y, from, to);
      case LEAKY_RELU -> leakyRelu(x, y, from, to);
      case SOFTPLUS -> softplus(x, y, from, to);
      case SILU -> silu(x, y, from, to);
      case GELU -> CurveBlock.GELU.run(x, 0, 0, y, from, to);
      case GELU_TANH -> geluTanh(x, y, from, to);
      default -> throw new IllegalArgumentException(activation + " is one of Float32Kernels");
    }
  }

  private static void tanh(long x, long y, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      Float32Kernels.store(Float32Math.tanh(Float32Kernels.load(x + 4 * i)), y + 4 * i);
    }
  }

  private static void sigmoid(long x, long y, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      Float32Kernels.store(CurveParts.sigmoid(Float32Kernels.load(x + 4 * i)), y + 4 * i);
    }
  }

  private static void leakyRelu(long x, long y, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector v = Float32Kernels.load(x + 4 * i);
      Float32Kernels.store(v.mul(CurveParts.LEAK).max(v), y + 4 * i);
    }
  }

  private static void softplus(long x, long y, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector v = Float32Kernels.load(x + 4 * i);
      FloatVector tail = Float32Math.log1p(Float32Math.exp(v.abs().neg()));
      Float32Kernels.store(v.max(CurveParts.ZERO).add(tail), y + 4 * i);
    }
  }

  private static void silu(long x, long y, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector v = Float32Kernels.load(x + 4 * i);
      Float32Kernels.store(v.mul(CurveParts.sigmoid(v)), y + 4 * i);
    }
  }

  private static void geluTanh(long x, long y, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector v = Float32Kernels.load(x + 4 * i);
      Float32Kernels.store(v.mul(CurveParts.sigmoid(CurveParts.cubic(v))), y + 4 * i);
    }
  }
}
