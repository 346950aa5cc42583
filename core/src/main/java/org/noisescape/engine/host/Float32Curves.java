package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.noisescape.tensor.Activation;

/**
 * float32 activations whose derivatives read the input x, by the Vector API on addresses: values,
 * products with f′, and those with f′ and f″.
 *
 * <p>SiLU and the approximate GELU are x σ(v), v = a x + b x³. A loop a function: a branch between
 * vectors would put them on the heap.
 */
final class Float32Curves {
  /** Beyond ±87 the derivatives' factors of e^(−|x|) are 0 in float32, whatever they multiply. */
  private static final float FAR = 87;

  private static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

  private Float32Curves() {}

  /** y ← f(x) on elements from … to. */
  static void value(Activation activation, long x, long y, long from, long to) {
    switch (activation) {
      case GELU -> gelu(x, y, from, to);
      case SOFTPLUS -> softplus(x, y, from, to);
      default -> weighted(linear(activation), cubic(activation), x, y, from, to);
    }
  }

  private static void gelu(long x, long y, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask);
      Float32Kernels.store(v.mul(share(v, gauss(v))), y + 4 * i, mask);
    }
  }

  private static void softplus(long x, long y, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask);
      FloatVector tail = Float32Math.log1p(Float32Math.exp(v.abs().neg()));
      Float32Kernels.store(v.max(0f).add(tail), y + 4 * i, mask);
    }
  }

  private static void weighted(float a, float b, long x, long y, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask);
      Float32Kernels.store(v.mul(sigmoid(v.mul(v).mul(b).add(a).mul(v))), y + 4 * i, mask);
    }
  }

  /** bar ← f′(x)·bar on elements from … to. */
  static void scale(Activation activation, long x, long bar, long from, long to) {
    switch (activation) {
      case GELU -> geluScale(x, bar, from, to);
      case SOFTPLUS -> softplusScale(x, bar, from, to);
      default -> weightedScale(linear(activation), cubic(activation), x, bar, from, to);
    }
  }

  private static void geluScale(long x, long bar, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = near(Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask));
      FloatVector e = gauss(v);
      FloatVector slope = e.mul(DENSITY).fma(v, share(v, e));
      multiply(slope, bar + 4 * i, mask);
    }
  }

  private static void softplusScale(long x, long bar, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      multiply(sigmoid(Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask)), bar + 4 * i, mask);
    }
  }

  private static void weightedScale(float a, float b, long x, long bar, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = near(Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask));
      FloatVector square = v.mul(v);
      FloatVector s = sigmoid(square.mul(b).add(a).mul(v));
      FloatVector slope = square.mul(3 * b).add(a).mul(v).mul(odds(s)).add(s);
      multiply(slope, bar + 4 * i, mask);
    }
  }

  private static void multiply(FloatVector slope, long bar, VectorMask<Float> mask) {
    Float32Kernels.store(slope.mul(Float32Kernels.load(Float32Kernels.S, bar, mask)), bar, mask);
  }

  /** barDot ← f′(x)·barDot + f″(x)·bar·xDot on elements from … to. */
  static void bend(
      Activation activation, long x, long xDot, long bar, long barDot, long from, long to) {
    switch (activation) {
      case GELU -> geluBend(x, xDot, bar, barDot, from, to);
      case SOFTPLUS -> softplusBend(x, xDot, bar, barDot, from, to);
      default ->
          weightedBend(linear(activation), cubic(activation), x, xDot, bar, barDot, from, to);
    }
  }

  private static void geluBend(long x, long xDot, long bar, long barDot, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = near(Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask));
      FloatVector e = gauss(v);
      FloatVector density = e.mul(DENSITY);
      FloatVector slope = density.fma(v, share(v, e));
      FloatVector bend = density.mul(v.mul(v).neg().add(2f));
      add(slope, bend, xDot + 4 * i, bar + 4 * i, barDot + 4 * i, mask);
    }
  }

  private static void softplusBend(long x, long xDot, long bar, long barDot, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector s = sigmoid(Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask));
      add(s, odds(s), xDot + 4 * i, bar + 4 * i, barDot + 4 * i, mask);
    }
  }

  private static void weightedBend(
      float a, float b, long x, long xDot, long bar, long barDot, long from, long to) {
    for (long i = from; i < to; i += Float32Kernels.S.length()) {
      VectorMask<Float> mask = Float32Kernels.S.indexInRange(i, to);
      FloatVector v = near(Float32Kernels.load(Float32Kernels.S, x + 4 * i, mask));
      FloatVector square = v.mul(v);
      FloatVector s = sigmoid(square.mul(b).add(a).mul(v));
      FloatVector odds = odds(s);
      FloatVector steep = square.mul(3 * b).add(a);
      FloatVector slope = steep.mul(v).mul(odds).add(s);
      // f″ = σ′ (2 v′ + x ((1 − 2σ) v′² + v″)), v″ = 6 b x
      FloatVector inner = s.mul(-2f).add(1f).mul(steep).mul(steep).mul(v);
      FloatVector bend = square.mul(6 * b).add(inner).add(steep).add(steep).mul(odds);
      add(slope, bend, xDot + 4 * i, bar + 4 * i, barDot + 4 * i, mask);
    }
  }

  private static void add(
      FloatVector slope,
      FloatVector bend,
      long xDot,
      long bar,
      long barDot,
      VectorMask<Float> mask) {
    FloatVector moved =
        Float32Kernels.load(Float32Kernels.S, bar, mask)
            .mul(Float32Kernels.load(Float32Kernels.S, xDot, mask));
    FloatVector straight = slope.mul(Float32Kernels.load(Float32Kernels.S, barDot, mask));
    Float32Kernels.store(moved.fma(bend, straight), barDot, mask);
  }

  private static FloatVector near(FloatVector x) {
    return x.max(-FAR).min(FAR);
  }

  private static FloatVector sigmoid(FloatVector v) {
    return FloatVector.broadcast(Float32Kernels.S, 1f).div(Float32Math.exp(v.neg()).add(1f));
  }

  /** σ′ = σ(1 − σ). */
  private static FloatVector odds(FloatVector s) {
    return s.mul(s.neg().add(1f));
  }

  /** e^(−x²/2), the rounding of x² made good. */
  private static FloatVector gauss(FloatVector x) {
    FloatVector y = x.abs().min(NormalTail.SINGLE_END);
    FloatVector square = y.mul(y);
    FloatVector rest = y.fma(y, square.neg());
    return Float32Math.exp(square.mul(-0.5f)).mul(rest.mul(-0.5f).add(1f));
  }

  /** Φ(x) from e^(−x²/2). */
  private static FloatVector share(FloatVector x, FloatVector e) {
    FloatVector tail = NormalTail.of(x.abs().min(NormalTail.SINGLE_END)).mul(e);
    return tail.neg().add(1f).blend(tail, x.compare(VectorOperators.LT, 0f));
  }

  private static float linear(Activation activation) {
    return activation == Activation.SILU ? 1 : (float) Activation.GELU_LINEAR;
  }

  private static float cubic(Activation activation) {
    return activation == Activation.SILU ? 0 : (float) Activation.GELU_CUBIC;
  }
}
