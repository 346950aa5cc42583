package org.noisescape.experiments.mori.noise;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.experiments.fit.Criterion;

/**
 * What distinguishes the mean-square experiment (Fig. 2) from the cross-entropy one (Fig. 5).
 *
 * @param id name of the experiment
 * @param title what it shows
 * @param source the text and figure
 * @param loss {@code mse} or {@code ce}
 * @param cnnLearningRate η of the text for the convolutional network
 * @param tests the windows, and what must come out in each
 * @param rivals name of another law → its slopes in the windows
 */
record NoiseVariant(
    String id,
    String title,
    String source,
    String loss,
    String cnnLearningRate,
    Map<WindowRule, Criterion> tests,
    Map<String, Map<WindowRule, Double>> rivals) {
  /** Fewest points and narrowest window, in decades, of a fit. */
  static final int POINTS = 10;

  static final double DECADES = 0.5;

  /** "Roughly": the prefactor may still drift. */
  private static final double TOLERANCE = 0.15;

  /** "Less clear than for the mean-square loss", and slope 2 is approached from below. */
  private static final double LOOSE_TOLERANCE = 0.25;

  /** Fig. 2: one window, slope 1. */
  static final NoiseVariant MEAN_SQUARE =
      new NoiseVariant(
          "mori/noise-vs-loss",
          "SGD noise strength is proportional to the mean-square loss late in training",
          "Mori, Ziyin, Liu, Ueda (2022), section 5.2, Fig. 2",
          "mse",
          "0.1",
          Map.of(WindowRule.LATE, Criterion.within(1, TOLERANCE)),
          ordered(
              "N does not depend on L", Map.of(WindowRule.LATE, 0.0),
              "N ~ sqrt(L)", Map.of(WindowRule.LATE, 0.5),
              "N ~ L^2", Map.of(WindowRule.LATE, 2.0)));

  /** Fig. 5: slope 1 at intermediate losses, 2 at small ones. */
  static final NoiseVariant CROSS_ENTROPY =
      new NoiseVariant(
          "mori/noise-vs-loss-ce",
          "Noise strength against cross-entropy: proportional at first, quadratic at small losses",
          "Mori, Ziyin, Liu, Ueda (2022), appendix D, Fig. 5",
          "ce",
          "0.05",
          new EnumMap<>(
              Map.of(
                  WindowRule.INTERMEDIATE,
                  Criterion.within(1, LOOSE_TOLERANCE),
                  WindowRule.SMALL,
                  Criterion.within(2, LOOSE_TOLERANCE))),
          ordered(
              "N ~ L at all losses", slopes(1, 1),
              "N ~ L^2 at all losses", slopes(2, 2),
              "N ~ L^1.5 at small losses", slopes(1, 1.5)));

  /** What is measured along a training: with cross-entropy, what the wrong samples carry, too. */
  String probe() {
    return countsWrong() ? "wrong-samples" : "noise";
  }

  /** Losses down to which nothing is rounding. */
  double floor() {
    return countsWrong() ? WindowRule.CE_FLOOR : WindowRule.MSE_FLOOR;
  }

  private boolean countsWrong() {
    return loss.equals("ce");
  }

  /** The whole criterion in words. */
  String criterion() {
    StringBuilder text = new StringBuilder("slope d log N / d log L by a Huber fit. ");
    tests.forEach(
        (rule, criterion) ->
            text.append("Window ")
                .append(rule.label)
                .append(": ")
                .append(rule.text())
                .append("; ")
                .append(criterion.text("slope"))
                .append(". "));
    return text.append("SE: the spread over seeds, on one degree of freedom less than seeds with ")
        .append(POINTS)
        .append(" points or more over ")
        .append(DECADES)
        .append(" decades. ")
        .append(countsWrong() ? WrongSampleFit.text() : "")
        .append(Criterion.terms())
        .toString();
  }

  private static Map<WindowRule, Double> slopes(double intermediate, double small) {
    return Map.of(WindowRule.INTERMEDIATE, intermediate, WindowRule.SMALL, small);
  }

  private static <V> Map<String, V> ordered(
      String first, V one, String second, V two, String third, V three) {
    Map<String, V> map = new LinkedHashMap<>();
    map.put(first, one);
    map.put(second, two);
    map.put(third, three);
    return Collections.unmodifiableMap(map);
  }
}
