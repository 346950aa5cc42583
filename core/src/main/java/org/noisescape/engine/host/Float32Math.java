package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of float32 vectors from additions, products and shifts alone, so that every
 * bit is defined.
 *
 * <p>The Vector API's own EXP, LOG, SIN, COS and TANH change their last bits when a method is
 * compiled: before, each lane goes through {@link Math}; afterwards through a vector library. A run
 * would then depend on how warm the virtual machine is. Here arguments are reduced as by Cody and
 * Waite (1980) and the rest is a Taylor polynomial whose first left-out term is below half a unit
 * in the last place.
 */
final class Float32Math {
  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; products of the first with whole numbers up to 2⁹ are exact. */
  private static final float LN2_HIGH = 0x1.62ep-1f;

  private static final float LN2_LOW = (float) (Math.log(2) - 0x1.62ep-1);

  /** 1.5·2²³: adding and taking it away rounds to a whole number. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));
  private static final int MANTISSA_BITS = 23;
  private static final int BIAS = 127;

  // vectors, not numbers: a broadcast a use would be more than the compiler inlines in one loop
  private static final FloatVector LEAST = constant(-87f);
  private static final FloatVector MOST = constant(87f);
  private static final FloatVector PER_LN2 = constant(LOG2_E);
  private static final FloatVector ROUND = constant(ROUNDER);
  private static final FloatVector UPPER = constant(-LN2_HIGH);
  private static final FloatVector LOWER = constant(-LN2_LOW);
  private static final FloatVector OF_7 = constant(1f / 5040);
  private static final FloatVector OF_6 = constant(1f / 720);
  private static final FloatVector OF_5 = constant(1f / 120);
  private static final FloatVector OF_4 = constant(1f / 24);
  private static final FloatVector OF_3 = constant(1f / 6);
  private static final FloatVector OF_2 = constant(0.5f);
  private static final FloatVector TWO = constant(2f);
  private static final FloatVector LOG_3 = constant(2f / 3);
  private static final FloatVector LOG_5 = constant(2f / 5);
  private static final FloatVector LOG_7 = constant(2f / 7);
  private static final FloatVector LOG_9 = constant(2f / 9);
  private static final FloatVector LOG_11 = constant(2f / 11);
  private static final FloatVector LOG_13 = constant(2f / 13);
  private static final FloatVector LOG_15 = constant(2f / 15);
  private static final IntVector EXPONENT_BIAS =
      IntVector.broadcast(IntVector.SPECIES_PREFERRED, BIAS);

  private Float32Math() {}

  /** eˣ; beyond ±87 as at ±87. */
  static FloatVector exp(FloatVector x) {
    return expWithin(x.max(LEAST).min(MOST));
  }

  /** eˣ for −87 ≤ x ≤ 87. */
  static FloatVector expWithin(FloatVector x) {
    FloatVector k = x.mul(PER_LN2).add(ROUND).sub(ROUND);
    FloatVector power = powerOfTwo(k);
    return reducedExpm1(x, k).fma(power, power);
  }

  /** tanh x = −E/(E + 2) with E = e^(−2|x|) − 1, and the sign of x; exact to rounding near 0. */
  static FloatVector tanh(FloatVector x) {
    FloatVector argument = x.abs().mul(-2f).max(-40f);
    FloatVector k = argument.mul(LOG2_E).add(ROUNDER).sub(ROUNDER);
    FloatVector power = powerOfTwo(k);
    FloatVector e = reducedExpm1(argument, k).fma(power, power.sub(1f));
    FloatVector magnitude = constant(0f).sub(e).div(e.add(2f));
    return magnitude.blend(magnitude.neg(), x.compare(VectorOperators.LT, 0f));
  }

  /** ln u for normal u > 0: u = 2ᵉ m with m in [√½, √2), ln m = 2 artanh((m − 1)/(m + 1)). */
  static FloatVector log(FloatVector u) {
    IntVector shifted = u.reinterpretAsInts().sub(SQRT_HALF_BITS);
    IntVector exponent = shifted.lanewise(VectorOperators.ASHR, MANTISSA_BITS);
    FloatVector m =
        u.reinterpretAsInts()
            .sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
            .reinterpretAsFloats();
    FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
    FloatVector s = m.sub(1f).div(m.add(1f));
    FloatVector square = s.mul(s);
    FloatVector series = constant(2f / 9);
    series = series.fma(square, constant(2f / 7));
    series = series.fma(square, constant(2f / 5));
    series = series.fma(square, constant(2f / 3));
    FloatVector small = series.mul(square).fma(s, e.mul(LN2_LOW)).add(s.add(s));
    return e.fma(constant(LN2_HIGH), small);
  }

