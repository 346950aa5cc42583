package org.noisescape.experiments.meng.escapetime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Measurements;

/**
 * Escape times over one barrier against ημ: y = log τ less the factors of the formula beside the
 * main power is 2X, X = log(1 + (μ/σ)ΔL)/(ημ).
 *
 * <p>Source: Meng et al. (2020), Theorem 6 and its conclusion (3).
 *
 * @param kept what stays as ημ grows
 * @param dynamics dynamics
 * @param points passages, by ημ
 */
record GrowthSweep(Kept kept, WellDynamics dynamics, List<WellPassage> points) {
  /** What stays as ημ grows. */
  enum Kept {
    /** μ/σ: the noise grows as a whole, and X ∝ 1/(ημ). */
    RATIO("mu/sigma kept", "\u03bc/\u03c3 kept"),
    /** σ, as in conclusion (3). */
    NOISE("sigma kept", "\u03c3 kept");

    final String label;
    final String entry;

    Kept(String label, String entry) {
      this.label = label;
      this.entry = entry;
    }

    List<Double> growths(EscapeTime.Plan plan) {
      return this == RATIO ? plan.growths() : plan.growthsAlone();
    }
  }

  private static final String BEND = "%sq, 1 for an exponential of 1/(eta mu) and 0 for a power";

  GrowthSweep {
    points = List.copyOf(points);
  }

  /** Both interpretations with both kept; their seeds begin at an index. */
  static List<GrowthSweep> run(EscapeTime.Plan plan, Ensembles ensembles, int index) {
    List<GrowthSweep> sweeps = new ArrayList<>();
    int next = index;
    for (Kept kept : Kept.values()) {
      for (WellDynamics dynamics :
          List.of(WellDynamics.POWER_LAW_ITO, WellDynamics.POWER_LAW_HANGGI)) {
        List<WellPassage> points = new ArrayList<>();
        for (double growth : kept.growths(plan)) {
          WellEnsemble ensemble =
              WellEnsemble.single(
                  kept.label, dynamics, coordinate(plan, kept, growth), plan.replicas());
          points.add(WellPassage.run(plan, ensemble, ensembles, next++));
        }
        sweeps.add(new GrowthSweep(kept, dynamics, points));
      }
    }
    return sweeps;
  }

  /** The middle barrier under another noise. */
  static WellCoordinate coordinate(EscapeTime.Plan plan, Kept kept, double growth) {
    double noise = kept == Kept.RATIO ? plan.noise() * growth / plan.growth() : plan.noise();
    return new WellCoordinate(plan.middle().well(), noise, growth);
  }

  /** X. */
  static double abscissa(WellCoordinate coordinate) {
    return Math.log1p(coordinate.grown()) / coordinate.growth();
  }

  /** y of a time. */
  static double reduced(WellPassage passage, double time) {
    return Math.log(time / passage.formula()) + 2 * abscissa(passage.coordinate());
  }

  /** dy/dX and q of ((ημ)^(−q) − 1)/q, of times. */
  GrowthLaw law(ToDoubleFunction<WellPassage> time) {
    return GrowthLaw.of(
        Column.of(points, p -> -Math.log(p.coordinate().growth())),
        Column.of(points, p -> abscissa(p.coordinate())),
        Column.of(points, p -> reduced(p, time.applyAsDouble(p))),
        Column.of(points, WellPassage::logError));
  }

  String name() {
    return dynamics.label + ", " + kept.label + ": ";
  }

  /** Times, and the main power. */
  void judge(double mainPower, Measurements into) {
    SeedMean mean = SeedMean.of(Column.of(points, p -> p.log() - Math.log(p.exact())));
    double squares = points.stream().mapToDouble(p -> p.logError() * p.logError()).sum();
    into.judged(
        name() + "mean of log(tau/exact) over eta mu",
        EscapeTimeLaws.estimate(mean.mean(), Math.sqrt(squares) / points.size(), points),
        EscapeTimeCriterion.exact(0));
    slope(mainPower, into);
  }

  /** The main power, 2/(ημ) by the theory. */
  void slope(double mainPower, Measurements into) {
    WeightedLine line = law(p -> p.time().value()).exponential();
    into.judged(
        name() + "d log tau/d(log(1 + (mu/sigma) Delta L)/(eta mu))",
        EscapeTimeLaws.estimate(line.slope(), line.slopeError(), points),
        EscapeTimeCriterion.order(mainPower));
  }

  /** q, which is judged where μ/σ stays. */
  void bend(double theory, Measurements into) {
    GrowthLaw law = law(p -> p.time().value());
    into.judged(BEND.formatted(name()), bend(law), EscapeTimeCriterion.bend(theory));
  }

  /** The word "exponentially" of conclusion (3), which has a verdict of its own where σ stays. */
  void told(Measurements into) {
    if (kept == Kept.NOISE) {
      into.apart(
              BEND.formatted(name()), bend(law(p -> p.time().value())), EscapeTimeCriterion.bend(1))
          .exact(name() + "q of the exact times", law(WellPassage::exact).bend(), 1);
    }
  }

  private PointEstimate bend(GrowthLaw law) {
    return EscapeTimeLaws.estimate(law.bend(), law.bendError(), points);
  }
}
