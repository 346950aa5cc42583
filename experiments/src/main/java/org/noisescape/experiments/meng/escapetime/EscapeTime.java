package org.noisescape.experiments.meng.escapetime;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Planned;
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
  /** The experiment. */
  public EscapeTime() {
    super(
        "meng/escape-time",
        "Escape times grow polynomially with the barrier where the noise grows with the loss",
        "Meng, Gong, Chen, Ma, Liu (2020), Theorems 4, 6, 10, Table 1",
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
        row("dimensions", "numbers of wells side by side, at the middle barrier", "1,4", "1,2,4,8"),
        row(
            "growths",
            "eta mu, three or more, at mu/sigma = growth/noise over the middle barrier",
            "0.6,0.8,1.2",
            "0.4,0.6,0.8,1.2"),
        row(
            "growths-alone",
            "eta mu, three or more, at eta sigma = noise over the middle barrier",
            "0.2,0.4,0.8",
            "0.2,0.3,0.4,0.6,0.8,1.2"),
        row("dt", "step of time, less in steep wells; everything runs at half of it too", "0.02"),
        row("limit", "time limit in mean escape times; later replicas are censored", "4"),
        row("replicas", "replicas of each ensemble", "200", "1000", "10000"),
        row("jump-replicas", "replicas of the jumps at fixed width", "200", "4000", "10000"),
        row("kappa", "kappa = eta rho/h for Theorem 4, below 2/3", "0.5"),
        row("epsilon-replicas", "replicas for Theorem 4, a multiple of 20", "4000", "20000"));
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
      List<Double> growths,
      List<Double> growthsAlone,
      double dt,
      double limit,
      int replicas,
      int jumpReplicas,
      EpsilonEscapeRun.Plan epsilon) {
    QuarticWell well(double barrier) {
      return QuarticWell.ofCurvature(barrier, curvature);
    }

    /** A well with the noise of the sweep over barriers. */
    WellCoordinate coordinate(QuarticWell well) {
      return new WellCoordinate(well, noise, growth);
    }

    /** Ensembles that it runs: a passage is one at dt and one at half of it, ε-escape is one. */
    int ensembles() {
      int others = WellDynamics.values().length - 1;
      int passages =
          (others + 1) * barriers.size()
              + langevinBarriers.size()
              + dimensions.size()
              + UnequalWells.PASSAGES
              + 2 * (growths.size() + growthsAlone.size());
      return 2 * passages + 1;
    }

    /** That of the middle barrier. */
    WellCoordinate middle() {
      return coordinate(well(barriers.get(barriers.size() / 2)));
    }
  }

  @Override
  protected Planned<Plan> plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positive("curvature"),
            settings.positive("noise"),
            settings.positive("growth"),
            three(settings, "barriers"),
            three(settings, "langevin-barriers"),
            settings.positive("alpha"),
            settings.positive("scale"),
            settings.positive("fixed-width"),
            settings.integers("dimensions", 1),
            three(settings, "growths"),
            three(settings, "growths-alone"),
            settings.positive("dt"),
            settings.positive("limit"),
            settings.integer("replicas", 2),
            settings.integer("jump-replicas", 2),
            EpsilonEscapeRun.plan(settings));
    if (!(plan.alpha < 2)) {
      throw settings.wrong("alpha", "must be in (0, 2), where jumps carry a replica over");
    }
    if (!(plan.growth < 4)) {
      throw settings.wrong("growth", "Theorem 6 needs eta mu < 4");
    }
    if (!(plan.growths.getLast() < 4 && plan.growthsAlone.getLast() < 4)) {
      throw settings.wrong("growths", "Theorem 6 needs eta mu < 4, here and in growths-alone");
    }
    double steepest =
        plan.barriers.stream()
            .mapToDouble(
                b ->
                    Math.max(
                        plan.coordinate(plan.well(b)).walls().steepness(),
                        plan.coordinate(new QuarticWell(b, plan.fixedWidth)).walls().steepness()))
            .max()
            .orElseThrow();
    StabilityBound.require("dt", plan.dt, steepest);
    return Planned.of(plan, EscapeTimeCriterion.text()).ensembles(plan.ensembles());
  }

  private static List<Double> three(Settings settings, String key) {
    List<Double> values = settings.positives(key).stream().sorted().toList();
    if (values.size() < 3) {
      throw settings.wrong(key, "to compare laws of growth takes three or more");
    }
    return values;
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<WellPassage> points = new ArrayList<>();
    int index = 0;
    for (WellDynamics dynamics : WellDynamics.values()) {
      for (double barrier :
          dynamics == WellDynamics.LANGEVIN ? plan.langevinBarriers : plan.barriers) {
        WellEnsemble ensemble =
            WellEnsemble.single("", dynamics, plan.coordinate(plan.well(barrier)), plan.replicas);
        points.add(WellPassage.run(plan, ensemble, ensembles, index++));
      }
    }
    List<WellPassage> fixedWidth = new ArrayList<>();
    for (double barrier : plan.barriers) {
      WellCoordinate coordinate = plan.coordinate(new QuarticWell(barrier, plan.fixedWidth));
      WellEnsemble ensemble =
          WellEnsemble.single("fixed width", WellDynamics.STABLE, coordinate, plan.jumpReplicas);
      fixedWidth.add(WellPassage.run(plan, ensemble, ensembles, index++));
    }
    List<WellPassage> sideBySide = new ArrayList<>();
    for (int dimension : plan.dimensions) {
      WellEnsemble ensemble =
          WellEnsemble.equal(WellDynamics.POWER_LAW_ITO, plan.middle(), dimension, plan.replicas);
      sideBySide.add(WellPassage.run(plan, ensemble, ensembles, index++));
    }
    // of the two seeds of an index this takes one
    EpsilonEscapeRun epsilon = EpsilonEscapeRun.run(plan.epsilon, ensembles, 2 * index++);
    UnequalWells unequal = UnequalWells.run(plan, ensembles, index);
    List<GrowthSweep> sweeps = GrowthSweep.run(plan, ensembles, index + 2);
    EscapeTimeResults results =
        new EscapeTimeResults(plan, points, fixedWidth, sideBySide, unequal, sweeps, epsilon);
    return results.findings().figures(EscapeTimeFigures.of(results));
  }
}
