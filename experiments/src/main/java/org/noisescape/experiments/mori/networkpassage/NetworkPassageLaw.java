package org.noisescape.experiments.mori.networkpassage;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.experiments.mori.PassagePoint;

/**
 * What a slope of log t_p against log c is said to be over a window: base − weight·n, with one n
 * for all learning rates.
 */
enum NetworkPassageLaw {
  /** Eq. 16, B/(ηh*) + 1 − n/2: what is tested. */
  POWER("Eq. 16, one n fitted", curve -> curve.theory().inverseTemperature() + 1, curve -> 0.5),
  /** t_p ∝ (c − 1)^{−n/2} exp((B/(ηh*))(c − 1)): noise that does not grow with the loss. */
  EXPONENTIAL(
      "exponential in the loss, one n fitted",
      curve -> curve.theory().inverseTemperature() * fitted(curve, c -> c),
      curve -> fitted(curve, c -> Math.log(c - 1)) / 2);

  final String label;
  private final ToDoubleFunction<NetworkPassageCurve> base;
  private final ToDoubleFunction<NetworkPassageCurve> weight;

  /**
   * A law.
   *
   * @param base the slope for n = 0
   * @param weight by how much one n more lowers it
   */
  NetworkPassageLaw(
      String label,
      ToDoubleFunction<NetworkPassageCurve> base,
      ToDoubleFunction<NetworkPassageCurve> weight) {
    this.label = label;
    this.base = base;
    this.weight = weight;
  }

  /** The slope for n = 0. */
  double base(NetworkPassageCurve curve) {
    return base.applyAsDouble(curve);
  }

  /** By how much one n more lowers it. */
  double weight(NetworkPassageCurve curve) {
    return weight.applyAsDouble(curve);
  }

  /** n of which the measured slope is that of the law. */
  double dimension(NetworkPassageCurve curve) {
    return (base(curve) - curve.slope().slope()) / weight(curve);
  }

  /** The slope for an n, which may be anything. */
  double slope(NetworkPassageCurve curve, double dimension) {
    return base(curve) - weight(curve) * dimension;
  }

  /** Of a function against log c over the fitted thresholds. */
  static double fitted(NetworkPassageCurve curve, DoubleUnaryOperator function) {
    SimpleRegression line = new SimpleRegression();
    for (PassagePoint point : curve.slope().window()) {
      line.addData(Math.log(point.level()), function.applyAsDouble(point.level()));
    }
    return line.getSlope();
  }
}
