package org.noisescape.tensor;

/**
 * A number and its tangent in float64, each with two sums of absolute values of its terms.
 *
 * <p>Near: differences x − μ count with their own size, as where they are formed exactly. Far: they
 * count |x| + |μ|. Errors of float32 scale with near, those of float64 with far.
 */
record Dual(double value, double near, double far, double dot, double dotNear, double dotFar) {
  static final Dual ZERO = of(0, 0);

  /** A number and its tangent, both exact. */
  static Dual of(double value, double dot) {
    double size = Math.abs(value);
    double dotSize = Math.abs(dot);
    return new Dual(value, size, size, dot, dotSize, dotSize);
  }

  Dual plus(Dual b) {
    return new Dual(
        value + b.value,
        near + b.near,
        far + b.far,
        dot + b.dot,
        dotNear + b.dotNear,
        dotFar + b.dotFar);
  }

  Dual times(double factor) {
    double size = Math.abs(factor);
    return new Dual(
        factor * value, size * near, size * far, factor * dot, size * dotNear, size * dotFar);
  }

  Dual times(Dual b) {
    return new Dual(
        value * b.value,
        near * b.near,
        far * b.far,
        dot * b.value + value * b.dot,
        dotNear * b.near + near * b.dotNear,
        dotFar * b.far + far * b.dotFar);
  }

  /** This − b, formed without loss from two given numbers. */
  Dual difference(Dual b) {
    Dual d = plus(b.times(-1));
    return new Dual(d.value, Math.abs(d.value), d.far, d.dot, d.dotNear, d.dotFar);
  }

  /** (this + ε)^(−1/2). */
  Dual inverseRoot(double epsilon) {
    double s = 1 / Math.sqrt(value + epsilon);
    double slope = -0.5 * s * s * s;
    return new Dual(s, s, s, slope * dot, -slope * dotNear, -slope * dotFar);
  }
}
