package org.noisescape.experiments.mori.noise;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.HuberLine;
import org.noisescape.experiments.fit.SeedMean;

/**
 * d log 𝒩 / d log L within half a decade of the loss, mean over the seeds that have points there.
 *
 * @param loss in the middle
 * @param slope mean over seeds and its error
 */
record LocalSlope(double loss, SeedMean slope) {
  /** Width in decades: that of the narrowest window that is judged. */
  static final double WIDTH = NoiseVariant.DECADES;

  /** Distance of neighbouring middles: half overlapping. */
  private static final double STEP = WIDTH / 2;

  private static final int POINTS = 5;

  /** After the maximum of 𝒩 of each seed, from large losses to small ones. */
  static List<LocalSlope> of(List<List<NoisePoint>> runs, double floor) {
    List<List<NoisePoint>> after =
        runs.stream()
            .filter(run -> !run.isEmpty())
            .map(run -> WindowRule.settling(run, floor))
            .toList();
    double high = Math.log10(extreme(after, true));
    double low = Math.log10(extreme(after, false));
    List<LocalSlope> slopes = new ArrayList<>();
    for (double middle = Math.floor(high / STEP) * STEP; middle >= low; middle -= STEP) {
      double at = middle;
      double[] found =
          after.stream()
              .map(run -> within(run, at))
              .filter(window -> window.size() >= POINTS && WindowFit.decades(window) >= STEP)
              .mapToDouble(LocalSlope::slope)
              .toArray();
      if (found.length > 0) {
        slopes.add(new LocalSlope(Math.pow(10, at), SeedMean.of(found)));
      }
    }
    return slopes;
  }

  private static double extreme(List<List<NoisePoint>> runs, boolean largest) {
    double[] losses =
        runs.stream().flatMap(List::stream).mapToDouble(NoisePoint::loss).sorted().toArray();
    return losses.length == 0 ? 1 : losses[largest ? losses.length - 1 : 0];
  }

  private static List<NoisePoint> within(List<NoisePoint> run, double middle) {
    return run.stream()
        .filter(point -> Math.abs(Math.log10(point.loss()) - middle) <= WIDTH / 2)
        .toList();
  }

  private static double slope(List<NoisePoint> window) {
    return HuberLine.fit(
            WindowFit.logarithms(window, NoisePoint::loss),
            WindowFit.logarithms(window, NoisePoint::noise))
        .slope();
  }
}
