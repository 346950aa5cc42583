package org.noisescape.experiments.meng.escapetime;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Identity;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;

/**
 * Mean escape times from a double well against its barrier: polynomial for noise that grows with
 * the loss, exponential for constant noise, a power of the width for jumps.
 *
 * <p>L = ΔL ((w/c)² − 1)² with c² = 8ΔL/H_a, so that curvatures are the same at every barrier.
 * Quantities are those of the SDE: ησ and ημ. Source: Meng et al. (2020), Theorems 4, 6 and 10,
 * Table 1.
 */
public final class EscapeTime extends LandscapeExperiment<EscapeTime.Plan> {
  private static final SettingRows SETTINGS =
      SettingRows.of(
          row("curvature", "curvature H_a of the minima; that of the barrier is -H_a/2", "4"),
          row("noise", "eta sigma, the constant part of the noise", "1"),
          row("growth", "eta mu, by which the noise grows with the loss", "0.8"),
          row(
              "barriers",
              "barriers Delta L, three or more, for power-law noise and jumps",
              "1,2,4,8",
              "1,1.5,2,3,4,6,8,12"),
          row(
              "langevin-barriers",
              "barriers Delta L, three or more, for constant noise",
              "1,2,3",
              "1,1.5,2,2.5,3,4"),
          row("alpha", "index of the stable noise, below 2", "1.5"),
          row("scale", "scale epsilon of the stable noise", "0.15"),
          row("fixed-width", "half the distance of the minima where the width is kept", "2"),
          row(
              "dimensions",
              "numbers of wells side by side, at the middle barrier",
              "1,4",
              "1,2,4,8"),
          row("dt", "step of time, less in steep wells; everything runs at half of it too", "0.02"),
          row("limit", "time limit in mean escape times; later replicas are censored", "4"),
          row("replicas", "replicas of each ensemble", "200", "1000", "10000"),
          row("kappa", "kappa = eta rho/h for Theorem 4, below 2/3", "0.5"),
          row("epsilon-replicas", "replicas for Theorem 4, a multiple of 20", "4000", "20000"));

  /** The experiment. */
  public EscapeTime() {
    super(
        new Identity(
            "meng/escape-time",
            "Escape times grow polynomially with the barrier where the noise grows with the loss",
            "Meng, Gong, Chen, Ma, Liu (2020), Theorems 4, 6, 10, Table 1"),
        SETTINGS,
        EscapeTimeCriterion.text());
  }

  /** What runs. */
  record Plan(
      double curvature,
      double noise,
      double growth,
      List<Double> barriers,
      List<Double> langevinBarriers,
      double alpha,
      double scale,
      double fixedWidth,
      List<Integer> dimensions,
      double dt,
      double limit,
      int replicas,
      EpsilonEscapeRun.Plan epsilon) {
    QuarticWell well(double barrier) {
      return QuarticWell.ofCurvature(barrier, curvature);
    }
  }

  @Override
  protected Plan plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positive("curvature"),
            settings.positive("noise"),
            settings.positive("growth"),
            barriers(settings, "barriers"),
            barriers(settings, "langevin-barriers"),
            settings.positive("alpha"),
            settings.positive("scale"),
            settings.positive("fixed-width"),
            settings.integers("dimensions", 1),
            settings.positive("dt"),
            settings.positive("limit"),
            settings.integer("replicas", 2),
            EpsilonEscapeRun.plan(settings));
    if (!(plan.alpha < 2)) {
      throw settings.wrong("alpha", "must be in (0, 2), where jumps carry a replica over");
    }
    if (!(plan.growth < 4)) {
      throw settings.wrong("growth", "Theorem 6 needs eta mu < 4");
    }
    double steepest =
        plan.barriers.stream()
            .mapToDouble(
                b ->
                    Math.max(
                        WellDynamics.walls(plan.well(b)).steepness(),
                        WellDynamics.walls(new QuarticWell(b, plan.fixedWidth)).steepness()))
            .max()
            .orElseThrow();
    StabilityBound.require("dt", plan.dt, steepest);
    return plan;
  }

  private static List<Double> barriers(Settings settings, String key) {
    List<Double> barriers = settings.positives(key).stream().sorted().toList();
    if (barriers.size() < 3) {
      throw settings.wrong(key, "to compare laws of growth takes three barriers or more");
    }
    return barriers;
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<WellPassage> points = new ArrayList<>();
    int index = 0;
    for (WellDynamics dynamics : WellDynamics.values()) {
      for (double barrier :
          dynamics == WellDynamics.LANGEVIN ? plan.langevinBarriers : plan.barriers) {
        points.add(WellPassage.run(plan, dynamics, plan.well(barrier), 1, ensembles, index++));
      }
    }
    List<WellPassage> fixedWidth = new ArrayList<>();
    for (double barrier : plan.barriers) {
      QuarticWell well = new QuarticWell(barrier, plan.fixedWidth);
      fixedWidth.add(WellPassage.run(plan, WellDynamics.STABLE, well, 1, ensembles, index++));
    }
    QuarticWell middle = plan.well(plan.barriers.get(plan.barriers.size() / 2));
    List<WellPassage> sideBySide = new ArrayList<>();
    for (int dimension : plan.dimensions) {
      sideBySide.add(
          WellPassage.run(plan, WellDynamics.POWER_LAW_ITO, middle, dimension, ensembles, index++));
    }
    EpsilonEscapeRun epsilon = EpsilonEscapeRun.run(plan.epsilon, ensembles, 2 * index);
    EscapeTimeResults results =
        new EscapeTimeResults(plan, points, fixedWidth, sideBySide, epsilon);
    return results.findings().figures(EscapeTimeFigures.of(results));
  }
}
