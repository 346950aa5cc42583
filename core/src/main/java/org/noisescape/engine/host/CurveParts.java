package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.noisescape.tensor.Activation;

/** What float32 activations and their derivatives share, lane by lane. */
final class CurveParts {
  static final FloatVector ZERO = constant(0);
  static final FloatVector ONE = constant(1);
  static final FloatVector TWO = constant(2);
  static final FloatVector LEAK = constant((float) Activation.LEAK);
  static final FloatVector DENSITY = constant((float) (1 / Math.sqrt(2 * Math.PI)));
  static final FloatVector GELU_LINEAR = constant((float) Activation.GELU_LINEAR);
  static final FloatVector GELU_CUBIC = constant((float) Activation.GELU_CUBIC);
  private static final FloatVector MINUS_HALF = constant(-0.5f);
  private static final FloatVector BEGIN = constant(-13.19f);
  private static final FloatVector END = constant(13.19f);

  /** Beyond ±87 the derivatives' factors of e^(−|x|) are 0 in float32, whatever they multiply. */
  private static final FloatVector FAR = constant(87);

  private static final FloatVector NEAR = constant(-87);

  private CurveParts() {}

  static FloatVector constant(float value) {
    return FloatVector.broadcast(Float32Kernels.S, value);
  }

  /** The nearest of −87 … 87. */
  static FloatVector near(FloatVector x) {
    return x.max(NEAR).min(FAR);
  }

  static FloatVector sigmoid(FloatVector v) {
    return ONE.div(Float32Math.exp(v.neg()).add(ONE));
  }

  /** σ′ = σ(1 − σ). */
  static FloatVector odds(FloatVector s) {
    return s.mul(ONE.sub(s));
  }

  /** The nearest of those whose normal density, and its product with x, are not 0 in float32. */
  static FloatVector within(FloatVector x) {
    return x.max(BEGIN).min(END);
  }

  /** e^(−x²/2) for an x {@link #within}. */
  static FloatVector gauss(FloatVector x) {
    return Float32Math.expWithin(x.mul(x).mul(MINUS_HALF));
  }

  /** Φ(x) for an x {@link #within}, from e^(−x²/2). */
  static FloatVector share(FloatVector x, FloatVector e) {
    FloatVector tail = NormalTail.of(x.abs()).mul(e);
    return ONE.sub(tail).blend(tail, x.compare(VectorOperators.LT, ZERO));
  }

  /** x(a + b x²) of the approximate GELU. */
  static FloatVector cubic(FloatVector x) {
    return GELU_CUBIC.fma(x.mul(x), GELU_LINEAR).mul(x);
  }
}
