package org.noisescape.experiments.mori.saddle;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.noisescape.theory.mori.EscapeRate;
import org.noisescape.theory.mori.UnequalNoiseEscape;

/** Curvatures and noise of a well, whatever its L*. */
final class EscapeCase {
  private final double[] minimum;
  private final double[] saddle;
  private final double[] ratios;

  /** ln Π F_j by loss ratio, each an integral over the path. */
  private final Map<Double, Double> factors = new ConcurrentHashMap<>();

  /**
   * Of transverse axes.
   *
   * @param minimum k_j*, over h_e
   * @param saddle k_jˢ, over h_e
   * @param ratios r_j = T_j/T
   */
  private EscapeCase(double[] minimum, double[] saddle, double[] ratios) {
    this.minimum = minimum;
    this.saddle = saddle;
    this.ratios = ratios;
  }

  /** k_j* = 1, so that a well is isotropic at its minimum and so is its noise. */
  static EscapeCase isotropic(int dimension, double saddleCurvature) {
    double[] ones = new double[dimension - 1];
    double[] saddle = new double[dimension - 1];
    Arrays.fill(ones, 1);
    Arrays.fill(saddle, saddleCurvature);
    return new EscapeCase(ones, saddle, ones);
  }

  /** k_j that do not change, with the noise ∝ k_j of (6). */
  static EscapeCase unequal(double... curvatures) {
    return new EscapeCase(curvatures, curvatures, curvatures);
  }

  /** k_j* over h_e. */
  double[] minimum() {
    return minimum.clone();
  }

  /** k_jˢ over h_e. */
  double[] saddle() {
    return saddle.clone();
  }

  /** r_j = T_j/T of the transverse axes. */
  double[] ratios() {
    return ratios.clone();
  }

  int dimension() {
    return minimum.length + 1;
  }

  SaddleWell well(double lossRatio) {
    return new SaddleWell(minimum, saddle, lossRatio);
  }

  /** T_i along all axes. */
  double[] temperatures(double temperature) {
    double[] all = new double[dimension()];
    Arrays.setAll(all, i -> i == 0 ? temperature : temperature * ratios[i - 1]);
    return all;
  }

  /** (16), with its ratio of determinants. */
  double rate(double lossRatio, double inverseTemperature) {
    return EscapeRate.general(
        curvatures(minimum, SaddleWell.CURVATURE),
        curvatures(saddle, SaddleWell.SADDLE_CURVATURE),
        lossRatio,
        inverseTemperature);
  }

  private static double[] curvatures(double[] transverse, double along) {
    double[] all = new double[transverse.length + 1];
    all[0] = along;
    System.arraycopy(transverse, 0, all, 1, transverse.length);
    return all;
  }

  /** √(det H* / |det Hˢ|) of the transverse axes. */
  double determinants() {
    double product = 1;
    for (int j = 0; j < minimum.length; j++) {
      product *= minimum[j] / saddle[j];
    }
    return Math.sqrt(product);
  }

  /** ln Π F_j of noise that is not isotropic; 0 where it is. */
  double logFactor(double lossRatio) {
    return factors.computeIfAbsent(lossRatio, this::integrated);
  }

  private double integrated(double lossRatio) {
    SaddleWell well = well(lossRatio);
    UnequalNoiseEscape escape = new UnequalNoiseEscape(well::logSlope, -1, 0);
    double sum = 0;
    for (int j = 0; j < minimum.length; j++) {
      int axis = j;
      sum +=
          escape.logFactor(
              x -> well.logCurvature(axis, x), x -> well.logCurvatureSlope(axis, x), ratios[j]);
    }
    return sum;
  }

  String label() {
    return "n = %d, h = %s to %s, noise %s"
        .formatted(dimension(), text(minimum), text(saddle), text(ratios));
  }

  private static String text(double[] values) {
    return Arrays.stream(values)
        .mapToObj(v -> v == Math.rint(v) ? String.valueOf((long) v) : String.valueOf(v))
        .collect(Collectors.joining("|"));
  }
}
