package org.noisescape.experiments.wei.tracedeterminant;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Valley;
import org.noisescape.dynamics.landscape.ValleyNoise;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.experiments.wei.ValleyDrift;

/**
 * SGD noise lowers the trace of the Hessian, isotropic noise its determinant.
 *
 * <p>Noise C_ii = 2 s λ_i² lowers Σ λ_i², as a third case of Theorem 2. L = (4 − 2 e^(−θ₃² − θ₄²))
 * θ₁² + e^(−(θ₃ − θ₄)²) θ₂² on the diagonal θ₄ = −θ₃, where ∇̂T and ∇̂ log det point opposite ways.
 * Source: Wei and Schwab, Theorem 2, Corollary 2.1 and section 4.2, Fig. 2c, d.
 */
public final class TraceDeterminant extends LandscapeExperiment<TraceDeterminant.Plan> {
  /** The noises of Fig. 2c, d and a third. */
  static final List<SpectrumNoise> NOISES =
      List.of(SpectrumNoise.SGD, SpectrumNoise.ISOTROPIC, SpectrumNoise.SQUARES);

  private static final int SNAPSHOTS = 100;

  /** The experiment. */
  public TraceDeterminant() {
    super(
        "wei/trace-determinant",
        "SGD noise lowers the trace of the Hessian, isotropic noise its determinant",
        "Wei, Schwab, Theorem 2, Corollary 2.1 and section 4.2, Fig. 2c, d",
        // the text gives no numbers: eta lambda_1/2 = .056, and all noises have about one trace;
        // with five times as much, log det falls by half its theorem's rate more within the
        // window
        row("lr", "learning rate", "0.02"),
        row("strength", "strength s of SGD noise, C = s H", "0.2"),
        row("squares", "strength s of noise of squares, C_ii = 2 s lambda_i^2", "0.02"),
        row("variance", "variance c of isotropic noise in the curved directions", "0.6"),
        row("start", "theta_3 and theta_4 at the start", "0.5,-0.5"),
        row("steps", "steps, a multiple of " + SNAPSHOTS, "4000", "6000"),
        row("window", "first steps over which the initial rate is measured", "200", "240"),
        row("replicas", "replicas with each noise", "8000", "16000", "20000"));
  }

  /** What runs. */
  record Plan(
      double rate,
      double strength,
      double variance,
      double squares,
      double[] start,
      int steps,
      int window,
      int replicas) {
    double[] theta() {
      return new double[] {0, 0, start[0], start[1]};
    }

    /** Change a step of what a noise is to lower, under the other one. */
    double exchangedRate(SpectrumNoise kind) {
      return kind.exchangedRate(
          ValleyDrift.theory(Valley.gaussian(), theta(), rate), strength(kind));
    }

    double strength(SpectrumNoise kind) {
      return switch (kind) {
        case SGD -> strength;
        case ISOTROPIC -> variance;
        default -> squares;
      };
    }
  }

