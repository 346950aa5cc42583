package org.noisescape.experiments.wei.designed;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.experiments.wei.TwinLabels;
import org.noisescape.experiments.wei.ValleyMinima;
import org.noisescape.experiments.wei.ValleyNetwork;

/**
 * Gradient descent on a network with noise designed for its curved directions lowers what the noise
 * is designed for: tr H, log det of the positive eigenvalues, Σ λ² or −Σ 1/λ.
 *
 * <p>Source: Wei and Schwab, section 3, Theorem 2 and Corollary 2.1.
 */
public final class DesignedNoise extends PlannedExperiment<DesignedNoise.Plan> {
  /**
   * Of the change of f over that of its theorem: of leading order in η. Eq. 8 leaves out ηλ/2, at
   * most 5 % at the presets' rates; cubic and quartic terms of L get as much again.
   */
  static final Criterion RATE = Criterion.within(1, 0.1);

  /** The experiment. */
  public DesignedNoise() {
    super(
        "wei/designed-noise",
        "Noise designed for the curved directions of a network lowers what it is designed for",
        "Wei, Schwab, section 3, Theorem 2, Corollary 2.1",
        ValleyNetwork.SETTINGS
            .and(ValleyMinima.Descent.SETTINGS)
            .and(
                row("networks", "networks, each with initial weights of its own", "6", "8"),
                row("replicas", "runs from the minimum of each network", "4"),
                row("sharpness", "learning rate times the largest eigenvalue of all minima", "0.1"),
                row(
                    "strength",
                    "s of aligned noise C = s H; the others have its trace at the minimum",
                    "0.0225",
                    "0.01"),
                row(
                    "fall",
                    "share of the trace that aligned noise lets fall between first and last snapshot",
                    "0.04"),
                row(
                    "snapshots",
                    "intervals between snapshots, after each of which the noise turns",
                    "8")));
  }

  /**
   * What runs.
   *
   * @param valley network and samples
   * @param descent to the minima
   * @param replicas of each network
   * @param sharpness ηλ
   * @param strength s of aligned noise
   * @param fall share of T
   * @param snapshots intervals
   */
  record Plan(
      ValleyNetwork valley,
      ValleyMinima.Descent descent,
      int replicas,
      double sharpness,
      double strength,
      double fall,
      int snapshots) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    ValleyNetwork valley = ValleyNetwork.of(settings, request);
    Plan plan =
        new Plan(
            valley,
            ValleyMinima.Descent.of(settings),
            settings.integer("replicas", 1),
            settings.positive("sharpness"),
            settings.positive("strength"),
            settings.positive("fall"),
            settings.integer("snapshots", 1));
    if (plan.sharpness >= 2) {
      throw settings.wrong("sharpness", "must be below 2, beyond which descent diverges");
    }
    String criterion =
        "each noise on what it is designed to lower, mean over networks, SE of their spread: "
            + RATE.text("change of f / Theorem 2")
            + ". "
            + Criterion.terms();
    return Planned.of(plan, criterion)
        .digests(valley.digests())
        .measurements(1 + SpectrumNoise.values().length);
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    ExperimentRequest request = run.request();
    ValleyMinima minima =
        StageResult.of(
            run.path().resolve("minima.json"),
            ValleyMinima.class,
            request,
            "descent to the minima",
            () ->
                ValleyMinima.find(
                    plan.valley, new TwinLabels(plan.valley.samples(), 1), plan.descent, request));
    List<DesignedPath> paths =
        run.systems(
            SpectrumNoise.values().length,
            DesignedPath.class,
            i ->
                new DesignedRun(plan.valley, plan, minima, request, SpectrumNoise.values()[i])
                    .measure());
    return findings(paths);
  }

  /** Numbers, rivals, table and figures of all noises. */
  static Findings findings(List<DesignedPath> paths) {
    Measurements numbers = rates(paths, path -> 1);
    for (DesignedPath path : paths) {
      for (SpectrumNoise of : SpectrumNoise.values()) {
        numbers.value(
            "%s: change of the %s".formatted(path.noise().label(), of.lowered()),
            mean(path.changes(of)));
        if (of != path.noise()) {
          numbers.value(
              "%s: change of the %s / Eq. 13".formatted(path.noise().label(), of.lowered()),
              mean(path.ratios(of)));
        }
      }
    }
    numbers
        .value(
            "cosine of the slopes of tr H and log det along the valley",
            mean(paths.getFirst().cosine()))
        .exact(
            "largest loss at a projected state",
            paths.stream().mapToDouble(DesignedPath::left).max().orElseThrow(),
            0);
    return Findings.of(numbers)
        .rival("no drift", rates(paths, path -> 0))
        .rival("half the rates", rates(paths, path -> 0.5))
        .rival("twice the rates", rates(paths, path -> 2))
        .rival("rates of the other noise of the same trace", rates(paths, DesignedPath::rival))
        .table(DesignedFigures.table(paths))
        .figures(DesignedFigures.of(paths));
  }

  private static Measurements rates(List<DesignedPath> paths, ToDoubleFunction<DesignedPath> law) {
    Measurements numbers = new Measurements();
    for (DesignedPath path : paths) {
      numbers.judged(
          "%s: change of the %s / Theorem 2"
              .formatted(path.noise().label(), path.noise().lowered()),
          mean(path.ratios(path.noise())),
          RATE.against(law.applyAsDouble(path)));
    }
    return numbers;
  }

  private static PointEstimate mean(double... networks) {
    return PointEstimate.of(SeedMean.of(networks));
  }
}
