package org.noisescape.experiments.wei.entropicforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.CorrelatedMean;
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
 * Noise holds a parameter where the energetic and the entropic force balance; without it the
 * parameter slides away.
 *
 * <p>L = ½ (θ₂² + 1) θ₁² + αθ₂ with C₁₁ = s λ: ⟨Δθ₂⟩ = −η(ηsθ₂/2 + α), so that ⟨θ₂⟩ = −2α/(ηs),
 * which is approached with a time of 2/(η²s) steps. Source: Wei and Schwab, Eq. 38 and Fig. 7.
 */
public final class EntropicForce extends LandscapeExperiment<EntropicForce.Plan> {
  static final String ID = "wei/entropic-force";

  private static final int SNAPSHOTS = 200;

  /** Snapshots left out: half of all, ten relaxation times in every preset. */
  static final int SETTLED = SNAPSHOTS / 2;

  /** What runs. */
  record Plan(
      double rate,
      double strength,
      List<Double> slopes,
      double[] start,
      int relaxations,
      int replicas) {
    /** 2/(η²s), rounded up. */
    long relaxation() {
      return (long) Math.ceil(2 / (rate * rate * strength));
    }

    /** A multiple of the number of snapshots. */
    long steps() {
      return Math.ceilDiv(relaxation() * relaxations, SNAPSHOTS) * SNAPSHOTS;
    }

    double balance(double slope) {
      return -2 * slope / (rate * strength);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Noise balances the slope of a valley's floor";
  }

  @Override
  public String source() {
    return "Wei, Schwab, Eq. 38 and section A.6, Fig. 7";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lr", "learning rate");
    all.put("strength", "strength s = 1/S - 1/M of noise with covariance s H");
    all.put("slopes", "slopes alpha of the floor; the first is drawn in time");
    all.put("start", "theta_1 and theta_2 at the start");
    all.put("relaxations", "length in relaxation times 2/(lr^2 strength) steps; half is settling");
    all.put("replicas", "replicas with noise at each slope");
    return all;
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lr", "0.01");
    all.put("strength", "1");
    all.put("slopes", quick ? "0.0001,0.0005" : "0.0001,0.00005,0.0002,0.0005,0.001");
    all.put("start", "0.1,0.1");
    all.put("relaxations", "20");
    all.put("replicas", quick ? "16" : preset == Preset.PAPER ? "1000" : "100");
    return all;
  }

  @Override
  protected Plan plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positive("lr"),
            settings.positive("strength"),
            settings.positives("slopes"),
            settings.finite("start", 2),
            settings.integer("relaxations", 1),
            settings.integer("replicas", 2));
    double far = Math.abs(plan.start[1]);
    for (double slope : plan.slopes) {
      far = Math.max(far, Math.abs(plan.balance(slope)));
    }
    StabilityBound.require("lr", plan.rate, 1 + far * far);
    return plan;
  }

  @Override
  protected String criterion() {
    return ForceCriterion.text();
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<ForcePath> paths = new ArrayList<>();
    for (int i = 0; i < plan.slopes.size(); i++) {
      paths.add(noisy(plan, plan.slopes.get(i), ensembles, i));
    }
    ForcePath descent = descent(plan, ensembles);
    List<NamedMeasurement> numbers = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (ForcePath path : paths) {
      Verdict verdict = ForceCriterion.balance(path, plan.balance(path.slope()));
      verdicts.add(verdict);
      numbers.add(
          new NamedMeasurement(
              "mean theta_2 with noise, alpha = " + path.slope(),
              path.mean(),
              path.standardError(),
              plan.balance(path.slope()),
              Optional.of(verdict)));
    }
    Verdict slides = ForceCriterion.slides(descent, -plan.rate * descent.slope());
    verdicts.add(slides);
    numbers.add(
        new NamedMeasurement(
            "drift of theta_2 a step without noise",
            descent.mean(),
            Double.NaN,
            -plan.rate * descent.slope(),
            Optional.of(slides)));
    numbers.add(
        new NamedMeasurement(
            "theta_2 at the end without noise", last(descent.second()), Double.NaN, Double.NaN));
    numbers.add(
        new NamedMeasurement(
            "steps until a factor 1/e of the initial distance",
            paths.getFirst().transientSteps(),
            Double.NaN,
            plan.relaxation()));
    return new Findings(
        Verdict.all(verdicts),
        numbers,
        List.of(EntropicForceFigures.table(plan, paths, descent)),
        EntropicForceFigures.of(plan, paths, descent));
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  private static EnsembleRecording record(
      Plan plan, LandscapePlan ensemble, String task, Ensembles ensembles) {
    return ensembles.record(
        task,
        ensemble,
        EnsembleSchedule.to(plan.steps()).snapshots(plan.steps() / SNAPSHOTS),
        List.of(theta -> theta[0], theta -> theta[1]));
  }

  private static ForcePath noisy(Plan plan, double slope, Ensembles ensembles, int index) {
    Valley valley = Valley.inclined(slope);
    DiagonalNoise noise = ValleyNoise.aligned(valley, plan.strength);
    LandscapePlan ensemble =
        LandscapePlan.of(
            valley,
            noise,
            plan.rate,
            LandscapePlan.Start.at(plan.start),
            ensembles.seed(index),
            plan.replicas);
    EnsembleRecording recording = record(plan, ensemble, "alpha = " + slope, ensembles);
    CorrelatedMean mean = CorrelatedMean.ofReplicas(recording.series(1, SETTLED));
    BurnIn burnIn = BurnIn.pooled(recording.series(1, 0));
    return ForcePath.noisy(
        slope,
        recording,
        new ValleyDrift(valley, noise, plan.rate),
        plan.start,
        mean,
        burnIn.converged() && burnIn.start() <= SETTLED,
        plan.replicas);
  }

  private static ForcePath descent(Plan plan, Ensembles ensembles) {
    double slope = plan.slopes.getFirst();
    Valley valley = Valley.inclined(slope);
    DiagonalNoise none = DiagonalNoise.white(0);
    LandscapePlan ensemble =
        LandscapePlan.of(
            valley,
            none,
            plan.rate,
            LandscapePlan.Start.at(plan.start),
            ensembles.seed(plan.slopes.size()),
            1);
    EnsembleRecording recording = record(plan, ensemble, "without noise", ensembles);
    return ForcePath.still(
        slope, recording, new ValleyDrift(valley, none, plan.rate), plan.start, SETTLED);
  }
}
