package org.noisescape.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.RiskValue;

/**
 * Something that can be measured at a checkpoint.
 *
 * @param name as users write it
 * @param description one line
 * @param need what has to be computed for it
 * @param measure the number of one replica
 */
public record Quantity(
    String name,
    String description,
    Need need,
    BiFunction<CheckpointProbe.Measured, Integer, Estimate> measure) {
  /** What has to be computed, cheap to dear. */
  public enum Need {
    /** A forward pass over the training data. */
    VALUE,
    /** A forward pass over the test data. */
    TEST,
    /** A gradient pass over the training data. */
    GRADIENT
  }

  /** All quantities; a new one is one line here. */
  private static final Map<String, Quantity> TABLE = new LinkedHashMap<>();

  static {
    value("loss", "L over the whole data set", Quantity::loss);
    value("accuracy", "fraction of right predictions", Quantity::accuracy);
    test("test-loss", "the same on the test data", Quantity::loss);
    test("test-accuracy", "the same on the test data", Quantity::accuracy);
    noise("gradient-norm", "||grad L||", g -> Estimate.exact(Math.sqrt(g.gradientNormSquared())));
    noise("gradient-norm-squared", "||grad L||^2", g -> Estimate.exact(g.gradientNormSquared()));
    noise("noise-strength", "trace of the covariance of the gradients", Quantity::strength);
  }

  private static void value(
      String name, String description, Function<RiskValue, Estimate> measure) {
    TABLE.put(
        name, new Quantity(name, description, Need.VALUE, (m, r) -> measure.apply(m.train()[r])));
  }

  private static void test(String name, String description, Function<RiskValue, Estimate> measure) {
    TABLE.put(
        name, new Quantity(name, description, Need.TEST, (m, r) -> measure.apply(m.test()[r])));
  }

  private static void noise(
      String name, String description, Function<GradientNoise, Estimate> measure) {
    TABLE.put(
        name,
        new Quantity(name, description, Need.GRADIENT, (m, r) -> measure.apply(m.noise()[r])));
  }

  private static Estimate loss(RiskValue value) {
    return Estimate.mean(value.loss(), value.lossStandardError());
  }

  private static Estimate accuracy(RiskValue value) {
    double p = value.accuracy();
    return Estimate.mean(p, Math.sqrt(p * (1 - p) / value.samples()));
  }

  private static Estimate strength(GradientNoise noise) {
    return Estimate.mean(noise.noiseStrength(), noise.noiseStrengthStandardError());
  }

  /** Names of all quantities. */
  public static List<String> names() {
    return new ArrayList<>(TABLE.keySet());
  }

  /**
   * The quantity of a name.
   *
   * @throws IllegalArgumentException with the nearest name where there is none such
   */
  public static Quantity of(String name) {
    return TABLE.get(KnownName.require("quantity", name, TABLE.keySet()));
  }
}
