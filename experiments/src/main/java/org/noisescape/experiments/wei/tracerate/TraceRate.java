package org.noisescape.experiments.wei.tracerate;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.AbsoluteForm;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.experiments.wei.ValleyDrift;
import org.noisescape.theory.wei.SpectralDrift;

/**
 * SGD lowers the trace of the Hessian at a rate proportional to η².
 *
 * <p>L = |θ₃ + θ₄| θ₁² + |θ₃ + 2θ₄| θ₂² has no factor ½, so that λ = 2|…|, ∇̂T = (4, 6) and ‖∇̂T‖²
 * = 52. Theorem 1: ⟨ΔT⟩ = −(η²/4) s ‖∇̂T‖² a step, s = 1/S − 1/M. Source: Wei and Schwab, section
 * 4.2, Fig. 2b.
 */
public final class TraceRate extends LandscapeExperiment<TraceRate.Plan> {
  /** The experiment. */
  public TraceRate() {
    super(
        "wei/trace-rate",
        "SGD lowers the trace of the Hessian at a rate proportional to the squared learning rate",
        "Wei, Schwab, Theorem 1 and section 4.2, Fig. 2b",
        // the text gives neither rates nor strength: eta lambda/2 <= .032, what Eq. 8 leaves out
        row(
            "rates",
            "learning rates",
            "0.004,0.006,0.008,0.01",
            "0.003,0.004,0.005,0.006,0.007,0.008,0.009,0.01"),
        row("strength", "strength s = 1/S - 1/M of noise with covariance s H", "1"),
        // lambda = 2.2 and 6.4, in 1600 steps both lose at most 0.8 and 1.3; at lambda = 3 and 5
        // isotropic noise of the same trace would have the same rate within 1 %
        row("start", "theta_3 and theta_4 at the start", "-1,2.1"),
        row("settle", "steps in which theta_1 and theta_2 come to equilibrium", "600"),
        row("steps", "steps over which the change of the trace is measured", "1000"),
        row("replicas", "replicas at each learning rate", "2000", "4000", "20000"));
  }

  /** What runs. */
  record Plan(
      List<Double> rates, double strength, double[] start, int settle, int steps, int replicas) {}

