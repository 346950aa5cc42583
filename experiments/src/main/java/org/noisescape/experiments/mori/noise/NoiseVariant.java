package org.noisescape.experiments.mori.noise;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.frame.Identity;

/**
 * What distinguishes the mean-square experiment (Fig. 2) from the cross-entropy one (Fig. 5).
 *
 * @param identity name of the experiment
 * @param loss {@code mse} or {@code ce}
 * @param cnnLearningRate η of the text for the convolutional network
 * @param tests the windows, and what must come out in each
 */
record NoiseVariant(
    Identity identity, String loss, String cnnLearningRate, Map<WindowRule, Criterion> tests) {
  /** Fewest points and narrowest window, in decades, of a fit. */
  private static final int POINTS = 10;

  private static final double DECADES = 0.5;

  /** "Roughly": the prefactor may still drift. */
  private static final double TOLERANCE = 0.15;

  /** "Less clear than for the mean-square loss", and slope 2 is approached from below. */
  private static final double LOOSE_TOLERANCE = 0.25;

  /** Fig. 2: one window, slope 1. */
  static final NoiseVariant MEAN_SQUARE =
      new NoiseVariant(
          new Identity(
              "mori/noise-vs-loss",
              "SGD noise strength is proportional to the mean-square loss late in training",
              "Mori, Ziyin, Liu, Ueda (2022), section 5.2, Fig. 2"),
          "mse",
          "0.1",
          Map.of(WindowRule.LATE, new Criterion(1, TOLERANCE, POINTS, DECADES)));

  /** Fig. 5: slope 1 at intermediate losses, 2 at small ones. */
  static final NoiseVariant CROSS_ENTROPY =
      new NoiseVariant(
          new Identity(
              "mori/noise-vs-loss-ce",
              "Noise strength against cross-entropy: proportional at first, quadratic at small losses",
              "Mori, Ziyin, Liu, Ueda (2022), appendix D, Fig. 5"),
          "ce",
          "0.05",
          ordered(
              WindowRule.INTERMEDIATE,
              new Criterion(1, LOOSE_TOLERANCE, POINTS, DECADES),
              WindowRule.SMALL,
              new Criterion(2, LOOSE_TOLERANCE, POINTS, DECADES)));

  /** The whole criterion in words. */
  String criterion() {
    StringBuilder text = new StringBuilder("slope d log N / d log L by a Huber fit. ");
    tests.forEach(
        (rule, criterion) ->
            text.append("Window ")
                .append(rule.label())
                .append(": ")
                .append(rule.text())
                .append("; agrees if ")
                .append(criterion.text())
                .append(". "));
    return text.append(
            "SE: the larger of the block bootstrap within runs and the spread over seeds. Overall:"
                + " disagrees if any panel does, agrees if all do.")
        .toString();
  }

  private static Map<WindowRule, Criterion> ordered(
      WindowRule first, Criterion one, WindowRule second, Criterion two) {
    Map<WindowRule, Criterion> map = new LinkedHashMap<>();
    map.put(first, one);
    map.put(second, two);
    return java.util.Collections.unmodifiableMap(map);
  }
}
