package org.noisescape.experiments.wei.network;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.nio.file.Path;
import java.util.List;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.wei.TwinLabels;
import org.noisescape.experiments.wei.ValleyMinima;
import org.noisescape.experiments.wei.ValleyNetwork;

/**
 * SGD on a network with a degenerate valley of minima lowers the trace of the Hessian at the rate
 * of Theorem 1, −(η²/4)s‖∇̂T‖² a step.
 *
 * <p>Label noise ({@link TwinLabels}) makes what the theorem assumes: at minima that fit every
 * sample the noise of mini-batches is C = sH with s = σ²(1/S), drawn with replacement. The noise of
 * plain labels vanishes there. Source: Wei and Schwab, Theorem 1, Lemmas 1 and 2, Eqs. 7, 8, 16 and
 * 17.
 */
public final class NetworkValley extends PlannedExperiment<NetworkValley.Plan> {
  /** The experiment. */
  public NetworkValley() {
    super(
        "wei/network-valley",
        "SGD lowers the trace of a network's Hessian at the rate of Theorem 1",
        "Wei, Schwab, Theorem 1, Lemmas 1 and 2, Proposition 3, Eqs. 7, 8, 16 and 17",
        ValleyNetwork.SETTINGS
            .and(ValleyMinima.Descent.SETTINGS)
            .and(
                row("networks", "networks, each with initial weights of its own", "8"),
                row("replicas", "runs of SGD from the minimum of each network", "8", "6"),
                row(
                    "sharpness",
                    "learning rates times the largest eigenvalue of all minima",
                    "0.05,0.1"),
                row("batch", "mini-batch size of SGD, drawn with replacement", "4"),
                row(
                    "label-noise",
                    "sigma: every sample occurs with y + sigma and with y - sigma",
                    "0.3",
                    "0.2"),
                row(
                    "fall",
                    "share of the trace that Theorem 1 lets SGD lose between the first snapshot and the last",
                    "0.04"),
                row("snapshots", "intervals between snapshots", "4")));
  }

  /**
   * What runs.
   *
   * @param valley network and samples
   * @param descent to the minima
   * @param sharpness ηλ, ascending
   * @param replicas of each network
   * @param batch S
   * @param deviation σ
   * @param fall share of T
   * @param snapshots intervals
   */
  record Plan(
      ValleyNetwork valley,
      ValleyMinima.Descent descent,
      List<Double> sharpness,
      int replicas,
      int batch,
      double deviation,
      double fall,
      int snapshots) {
    /** s = σ²/S: with replacement the text's 1/S − 1/M is 1/S. */
    double strength() {
      return deviation * deviation / batch;
    }
  }

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    ValleyNetwork valley = ValleyNetwork.of(settings, request);
    Plan plan =
        new Plan(
            valley,
            ValleyMinima.Descent.of(settings),
            settings.positives("sharpness").stream().sorted().toList(),
            settings.integer("replicas", 2),
            settings.integer("batch", 1),
            settings.positive("label-noise"),
            settings.positive("fall"),
            settings.integer("snapshots", 1));
    if (plan.sharpness.size() < 2 || plan.sharpness.getLast() >= 2) {
      throw settings.wrong("sharpness", "must be two numbers or more, all below 2");
    }
    if (plan.batch >= 2 * valley.curved()) {
      throw settings.wrong(
          "batch", "must be below %d, twice the samples".formatted(2 * valley.curved()));
    }
    return Planned.of(plan, NetworkCriterion.text())
        .digests(valley.digests())
        .measurements(1 + plan.sharpness.size());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    ExperimentRequest request = run.request();
    TwinLabels twins = new TwinLabels(plan.valley.samples(), plan.deviation);
    ValleyMinima minima =
        StageResult.of(
            run.path().resolve("minima.json"),
            ValleyMinima.class,
            request,
            "descent to the minima",
            () -> ValleyMinima.find(plan.valley, twins, plan.descent, request));
    List<NetworkRate> rates =
        run.systems(
            plan.sharpness.size(),
            NetworkRate.class,
            i -> {
              double sharpness = plan.sharpness.get(i);
              Path file =
                  run.path().resolve("ensembles/sharpness-%s.safetensors".formatted(sharpness));
              return new RateRun(plan.valley, plan, minima, request, sharpness).measure(file);
            });
    return NetworkNumbers.findings(plan.strength(), minima, rates)
        .figures(NetworkFigures.of(plan.strength(), rates));
  }
}