  @Override
  protected Planned<Plan> plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positives("rates"),
            settings.positive("strength"),
            settings.finite("start", 2),
            settings.integer("settle", 0),
            settings.integer("steps", 1),
            settings.integer("replicas", 2));
    if (plan.rates.size() < 3) {
      throw settings.wrong("rates", "a line needs three learning rates or more");
    }
    double[] theta = theta(plan);
    for (int i = 0; i < 2; i++) {
      double curvature = Valley.absolute().eigenvalue(i, theta);
      if (curvature == 0) {
        throw settings.wrong(
            "start", "lies on a kink, where theta_3 + theta_4 or theta_3 + 2 theta_4 is 0");
      }
      plan.rates.forEach(rate -> StabilityBound.require("rates", rate, curvature));
    }
    return Planned.of(plan, TraceCriterion.text()).ensembles(plan.rates.size());
  }

  static double[] theta(Plan plan) {
    return new double[] {0, 0, plan.start[0], plan.start[1]};
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<TracePoint> points = new ArrayList<>();
    for (int i = 0; i < plan.rates.size(); i++) {
      points.add(point(plan, plan.rates.get(i), ensembles, i));
    }
    return findings(plan, points);
  }

  /** Numbers, rivals, table and figure of the rates. */
  static Findings findings(Plan plan, List<TracePoint> points) {
    // at η = 1: ∇̂T is the same all along this side of the kinks
    SpectralDrift start = ValleyDrift.theory(Valley.absolute(), theta(plan), 1);
    double perSquare = plan.steps * start.traceRate(plan.strength);
    double isotropic = plan.steps * isotropicRate(start, plan.strength);
    TraceFit fit = TraceFit.of(points);
    Criterion slope = TraceCriterion.slope(perSquare);
    Criterion exponent = TraceCriterion.EXPONENT;
    Measurements numbers =
        slope(fit, slope)
            .judged(
                "intercept of that line / largest change",
                fit.intercept(),
                TraceCriterion.INTERCEPT)
            .addAll(exponent(fit, exponent))
            .value(
                "chi^2 per point against Eq. 9 without expansion",
                TracePoint.chiSquare(points) / points.size(),
                Math.sqrt(2.0 / points.size()),
                1)
            .exact(
                "replicas that changed the sign of an absolute value",
                points.stream().mapToInt(TracePoint::flipped).sum(),
                0);
    for (TracePoint point : points) {
      numbers.value(
          "change at eta = " + point.learningRate(),
          point.change(),
          point.standardError(),
          point.leading(perSquare));
    }
    return Findings.of(numbers)
        .rival("no drift of the trace", slope(fit, slope.against(0)))
        .rival("half the rate", slope(fit, slope.against(perSquare / 2)))
        .rival("twice the rate", slope(fit, slope.against(2 * perSquare)))
        .rival("isotropic noise of the same trace", slope(fit, slope.against(isotropic)))
        .rival("change proportional to eta", exponent(fit, exponent.against(1)))
        .table(TracePoint.table(points, plan.strength, perSquare))
        .figures(List.of(TracePoint.figure(points, fit, perSquare, isotropic)));
  }

  private static Measurements slope(TraceFit fit, Criterion law) {
    return new Measurements().judged("slope of the trace's change on eta^2", fit.slope(), law);
  }

  private static Measurements exponent(TraceFit fit, Criterion law) {
    return new Measurements().judged("exponent d ln|change| / d ln eta", fit.exponent(), law);
  }

  /** Change of the trace a step under noise that is no less, but the same in all directions. */
  private static double isotropicRate(SpectralDrift start, double strength) {
    double[] noise = start.alignedNoise(strength);
    Arrays.fill(noise, Arrays.stream(noise).average().orElseThrow());
    double[] derivativesOfTrace = new double[noise.length];
    Arrays.fill(derivativesOfTrace, 1);
    return start.rate(derivativesOfTrace, noise);
  }

  private static TracePoint point(Plan plan, double rate, Ensembles ensembles, int index) {
    Valley valley = Valley.absolute();
    DiagonalNoise noise = ValleyNoise.aligned(valley, plan.strength);
    LandscapePlan ensemble =
        LandscapePlan.of(valley, noise)
            .learningRate(rate)
            .start(theta(plan))
            .seed(ensembles.seed(index))
            .replicas(plan.replicas)
            .build();
    long end = plan.settle + (long) plan.steps;
    // a common divisor of both, so that snapshots fall on the end of the settling
    long every = divisor(plan.settle, plan.steps);
    EnsembleRecording recording =
        ensembles.record(
            "eta = " + rate,
            ensemble,
            EnsembleSchedule.to(end).snapshots(every),
            List.of(
                valley::trace, theta -> side(valley, 0, theta), theta -> side(valley, 1, theta)));
    int settled = (int) (plan.settle / every);
    int last = recording.size() - 1;
    int flipped = 0;
    for (int r = 0; r < plan.replicas; r++) {
      flipped += flipped(recording, r) ? 1 : 0;
    }
    SeedMean mean = recording.change(0, settled, last);
    ValleyDrift drift = new ValleyDrift(valley, noise, rate);
    double[] first = drift.after(theta(plan), plan.settle);
    double theory = valley.trace(drift.after(first, plan.steps)) - valley.trace(first);
    return new TracePoint(
        rate,
        mean.mean(),
        mean.standardError(),
        recording.mean(0, settled).mean(),
        theory,
        plan.replicas,
        flipped);
  }

  private static double side(Valley valley, int i, double[] theta) {
    return Math.signum(((AbsoluteForm) valley.eigenvalues().get(i)).inner(theta, 2));
  }

  private static boolean flipped(EnsembleRecording recording, int replica) {
    boolean flipped = false;
    for (int q = 1; q <= 2; q++) {
      double start = recording.at(q, 0)[replica];
      for (int k = 1; k < recording.size(); k++) {
        flipped |= recording.at(q, k)[replica] != start;
      }
    }
    return flipped;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
