package org.noisescape.experiments.mori.stationary;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.experiments.mori.RegressionEnsemble;
import org.noisescape.linop.StoppedException;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Exponent φ of the stationary distribution P ∝ L^−φ of SGD on a linear regression with one
 * parameter, against B at several η.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3a and Eq. 17. Beyond the text: maximum
 * likelihood instead of a fitted histogram, errors, and the theories of {@link StationaryLaw}, and
 * the excess kurtosis, which tells a power of the loss from a Gaussian.
 */
public final class Stationary extends PlannedExperiment<Stationary.Plan> {
  /** The experiment. */
  public Stationary() {
    super(
        "mori/stationary",
        "SGD's stationary distribution is a power of the loss",
        "Mori, Ziyin, Liu, Ueda (2022), section 5.3, Fig. 3a, Eq. 17",
        row("samples", "samples N of the data, drawn with the seed of the run", "10000", "100000"),
        row("lr", "learning rates, with commas", "0.1,0.3,1"),
        row(
            "batch",
            "mini-batch sizes, with commas; drawn with replacement",
            "1,4,16",
            "1,4,16,64,256",
            "1,2,4,8,16,32,64,128,256,512"),
        row(
            "iterations",
            "iterations of all replicas together, for each learning rate and batch",
            // several times the text, for the kurtosis
            "6000000",
            "10000000",
            "1000000"),
        row("every", "iterations between two samples of theta", "100"),
        row("replicas", "replicas the iterations are spread over, each from the minimum", "20"));
  }

  /**
   * What runs.
   *
   * @param data of all ensembles
   * @param samples N
   * @param rates η
   * @param batches B, each with each η
   * @param steps of a replica
   * @param every steps between two samples
   * @param replicas R
   */
  record Plan(
      RegressionData data,
      int samples,
      List<Double> rates,
      List<Integer> batches,
      long steps,
      int every,
      int replicas) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    List<Double> rates = settings.positives("lr");
    List<Integer> batches = settings.integers("batch", 1);
    int every = settings.integer("every", 1);
    int replicas = settings.integer("replicas", 2);
    int iterations = settings.integer("iterations", 1);
    long steps = iterations / replicas;
    if (steps < 2L * every) {
      throw settings.wrong(
          "iterations",
          "%d replicas of %d steps have fewer than two samples every %d"
              .formatted(replicas, steps, every));
    }
    int samples = settings.integer("samples", 2);
    RegressionData data = RegressionData.draw(1, samples, request.seed());
    rates.forEach(rate -> StabilityBound.require("lr", rate, data.largest()));
    return Planned.of(
            new Plan(data, samples, rates, batches, steps, every, replicas),
            StationaryCriterion.text())
        .digests(data.digests())
        .ensembles(rates.size() * batches.size());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    RegressionData data = plan.data();
    List<StationaryPoint> points = new ArrayList<>();
    boolean complete = true;
    for (double rate : plan.rates()) {
      for (int i = 0; i < plan.batches().size() && complete; i++) {
        int batch = plan.batches().get(i);
        String file = "ensembles/lr-%s-batch-%d.safetensors".formatted(rate, batch);
        int replicas = plan.replicas();
        RegressionEnsemble.Result result =
            new RegressionEnsemble(data, rate, batch, points.size() * replicas, replicas)
                .run(
                    "eta %s, B %d".formatted(rate, batch),
                    run.path().resolve(file),
                    new double[0],
                    EnsembleSchedule.to(plan.steps()).snapshots(plan.every()),
                    run.request());
        complete = result.stage().complete();
        if (complete) {
          LogLandscape theory = new LogLandscape(rate, batch, data.curvature());
          points.add(StationaryPoint.of(data, theory, result.series()));
        }
      }
    }
    if (points.isEmpty()) {
      throw new StoppedException("stopped before the first ensemble was done");
    }
    run.request().progress().finished();
    String description =
        "Linear regression, d = 1, N = %d, every %dth of %d iterations over %d replicas"
            .formatted(
                plan.samples(), plan.every(), plan.steps() * plan.replicas(), plan.replicas());
    return StationaryNumbers.findings(
            points, StationaryFigures.shown(points).map(StationaryFigures::histogram))
        .figures(StationaryFigures.of(points, data, description))
        .complete(complete);
  }
}
