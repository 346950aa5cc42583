package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import org.noisescape.tensor.Activation;

/** barDot ← f′(x)·barDot + f″(x)·bar·xDot of whole vectors, float32. */
final class CurveBends {
  private static final int LANES = Float32Kernels.S.length();

  private CurveBends() {}

  static void bend(
      Activation activation, long x, long xDot, long bar, long barDot, long from, long to) {
    switch (activation) {
      case SOFTPLUS -> softplus(x, xDot, bar, barDot, from, to);
      case SILU -> silu(x, xDot, bar, barDot, from, to);
      case GELU -> CurveBlock.GELU_BEND.run(x, xDot, bar, barDot, from, to);
      case GELU_TANH -> CurveBlock.GELU_TANH_BEND.run(x, xDot, bar, barDot, from, to);
      default -> throw new IllegalArgumentException(activation + " is one of Float32Tangents");
    }
  }

  private static void softplus(long x, long xDot, long bar, long barDot, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector s = CurveParts.sigmoid(Float32Kernels.load(x + 4 * i));
      add(s, CurveParts.odds(s), xDot + 4 * i, bar + 4 * i, barDot + 4 * i);
    }
  }

  private static void silu(long x, long xDot, long bar, long barDot, long from, long to) {
    for (long i = from; i < to; i += LANES) {
      FloatVector v = CurveParts.near(Float32Kernels.load(x + 4 * i));
      FloatVector s = CurveParts.sigmoid(v);
      FloatVector odds = CurveParts.odds(s);
      FloatVector bend = CurveParts.ONE.sub(s.add(s)).fma(v, CurveParts.TWO).mul(odds);
      add(v.fma(odds, s), bend, xDot + 4 * i, bar + 4 * i, barDot + 4 * i);
    }
  }

  static void add(FloatVector slope, FloatVector bend, long xDot, long bar, long barDot) {
    FloatVector moved = Float32Kernels.load(bar).mul(Float32Kernels.load(xDot));
    FloatVector straight = slope.mul(Float32Kernels.load(barDot));
    Float32Kernels.store(moved.fma(bend, straight), barDot);
  }
}
