package org.noisescape.instruments;

import java.util.Map;

/**
 * A number read off an instrument.
 *
 * @param value the number; NaN where it is not defined
 * @param standardError as an estimate for the distribution the samples come from; NaN where it is
 *     none, or not known
 */
public record InstrumentReading(double value, double standardError) {
  /** A number that is not defined here. */
  static final InstrumentReading UNDEFINED = exact(Double.NaN);

  /** A number that estimates nothing else. */
  static InstrumentReading exact(double value) {
    return new InstrumentReading(value, Double.NaN);
  }

  /**
   * A statistic of samples, with the error that its influence function gives: the statistic with a
   * little more weight on sample n, less the statistic, to first order (Efron 1982, chapter 6).
   *
   * @param influence (B), of mean zero but for rounding
   */
  static InstrumentReading of(double value, double[] influence) {
    return new InstrumentReading(value, BatchSpread.standardError(influence));
  }

  /** Its square root, by the delta method; not defined below zero. */
  InstrumentReading root() {
    if (!(value >= 0)) {
      return UNDEFINED;
    }
    double root = Math.sqrt(value);
    return new InstrumentReading(root, root > 0 ? standardError / (2 * root) : Double.NaN);
  }

  /** Writes it into a line of measurements; what is not defined is left out. */
  void put(Map<String, Double> columns, String name) {
    if (!Double.isNaN(value)) {
      columns.put(name, value);
      if (Double.isFinite(standardError)) {
        columns.put(name + "_standard_error", standardError);
      }
    }
  }
}
