package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.noisescape.tensor.Activation;

/** bar ← f′·bar of whole vectors, float32, f′ read off the value or the input. */
final class CurveSlopes {
  private static final int LANES = Float32Kernels.S.length();
  private static final FloatVector THREE_CUBIC =
      CurveParts.constant((float) (3 * Activation.GELU_CUBIC));

  private CurveSlopes() {}

  static void scale(Activation activation, long at, long bar, long from, long to) {
    switch (activation) {
      case TANH -> tanh(at, bar, from, to);
      case SIGMOID -> sigmoid(at, bar, from, to);
      case LEAKY_RELU -> leakyRelu(at, bar, from, to);
      case SOFTPLUS -> softplus(at, bar, from, to);
      case SILU -> silu(at, bar, from, to);
      case GELU -> CurveBlock.GELU_SLOPE.run(at, 0, 0, bar, from, to);
      case GELU_TANH -> geluTanh(at, bar, from, to);
      default -> throw new IllegalArgumentException(activation + " is one of Float32Kernels");
    }
  }

  private static void tanh(long at, long bar, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector y = Float32Kernels.load(at + 4 * i);
      FloatVector v = Float32Kernels.load(bar + 4 * i);
      Float32Kernels.store(v.sub(v.mul(y).mul(y)), bar + 4 * i);
    }
  }

  private static void sigmoid(long at, long bar, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector y = Float32Kernels.load(at + 4 * i);
      FloatVector v = Float32Kernels.load(bar + 4 * i);
      Float32Kernels.store(v.mul(y).mul(CurveParts.ONE.sub(y)), bar + 4 * i);
    }
  }

  private static void leakyRelu(long at, long bar, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector v = Float32Kernels.load(bar + 4 * i);
      FloatVector y = Float32Kernels.load(at + 4 * i);
      FloatVector leaked = v.mul(CurveParts.LEAK);
      Float32Kernels.store(
          leaked.blend(v, y.compare(VectorOperators.GT, CurveParts.ZERO)), bar + 4 * i);
    }
  }

  private static void softplus(long at, long bar, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector slope = CurveParts.sigmoid(Float32Kernels.load(at + 4 * i));
      Float32Kernels.store(slope.mul(Float32Kernels.load(bar + 4 * i)), bar + 4 * i);
    }
  }

  private static void silu(long at, long bar, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector x = CurveParts.near(Float32Kernels.load(at + 4 * i));
      FloatVector s = CurveParts.sigmoid(x);
      FloatVector slope = x.fma(CurveParts.odds(s), s);
      Float32Kernels.store(slope.mul(Float32Kernels.load(bar + 4 * i)), bar + 4 * i);
    }
  }

  private static void geluTanh(long at, long bar, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector x = CurveParts.near(Float32Kernels.load(at + 4 * i));
      FloatVector s = CurveParts.sigmoid(CurveParts.cubic(x));
      FloatVector steep = THREE_CUBIC.fma(x.mul(x), CurveParts.GELU_LINEAR);
      FloatVector slope = steep.mul(x).fma(CurveParts.odds(s), s);
      Float32Kernels.store(slope.mul(Float32Kernels.load(bar + 4 * i)), bar + 4 * i);
    }
  }
}
