package org.noisescape.quantities;

import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.RiskValue;

/** One θ of one replica: what quantities are computed from, and the work they share. */
public final class Point {
  private static final String TRAIN = "passes over the training data";
  private static final String TEST = "passes over the test data";
  private static final String NOISE = "gradients and their noise";

  private final Ledger ledger = new Ledger();

  /** Puts in loss and accuracy on the training data, and what they cost. */
  public Point withTrain(RiskValue value, Cost cost) {
    ledger.put(TRAIN, value, cost);
    return this;
  }

  /** Puts in the same on the test data. */
  public Point withTest(RiskValue value, Cost cost) {
    ledger.put(TEST, value, cost);
    return this;
  }

  /** Puts in gradient and noise on the training data, and what they cost. */
  public Point withNoise(GradientNoise noise, Cost cost) {
    ledger.put(NOISE, noise, cost);
    return withTrain(noise.value(), cost);
  }

  /** Measures one quantity, and what it would have cost alone. */
  public Measured measure(QuantityRequest request) {
    Cost before = ledger.total();
    Estimate estimate = request.quantity().measure().measure(this, request.k());
    return new Measured(estimate, ledger.total().minus(before));
  }

  /**
   * A result and its cost.
   *
   * @param estimate the result
   * @param cost what it cost, as if nothing else had been measured
   */
  public record Measured(Estimate estimate, Cost cost) {}

  RiskValue train() {
    return ledger.shared(TRAIN, Point::missing);
  }

  RiskValue test() {
    return ledger.shared(TEST, Point::missing);
  }

  GradientNoise noise() {
    return ledger.shared(NOISE, Point::missing);
  }

  private static <T> T missing() {
    throw new IllegalStateException("not put in: the need of a measure is not what it uses");
  }
}
