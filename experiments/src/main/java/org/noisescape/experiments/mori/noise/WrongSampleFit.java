package org.noisescape.experiments.mori.noise;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.HuberLine;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;

/**
 * What the wrongly classified training samples carry in the intermediate window of one panel.
 *
 * <p>Tolerance: a share q of the loss that falls from 1 to 3/4 over the shortest window, half a
 * decade, moves the slope of 𝒩 against L by log₁₀(4/3)/0.5 = 0.25, the tolerance of that slope;
 * what the text calls a crude argument may miss the slopes against M by as much.
 *
 * @param panel the network
 * @param seeds those with enough points
 */
record WrongSampleFit(Panel panel, List<Seed> seeds) {
  private static final double TOLERANCE = 0.25;
  private static final Criterion OF_SHARE = Criterion.within(1, TOLERANCE);
  private static final Criterion OF_SLOPE = Criterion.within(1, TOLERANCE);

  /**
   * One seed.
   *
   * @param ofSamples M/N, mean over the points
   * @param ofLoss share of the loss, mean over the points
   * @param ofGradients share of Σ ‖g_μ‖², mean over the points
   * @param loss log L against log M
   * @param noise log 𝒩 against log M
   */
  record Seed(
      double ofSamples, double ofLoss, double ofGradients, HuberLine loss, HuberLine noise) {}

  /** Of the points of each seed. */
  static WrongSampleFit of(Panel panel, List<List<NoisePoint>> runs) {
    return new WrongSampleFit(
        panel,
        runs.stream()
            .filter(run -> !run.isEmpty())
            .map(WrongSampleFit::window)
            .filter(WindowFit::suffices)
            .filter(
                window -> window.stream().mapToDouble(WrongSampleFit::count).distinct().count() > 1)
            .map(WrongSampleFit::seed)
            .toList());
  }

  /** Whether wrong samples were counted. */
  static boolean counted(List<List<NoisePoint>> runs) {
    return runs.stream().flatMap(List::stream).anyMatch(point -> point.wrong().counted());
  }

  /** The intermediate window, in which M ≥ 1. */
  static List<NoisePoint> window(List<NoisePoint> run) {
    return WindowRule.INTERMEDIATE.select(run).stream()
        .filter(point -> point.wrong().samples() > 0)
        .toList();
  }

  private static double count(NoisePoint point) {
    return point.wrong().samples();
  }

  private static Seed seed(List<NoisePoint> window) {
    double[] count = WindowFit.logarithms(window, WrongSampleFit::count);
    return new Seed(
        mean(window, point -> 1 - point.trainAccuracy()),
        mean(window, point -> point.wrong().ofLoss()),
        mean(window, point -> point.wrong().ofGradients()),
        HuberLine.fit(count, WindowFit.logarithms(window, NoisePoint::loss)),
        HuberLine.fit(count, WindowFit.logarithms(window, NoisePoint::noise)));
  }

  private static double mean(List<NoisePoint> window, ToDoubleFunction<NoisePoint> quantity) {
    return window.stream().mapToDouble(quantity).average().orElseThrow();
  }

  /** The four numbers beside the text, and the laws that are no text in one line each. */
  Measurements judged() {
    Measurements numbers = new Measurements();
    String wrong = panel.name() + " wrong samples' share of ";
    PointEstimate samples = estimate(Seed::ofSamples);
    numbers
        .value(wrong + "the samples", samples)
        .apart(wrong + "the loss", estimate(Seed::ofLoss), OF_SHARE)
        .apart(wrong + "sum |g|^2", estimate(Seed::ofGradients), OF_SHARE)
        .apart(panel.name() + " slope of L against M", lossSlope(), OF_SLOPE)
        .apart(panel.name() + " slope of N against M", noiseSlope(), OF_SLOPE);
    for (WrongLaw law : WrongLaw.values()) {
      numbers.apart(
          panel.name() + " wrong samples: " + law.label,
          estimate(Seed::ofGradients),
          law.share(samples.value()),
          judgement(law));
    }
    return numbers;
  }

  /** All four numbers held against a law. */
  Judgement judgement(WrongLaw law) {
    Criterion share = OF_SHARE.against(law.share(estimate(Seed::ofSamples).value()));
    Criterion slope = OF_SLOPE.against(law.slope);
    return Judgement.all(
        List.of(
            share.judge(estimate(Seed::ofLoss)),
            share.judge(estimate(Seed::ofGradients)),
            slope.judge(lossSlope()),
            slope.judge(noiseSlope())));
  }

  private PointEstimate lossSlope() {
    return estimate(seed -> seed.loss().slope());
  }

  private PointEstimate noiseSlope() {
    return estimate(seed -> seed.noise().slope());
  }

  private PointEstimate estimate(ToDoubleFunction<Seed> quantity) {
    return PointEstimate.of(Measurements.over(seeds, quantity));
  }

  static String text() {
    return "By itself (appendix D), in the intermediate window: "
        + OF_SHARE.text("the wrong samples' shares of L and of sum |g|^2, means over the points")
        + "; "
        + OF_SLOPE.text("slopes of log L and log N against log M, Huber fits")
        + ". ";
  }
}