  /** ln(1 + u) for 0 ≤ u ≤ 1, as 2 artanh(u/(2 + u)); the relative error is rounding. */
  static FloatVector log1p(FloatVector u) {
    FloatVector s = u.div(u.add(TWO));
    FloatVector t = s.mul(s);
    FloatVector series = LOG_15.fma(t, LOG_13).fma(t, LOG_11).fma(t, LOG_9).fma(t, LOG_7);
    series = series.fma(t, LOG_5).fma(t, LOG_3);
    return series.mul(t).fma(s, s.add(s));
  }

  /**
   * Standard normals of Box and Muller (1958) in place: u, v in (0, 1] become √(−2 ln u) cos 2πv
   * and √(−2 ln u) sin 2πv.
   *
   * @param rows u from 0 on and v from S lanes on
   */
  static void normals(float[] rows) {
    FloatVector u = FloatVector.fromArray(Float32Kernels.S, rows, 0);
    log(u).mul(-2f).lanewise(VectorOperators.SQRT).intoArray(rows, 0);
    turn(rows);
  }

  /** r, v become r cos 2πv, r sin 2πv: within an eighth of a turn around the nearest quarter. */
  private static void turn(float[] rows) {
    FloatVector r = FloatVector.fromArray(Float32Kernels.S, rows, 0);
    FloatVector v = FloatVector.fromArray(Float32Kernels.S, rows, Float32Kernels.S.length());
    FloatVector quarters = v.mul(4f).add(ROUNDER).sub(ROUNDER);
    FloatVector angle = quarters.mul(-0.25f).add(v).mul((float) (2 * Math.PI));
    FloatVector square = angle.mul(angle);
    FloatVector sine = constant(1f / 362880);
    sine = sine.fma(square, constant(-1f / 5040));
    sine = sine.fma(square, constant(1f / 120));
    sine = sine.fma(square, constant(-1f / 6));
    sine = sine.mul(square).fma(angle, angle);
    FloatVector cosine = constant(-1f / 3628800);
    cosine = cosine.fma(square, constant(1f / 40320));
    cosine = cosine.fma(square, constant(-1f / 720));
    cosine = cosine.fma(square, constant(1f / 24));
    cosine = cosine.fma(square, constant(-0.5f));
    cosine = cosine.fma(square, constant(1f));
    IntVector quadrant = (IntVector) quarters.convert(VectorOperators.F2I, 0);
    VectorMask<Float> odd = quadrant.and(1).compare(VectorOperators.NE, 0).cast(Float32Kernels.S);
    VectorMask<Float> back =
        quadrant.add(1).and(2).compare(VectorOperators.NE, 0).cast(Float32Kernels.S);
    VectorMask<Float> lower = quadrant.and(2).compare(VectorOperators.NE, 0).cast(Float32Kernels.S);
    FloatVector x = r.mul(cosine.blend(sine, odd));
    FloatVector y = r.mul(sine.blend(cosine, odd));
    x.blend(x.neg(), back).intoArray(rows, 0);
    y.blend(y.neg(), lower).intoArray(rows, Float32Kernels.S.length());
  }

  /** e^r − 1 with r = x − k ln 2, |r| ≤ ln(2)/2. */
  private static FloatVector reducedExpm1(FloatVector x, FloatVector k) {
    FloatVector r = k.fma(LOWER, k.fma(UPPER, x));
    FloatVector series = OF_7.fma(r, OF_6).fma(r, OF_5).fma(r, OF_4).fma(r, OF_3).fma(r, OF_2);
    return series.mul(r).fma(r, r);
  }

  private static FloatVector powerOfTwo(FloatVector k) {
    IntVector exponent = (IntVector) k.convert(VectorOperators.F2I, 0);
    return exponent
        .add(EXPONENT_BIAS)
        .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
        .reinterpretAsFloats();
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(Float32Kernels.S, value);
  }
}