  @Override
  protected Planned<Plan> plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positive("lr"),
            settings.positive("strength"),
            settings.positive("variance"),
            settings.positive("squares"),
            settings.finite("start", 2),
            settings.integer("steps", SNAPSHOTS),
            settings.integer("window", 1),
            settings.integer("replicas", 2));
    if (plan.steps % SNAPSHOTS != 0) {
      throw settings.wrong("steps", "must be a multiple of %d".formatted(SNAPSHOTS));
    }
    if (plan.window % (plan.steps / SNAPSHOTS) != 0 || plan.window > plan.steps) {
      throw settings.wrong(
          "window",
          "must be a multiple of the %d steps between snapshots, up to all steps"
              .formatted(plan.steps / SNAPSHOTS));
    }
    // λ₁ grows to 8 and λ₂ to 2 wherever the replicas drift
    StabilityBound.require("lr", plan.rate, 8);
    return Planned.of(plan, FallCriterion.text()).ensembles(NOISES.size());
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<SpectrumPath> paths = new ArrayList<>();
    for (SpectrumNoise kind : NOISES) {
      paths.add(path(plan, kind, ensembles));
    }
    return findings(plan, paths);
  }

  /** Numbers, rivals, table and figures of all noises. */
  static Findings findings(Plan plan, List<SpectrumPath> paths) {
    Measurements numbers = new Measurements();
    for (SpectrumPath path : paths) {
      numbers
          .judged(lowered(path), path.lowered(), FallCriterion.FALLS)
          .addAll(rate(path, path.theoremRate()))
          .value(
              path.kind().label() + ": the same beside the drift without expansion in eta",
              path.rate(),
              path.rateError(),
              path.rateOfDrift())
          .value(other(path), path.other());
    }
    return Findings.of(numbers)
        .rival("each noise lowers the other's quantity", exchanged(paths))
        .rival("no drift", rates(paths, path -> 0))
        .rival("half the rates", rates(paths, path -> path.theoremRate() / 2))
        .rival("twice the rates", rates(paths, path -> 2 * path.theoremRate()))
        .rival(
            "rates of the other noise of the same trace",
            rates(paths, path -> plan.exchangedRate(path.kind())))
        .table(TraceDeterminantFigures.table(paths, plan))
        .figures(TraceDeterminantFigures.of(paths, plan));
  }

  private static String lowered(SpectrumPath path) {
    return path.kind().label() + ": change of the " + path.kind().lowered();
  }

  private static String other(SpectrumPath path) {
    return path.kind().label() + ": change of the " + path.kind().other().lowered();
  }

  private static Measurements rate(SpectrumPath path, double law) {
    return new Measurements()
        .judged(
            path.kind().label()
                + ": initial change of the "
                + path.kind().lowered()
                + " a step, Theorem",
            path.initialRate(),
            FallCriterion.rate(path.theoremRate()).against(law));
  }

  private static Measurements rates(List<SpectrumPath> paths, ToDoubleFunction<SpectrumPath> law) {
    Measurements numbers = new Measurements();
    paths.forEach(path -> numbers.addAll(rate(path, law.applyAsDouble(path))));
    return numbers;
  }

  private static Measurements exchanged(List<SpectrumPath> paths) {
    Measurements numbers = new Measurements();
    paths.forEach(path -> numbers.judged(other(path), path.other(), FallCriterion.FALLS));
    return numbers;
  }

  private static SpectrumPath path(Plan plan, SpectrumNoise kind, Ensembles ensembles) {
    Valley valley = Valley.gaussian();
    DiagonalNoise noise = noise(kind, valley, plan.strength(kind));
    ValleyDrift drift = new ValleyDrift(valley, noise, plan.rate);
    double[] start = plan.theta();
    double[] variances = drift.variances(start);
    LandscapePlan ensemble =
        LandscapePlan.of(valley, noise)
            .learningRate(plan.rate)
            // the theorems take θ₁ and θ₂ to be in their stationary state
            .start(
                (draws, theta) -> {
                  System.arraycopy(start, 0, theta, 0, theta.length);
                  for (int i = 0; i < variances.length; i++) {
                    theta[i] = Math.sqrt(variances[i]) * draws.nextGaussian();
                  }
                })
            .seed(ensembles.seed(kind.ordinal()))
            .replicas(plan.replicas)
            .build();
    EnsembleRecording recording =
        ensembles.record(
            kind.label(),
            ensemble,
            EnsembleSchedule.to(plan.steps).snapshots(plan.steps / SNAPSHOTS),
            quantities(valley));
    double theorem =
        kind.theoremRate(ValleyDrift.theory(valley, start, plan.rate), plan.strength(kind));
    return SpectrumPath.of(
        kind, recording, drift, start, plan.window * SNAPSHOTS / plan.steps, theorem);
  }

  private static DiagonalNoise noise(SpectrumNoise kind, Valley valley, double strength) {
    return switch (kind) {
      case SGD -> ValleyNoise.aligned(valley, strength);
      case ISOTROPIC -> ValleyNoise.isotropic(valley, strength);
      default -> ValleyNoise.designed(valley, strength, kind.slope());
    };
  }

  private static List<ToDoubleFunction<double[]>> quantities(Valley valley) {
    List<ToDoubleFunction<double[]>> all = new ArrayList<>();
    for (SpectrumNoise kind : NOISES) {
      all.add(theta -> kind.of(ValleyDrift.eigenvalues(valley, theta)));
    }
    return all;
  }
}
