package org.noisescape.experiments.mori.linearpassage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.mori.PassageSlope;

/**
 * The curves of one dimension on several data sets, and their common slope.
 *
 * <p>Window of the slope: thresholds whose mean passage time is reliable and at least {@value
 * #RELAXATIONS} relaxation times 1/h, where the start in the minimum is forgotten, on every data
 * set. The slope is the mean of the data sets' own, its standard error the larger of their errors
 * combined and of the spread between them over √D: large passages hinge on the few extreme samples
 * of a data set, so that one data set cannot know how much the next one differs.
 *
 * @param dimension d
 * @param curves a curve a data set
 * @param window indices of the thresholds
 * @param slope mean slope; NaN where the window has fewer than two thresholds
 * @param standardError of the slope
 * @param laws what the slope is said to be there, means over the data sets
 */
record PassageEnsemble(
    int dimension,
    List<PassageCurve> curves,
    int[] window,
    double slope,
    double standardError,
    Map<PassageLaw, Double> laws) {
  static final double RELAXATIONS = 10;

  /** Fits. */
  static PassageEnsemble of(List<PassageCurve> curves) {
    PassageCurve any = curves.getFirst();
    int[] window =
        IntStream.range(0, any.points().size())
            .filter(c -> curves.stream().allMatch(curve -> curve.usable(c, RELAXATIONS)))
            .toArray();
    if (window.length < 2) {
      return new PassageEnsemble(
          any.dimension(), curves, window, Double.NaN, Double.NaN, laws(curves, window));
    }
    List<PassageSlope> slopes = curves.stream().map(curve -> curve.slope(window)).toList();
    SeedMean mean = SeedMean.of(slopes.stream().mapToDouble(PassageSlope::slope).toArray());
    double own =
        Math.sqrt(slopes.stream().mapToDouble(s -> s.standardError() * s.standardError()).sum())
            / slopes.size();
    double error = slopes.size() < 2 ? own : Math.max(own, mean.standardError());
    return new PassageEnsemble(
        any.dimension(), curves, window, mean.mean(), error, laws(curves, window));
  }

  /** The laws over the thresholds of a window. */
  static Map<PassageLaw, Double> laws(List<PassageCurve> curves, int[] window) {
    Map<PassageLaw, Double> laws = new EnumMap<>(PassageLaw.class);
    for (PassageLaw law : PassageLaw.values()) {
      if (law == PassageLaw.POWER || window.length > 1) {
        laws.put(law, SeedMean.of(Column.of(curves, curve -> law.slope(curve, window))).mean());
      }
    }
    return laws;
  }

  /** What the slope is said to be; NaN where that needs a window and there is none. */
  double law(PassageLaw law) {
    return laws.getOrDefault(law, Double.NaN);
  }

  /** c of a threshold. */
  double level(int threshold) {
    return curves.getFirst().points().get(threshold).level();
  }

  int thresholds() {
    return curves.getFirst().points().size();
  }

  /** Least c of the window; NaN where it is empty. */
  double from() {
    return window.length == 0 ? Double.NaN : level(window[0]);
  }

  /** Largest c of the window; NaN where it is empty. */
  double to() {
    return window.length == 0 ? Double.NaN : level(window[window.length - 1]);
  }

  /** B/(ηh) + 1 − d/2. */
  double theorySlope() {
    return law(PassageLaw.POWER);
  }

  /** The same with the correction for steps of finite size. */
  double correctedSlope() {
    return mean(curve -> curve.theory().correctedPassageSlope(dimension)).mean();
  }

  /** Mean over the data sets of a quantity. */
  SeedMean mean(ToDoubleFunction<PassageCurve> quantity) {
    return SeedMean.of(curves.stream().mapToDouble(quantity).toArray());
  }

  /** Mean passage time at a threshold over the data sets; NaN where nobody passed on one. */
  SeedMean time(int threshold) {
    return mean(curve -> curve.points().get(threshold).mean().value());
  }

  /** Mean of log t_p over the data sets. */
  SeedMean logTime(int threshold) {
    return mean(curve -> Math.log(curve.points().get(threshold).mean().value()));
  }

  /** Geometric mean passage time at a threshold. */
  double typicalTime(int threshold) {
    return Math.exp(logTime(threshold).mean());
  }

  /** Error of {@link #typicalTime}: between data sets, or that of the only one. */
  double typicalTimeError(int threshold) {
    return curves.size() > 1
        ? typicalTime(threshold) * logTime(threshold).standardError()
        : timeError(threshold);
  }

  /** Error of {@link #time}: between data sets, or that of the only one. */
  double timeError(int threshold) {
    return curves.size() > 1
        ? time(threshold).standardError()
        : curves.getFirst().points().get(threshold).mean().standardError();
  }

  /** Whether a threshold's mean may be shown: known on every data set. */
  boolean known(int threshold) {
    return curves.stream().allMatch(curve -> curve.usable(threshold, 0));
  }

  int replicas() {
    return curves.size() * curves.getFirst().points().getFirst().mean().replicas();
  }

  /** Passages at a threshold that did not happen. */
  int censored(int threshold) {
    return curves.stream().mapToInt(c -> c.points().get(threshold).mean().censored()).sum();
  }
}
