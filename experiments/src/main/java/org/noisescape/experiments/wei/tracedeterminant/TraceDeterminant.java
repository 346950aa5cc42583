package org.noisescape.experiments.wei.tracedeterminant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.experiments.wei.ValleyDrift;

/**
 * SGD noise lowers the trace of the Hessian, isotropic noise its determinant.
 *
 * <p>L = (4 − 2 e^(−θ₃² − θ₄²)) θ₁² + e^(−(θ₃ − θ₄)²) θ₂² on the diagonal θ₄ = −θ₃, where ∇̂T and
 * ∇̂ log det point opposite ways. Source: Wei and Schwab, Theorem 2, Corollary 2.1 and section 4.2,
 * Fig. 2c, d.
 */
public final class TraceDeterminant extends LandscapeExperiment<TraceDeterminant.Plan> {
  static final String ID = "wei/trace-determinant";

  private static final int SNAPSHOTS = 100;

  /** What runs. */
  record Plan(
      double rate,
      double strength,
      double variance,
      double[] start,
      int steps,
      int window,
      int replicas) {
    double[] theta() {
      return new double[] {0, 0, start[0], start[1]};
    }

    double strength(ValleyNoiseKind kind) {
      return kind == ValleyNoiseKind.SGD ? strength : variance;
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD noise lowers the trace of the Hessian, isotropic noise its determinant";
  }

  @Override
  public String source() {
    return "Wei, Schwab, Theorem 2, Corollary 2.1 and section 4.2, Fig. 2c, d";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lr", "learning rate");
    all.put("strength", "strength s of SGD noise, C = s H");
    all.put("variance", "variance c of isotropic noise in the curved directions");
    all.put("start", "theta_3 and theta_4 at the start");
    all.put("steps", "steps, a multiple of " + SNAPSHOTS);
    all.put("window", "first steps over which the initial rate is measured");
    all.put("replicas", "replicas with each noise");
    return all;
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    // the text gives no numbers: eta lambda_1/2 = .056, and both noises have about one trace; with
    // five times as much, log det falls by half its theorem's rate more within the window
    all.put("lr", "0.02");
    all.put("strength", "0.2");
    all.put("variance", "0.6");
    all.put("start", "0.5,-0.5");
    all.put("steps", quick ? "4000" : "6000");
    all.put("window", quick ? "400" : "420");
    all.put("replicas", quick ? "1000" : preset == Preset.PAPER ? "20000" : "4000");
    return all;
  }

  @Override
  protected Plan plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positive("lr"),
            settings.positive("strength"),
            settings.positive("variance"),
            settings.finite("start", 2),
            settings.integer("steps", SNAPSHOTS),
            settings.integer("window", 1),
            settings.integer("replicas", 2));
    if (plan.steps % SNAPSHOTS != 0) {
      throw new IllegalArgumentException(
          "--set steps=%d: must be a multiple of %d".formatted(plan.steps, SNAPSHOTS));
    }
    if (plan.window % (plan.steps / SNAPSHOTS) != 0 || plan.window > plan.steps) {
      throw new IllegalArgumentException(
          "--set window=%d: must be a multiple of the %d steps between snapshots, up to all steps"
              .formatted(plan.window, plan.steps / SNAPSHOTS));
    }
    // λ₁ grows to 8 and λ₂ to 2 wherever the replicas drift
    StabilityBound.require("lr", plan.rate, 8);
    return plan;
  }

  @Override
  protected String criterion() {
    return FallCriterion.text();
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<SpectrumPath> paths = new ArrayList<>();
    for (ValleyNoiseKind kind : ValleyNoiseKind.values()) {
      paths.add(path(plan, kind, ensembles));
    }
    List<NamedMeasurement> numbers = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (SpectrumPath path : paths) {
      boolean sgd = path.kind() == ValleyNoiseKind.SGD;
      String what = sgd ? "trace" : "log determinant";
      Verdict falls = FallCriterion.falls(path.total(), path.totalError());
      Verdict rate = FallCriterion.rate(path.rate(), path.rateError(), path.theoremRate());
      verdicts.add(falls);
      verdicts.add(rate);
      numbers.add(
          new NamedMeasurement(
              path.kind().label + ": change of the " + what,
              path.total(),
              path.totalError(),
              Double.NaN,
              Optional.of(falls)));
      numbers.add(
          new NamedMeasurement(
              path.kind().label + ": initial change of the " + what + " a step, Theorem",
              path.rate(),
              path.rateError(),
              path.theoremRate(),
              Optional.of(rate)));
      numbers.add(
          new NamedMeasurement(
              path.kind().label + ": the same beside the drift without expansion in eta",
              path.rate(),
              path.rateError(),
              path.rateOfDrift()));
      double[] other = sgd ? path.logDeterminant() : path.trace();
      double[] otherError = sgd ? path.logDeterminantError() : path.traceError();
      numbers.add(
          new NamedMeasurement(
              path.kind().label + ": change of the " + (sgd ? "log determinant" : "trace"),
              last(other) - other[0],
              Math.hypot(last(otherError), otherError[0]),
              Double.NaN));
    }
    return new Findings(
        Verdict.all(verdicts),
        numbers,
        List.of(TraceDeterminantFigures.table(paths, plan)),
        TraceDeterminantFigures.of(paths));
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static SpectrumPath path(Plan plan, ValleyNoiseKind kind, Ensembles ensembles) {
    Valley valley = Valley.gaussian();
    DiagonalNoise noise = kind.noise(valley, plan.strength(kind));
    ValleyDrift drift = new ValleyDrift(valley, noise, plan.rate);
    double[] start = plan.theta();
    double[] variances = drift.variances(start);
    LandscapePlan ensemble =
        LandscapePlan.of(
            valley,
            noise,
            plan.rate,
            // the theorems take θ₁ and θ₂ to be in their stationary state
            (draws, theta) -> {
              System.arraycopy(start, 0, theta, 0, theta.length);
              for (int i = 0; i < variances.length; i++) {
                theta[i] = Math.sqrt(variances[i]) * draws.nextGaussian();
              }
            },
            ensembles.seed(kind.ordinal()),
            plan.replicas);
    EnsembleRecording recording =
        ensembles.record(
            kind.label,
            ensemble,
            EnsembleSchedule.to(plan.steps).snapshots(plan.steps / SNAPSHOTS),
            List.of(valley::trace, valley::logDeterminant));
    double theorem = kind.theoremRate(valley, start, plan.rate, plan.strength(kind));
    return SpectrumPath.of(
        kind, recording, drift, start, plan.window * SNAPSHOTS / plan.steps, theorem);
  }
}
