package org.noisescape.experiments.mori.timechange;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;

/**
 * Trajectories on the clock τ = ∫L dt: there the noise is additive and the loss its logarithm.
 *
 * <p>Source: Mori et al. (2022), Eqs. 12 to 14 and appendix B. Beyond the text: the process (12)
 * and SGD side by side, and what noise alone does between two readings of the clock.
 */
public final class TimeChange extends LandscapeExperiment<TimeChange.Plan> {
  /** Relaxation times that are left out. */
  private static final double FORGOTTEN = 10;

  /** The experiment. */
  public TimeChange() {
    super(
        "mori/time-change",
        "On the clock of the loss SGD has additive noise on log L",
        "Mori, Ziyin, Liu, Ueda (2022), Eqs. 12 to 14, appendix B",
        row(
            "inverse-temperature",
            "B/(eta h) of the process (12) in one dimension, above 2.5; (d - 1)/2 more in d",
            "3"),
        row("dimension", "d of the process (12) in several dimensions", "4"),
        row("dt", "step of the process (12), in units of 1/h", "0.02"),
        row("lr", "learning rate of SGD", "0.1"),
        row("batch", "batch of SGD, drawn with replacement", "1"),
        row("labels", "labels of SGD's regressions, each with two or four inputs", "20000"),
        row("window", "distance of the readings of tau, in units of L*/h", "0.3"),
        row("replicas", "replicas of each dynamics, from the minimum", "40", "100"),
        row("offset-replicas", "replicas of the process with L* = 0", "4000", "10000"),
        row("steps", "steps of a replica, all of which are kept", "50000", "25000"));
  }

  /** What runs. */
  record Plan(
      double inverseTemperature,
      int dimension,
      double dt,
      double learningRate,
      int batch,
      int labels,
      double window,
      int replicas,
      int offsetReplicas,
      int steps) {
    double step(ClockDynamics dynamics) {
      return dynamics.isIto() ? dt : learningRate;
    }

    /**
     * T; that of (12) such that 2/T − d, which decides the tail of the loss, is the same in every
     * d.
     */
    double temperature(ClockDynamics dynamics, ClockDynamics.Data data) {
      return dynamics.isIto()
          ? 1 / (inverseTemperature + (data.dimension() - 1) / 2.0)
          : learningRate * data.curvature() / batch;
    }
  }

  @Override
  protected Planned<Plan> plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positive("inverse-temperature"),
            settings.integer("dimension", 2),
            settings.positive("dt"),
            settings.positive("lr"),
            settings.integer("batch", 1),
            settings.integer("labels", 2),
            settings.positive("window"),
            settings.integer("replicas", 2),
            settings.integer("offset-replicas", 2),
            settings.integer("steps", 1));
    if (!(plan.inverseTemperature > 2.5)) {
      throw settings.wrong(
          "inverse-temperature", "must be above 2.5, or the noise at equal times has no kurtosis");
    }
    StabilityBound.require("dt", plan.dt, 1);
    StabilityBound.require("lr", plan.learningRate, 1);
    double shortest = Math.min(plan.dt, plan.learningRate);
    if (shortest * plan.steps < 2 * FORGOTTEN) {
      throw settings.wrong(
          "steps", "%s relaxation times are too few".formatted(shortest * plan.steps));
    }
    return Planned.of(plan, TimeChangeCriterion.text())
        .ensembles(ClockDynamics.values().length + OffsetRun.ENSEMBLES);
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<ClockPoint> points = new ArrayList<>();
    for (ClockDynamics dynamics : ClockDynamics.values()) {
      points.add(point(plan, dynamics, ensembles));
    }
    OffsetRun offset =
        OffsetRun.run(
            1 / plan.inverseTemperature,
            plan.dt,
            plan.offsetReplicas,
            ensembles,
            ClockDynamics.values().length);
    return TimeChangeNumbers.findings(points, plan.window, offset)
        .figures(TimeChangeFigures.of(points));
  }

  private static ClockPoint point(Plan plan, ClockDynamics dynamics, Ensembles ensembles) {
    ClockDynamics.Data data = dynamics.data(plan.dimension, plan.labels, ensembles.seed());
    int dimension = data.dimension();
    double step = plan.step(dynamics);
    double temperature = plan.temperature(dynamics, data);
    LandscapePlan ensemble =
        LandscapePlan.of(data.landscape(), dynamics.noise(data, step, plan.batch, temperature))
            .learningRate(step)
            .start(new double[dimension])
            .seed(ensembles.seed(dynamics.ordinal()))
            .replicas(plan.replicas)
            .build();
    List<ToDoubleFunction<double[]>> coordinates = new ArrayList<>();
    for (int i = 0; i < dimension; i++) {
      int own = i;
      coordinates.add(theta -> theta[own]);
    }
    EnsembleRecording recording =
        ensembles.record(
            dynamics.key, ensemble, EnsembleSchedule.to(plan.steps).snapshots(1), coordinates);
    double rate = step * data.curvature();
    int from = (int) Math.ceil(FORGOTTEN / rate);
    int batch = dynamics.isIto() ? 1 : plan.batch;
    double[][][] series = new double[dimension][][];
    Arrays.setAll(series, i -> recording.series(i, from));
    List<ClockedPath> paths = new ArrayList<>();
    for (int r = 0; r < plan.replicas; r++) {
      double[][] theta = new double[dimension][];
      for (int i = 0; i < dimension; i++) {
        theta[i] = series[i][r];
      }
      paths.add(ClockedPath.of(data, step, batch, plan.window, theta));
    }
    return ClockPoint.of(dynamics, dimension, temperature, rate, paths);
  }
}
