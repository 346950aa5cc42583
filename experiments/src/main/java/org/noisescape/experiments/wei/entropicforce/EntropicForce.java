package org.noisescape.experiments.wei.entropicforce;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.CorrelatedMean;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
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
  private static final int SNAPSHOTS = 200;

  /** The experiment. */
  public EntropicForce() {
    super(
        "wei/entropic-force",
        "Noise balances the slope of a valley's floor",
        "Wei, Schwab, Eq. 38 and section A.6, Fig. 7",
        row("lr", "learning rate", "0.01"),
        row("strength", "strength s = 1/S - 1/M of noise with covariance s H", "1"),
        row(
            "slopes",
            "slopes alpha of the floor; the first is drawn in time",
            // at 0.002, theta_2 = -0.4, the force of isotropic noise is 14 % weaker
            "0.0001,0.0005,0.002",
            "0.0001,0.00005,0.0002,0.0005,0.001,0.002"),
        row("start", "theta_1 and theta_2 at the start", "0.1,0.1"),
        row(
            "relaxations",
            "length in relaxation times 2/(lr^2 strength) steps; half is settling",
            "20"),
        row("replicas", "replicas with noise at each slope", "16", "100", "1000"));
  }

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

    /** Eq. 38. */
    double balance(double slope) {
      return -2 * slope / (rate * strength);
    }

    /**
     * Under noise of variance s whatever λ, ⟨θ₁²⟩ = ηs/(2λ): θ₂/(1 + θ₂²) is what θ₂ is above;
     * where the force never suffices, it slides.
     */
    double isotropicBalance(double slope) {
      double b = balance(slope);
      return 4 * b * b > 1 ? slid(slope) : 2 * b / (1 + Math.sqrt(1 - 4 * b * b));
    }

    /** Mean over the second half down the floor alone. */
    double slid(double slope) {
      return start[1] - rate * slope * steps() * 3 / 4;
    }

    /** As the root of the slope, through Eq. 38 at the least. */
    double rootBalance(double slope) {
      double least = slopes.stream().mapToDouble(s -> s).min().orElseThrow();
      return balance(least) * Math.sqrt(slope / least);
    }

    /** Change of θ₂ a step down the floor alone. */
    double slide(ForcePath descent) {
      return -rate * descent.slope();
    }
  }

  @Override
  protected Planned<Plan> plan(Settings settings) {
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
    // and the descent without noise
    return Planned.of(plan, ForceCriterion.text()).ensembles(plan.slopes.size() + 1);
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<ForcePath> paths = new ArrayList<>();
    for (int i = 0; i < plan.slopes.size(); i++) {
      paths.add(noisy(plan, plan.slopes.get(i), ensembles, i));
    }
    return findings(plan, paths, descent(plan, ensembles));
  }

  /** Numbers, rivals, table and figures of the slopes. */
  static Findings findings(Plan plan, List<ForcePath> paths, ForcePath descent) {
    Measurements numbers = balances(plan, paths, plan::balance);
    numbers
        .judged(
            "drift of theta_2 a step without noise",
            PointEstimate.exact(descent.mean()),
            ForceCriterion.slides(plan.slide(descent)))
        .value("theta_2 at the end without noise", descent.second()[descent.second().length - 1])
        .exact(
            "steps until a factor 1/e of the initial distance",
            paths.getFirst().transientSteps(),
            plan.relaxation());
    return Findings.of(numbers)
        .rival("noise exerts no force", balances(plan, paths, plan::slid))
        .rival("half the force", balances(plan, paths, slope -> 2 * plan.balance(slope)))
        .rival("twice the force", balances(plan, paths, slope -> plan.balance(slope) / 2))
        .rival("isotropic noise", balances(plan, paths, plan::isotropicBalance))
        .rival("balance ~ sqrt(alpha)", balances(plan, paths, plan::rootBalance))
        .table(EntropicForceFigures.table(plan, paths, descent))
        .figures(EntropicForceFigures.of(plan, paths, descent));
  }

  /** ⟨θ₂⟩ at every slope held against a law. */
  private static Measurements balances(Plan plan, List<ForcePath> paths, DoubleUnaryOperator law) {
    Measurements numbers = new Measurements();
    for (ForcePath path : paths) {
      numbers.judged(
          "mean theta_2 with noise, alpha = " + path.slope(),
          path.balance(),
          ForceCriterion.balance(plan.balance(path.slope()))
              .against(law.applyAsDouble(path.slope())));
    }
    return numbers;
  }

  private static EnsembleRecording record(
      Plan plan, ValleyDrift drift, int replicas, String task, Ensembles ensembles, int index) {
    LandscapePlan ensemble =
        LandscapePlan.of(drift.valley(), drift.noise())
            .learningRate(plan.rate)
            .start(plan.start)
            .seed(ensembles.seed(index))
            .replicas(replicas)
            .build();
    return ensembles.record(
        task,
        ensemble,
        EnsembleSchedule.to(plan.steps()).snapshots(plan.steps() / SNAPSHOTS),
        List.of(theta -> theta[0], theta -> theta[1]));
  }

  private static ForcePath noisy(Plan plan, double slope, Ensembles ensembles, int index) {
    Valley valley = Valley.inclined(slope);
    ValleyDrift drift =
        new ValleyDrift(valley, ValleyNoise.aligned(valley, plan.strength), plan.rate);
    EnsembleRecording recording =
        record(plan, drift, plan.replicas, "alpha = " + slope, ensembles, index);
    CorrelatedMean mean = CorrelatedMean.ofReplicas(recording.series(1, SETTLED));
    BurnIn burnIn = BurnIn.pooled(recording.series(1, 0));
    boolean settled = burnIn.converged() && burnIn.start() <= SETTLED;
    return ForcePath.noisy(slope, recording, drift, plan.start, mean, settled);
  }

  private static ForcePath descent(Plan plan, Ensembles ensembles) {
    double slope = plan.slopes.getFirst();
    ValleyDrift drift = new ValleyDrift(Valley.inclined(slope), DiagonalNoise.white(0), plan.rate);
    EnsembleRecording recording =
        record(plan, drift, 1, "without noise", ensembles, plan.slopes.size());
    return ForcePath.still(slope, recording, drift, plan.start, SETTLED);
  }
}
