package org.noisescape.theory.passage;

/**
 * The coordinate u in which panels are equal: w = w₀ + ℓ u, ℓ sinh u or ℓ e^u.
 *
 * @param centre w₀
 * @param scale ℓ
 */
record Coordinate(double centre, double scale, Kind kind) {
  /** The end of EXPONENTIAL: e⁻⁴⁰ = 4·10⁻¹⁸ of the interval are left out. */
  private static final double NEAREST = -40;

  enum Kind {
    /** Regular ends. */
    LINEAR,
    /** An end at infinity: a power-law tail falls off exponentially in u. */
    SINH,
    /**
     * An end w₀ at which densities may vanish or diverge as powers, which then are exponentials.
     */
    EXPONENTIAL
  }

  double position(double u) {
    double x =
        switch (kind) {
          case LINEAR -> u;
          case SINH -> Math.sinh(u);
          case EXPONENTIAL -> Math.exp(u);
        };
    return centre + scale * x;
  }

  double jacobian(double u) {
    double slope =
        switch (kind) {
          case LINEAR -> 1;
          case SINH -> Math.cosh(u);
          case EXPONENTIAL -> Math.exp(u);
        };
    return scale * slope;
  }

  /** u(w). */
  double inverse(double w) {
    double x = (w - centre) / scale;
    if (Double.isInfinite(x)) {
      return x;
    }
    return switch (kind) {
      case LINEAR -> x;
      case SINH -> asinh(x);
      case EXPONENTIAL -> Math.max(NEAREST, Math.log(x));
    };
  }

  /** Without cancellation. */
  private static double asinh(double x) {
    double a = Math.abs(x);
    return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a))), x);
  }
}
