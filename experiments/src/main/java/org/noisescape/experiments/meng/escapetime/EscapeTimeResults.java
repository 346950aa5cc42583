package org.noisescape.experiments.meng.escapetime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;

/**
 * What {@link EscapeTime} measured, judged by its criterion.
 *
 * @param plan what ran
 * @param points one well of the plan's curvature, by dynamics, then barrier
 * @param fixedWidth jumps over barriers of one width
 * @param sideBySide equal wells
 * @param unequal wells of their own noise
 * @param sweeps over ημ
 * @param epsilon Theorem 4
 */
record EscapeTimeResults(
    EscapeTime.Plan plan,
    List<WellPassage> points,
    List<WellPassage> fixedWidth,
    List<WellPassage> sideBySide,
    UnequalWells unequal,
    List<GrowthSweep> sweeps,
    EpsilonEscapeRun epsilon) {
  EscapeTimeResults {
    points = List.copyOf(points);
    fixedWidth = List.copyOf(fixedWidth);
    sideBySide = List.copyOf(sideBySide);
    sweeps = List.copyOf(sweeps);
  }

  List<WellPassage> of(WellDynamics dynamics) {
    return points.stream().filter(p -> p.dynamics() == dynamics).toList();
  }

  GrowthLaw growth(WellDynamics dynamics) {
    return GrowthLaw.of(of(dynamics), plan.growth() / plan.noise());
  }

  /** Numbers and table. */
  Findings findings() {
    EscapeTimeLaws laws = new EscapeTimeLaws(this);
    Measurements numbers = laws.theory();
    for (WellPassage passage : points) {
      times(passage, numbers);
    }
    sweeps.forEach(sweep -> sweep.told(numbers));
    power(numbers);
    return laws.beside(Findings.of(numbers)).table(table());
  }

  private void times(WellPassage passage, Measurements numbers) {
    String name = passage.dynamics().label + ", barrier " + passage.well().barrier();
    boolean jumps = passage.dynamics() == WellDynamics.STABLE;
    if (jumps) {
      numbers.value(
          name + ": mean time to the top",
          passage.time().value(),
          passage.time().standardError(),
          passage.formula());
      return;
    }
    numbers.value(
        name + ": mean time to the other minimum",
        passage.time().value(),
        passage.time().standardError(),
        passage.exact());
    // the table has these of every barrier
    if (passage == of(passage.dynamics()).getLast()) {
      numbers.exact(
          name + ": exact time over the formula's", passage.exact() / passage.formula(), 1);
      numbers.exact(
          name + ": time to the top over time to the other minimum",
          passage.exactTop() / passage.exact(),
          0.5);
    }
  }

  /** Theorem 4 is told beside the verdict, which is of Theorems 6 and 10. */
  private void power(Measurements numbers) {
    PointEstimate power = PointEstimate.of(epsilon.power());
    String name = "power of t in <w^2> from the minimum, ";
    numbers
        .apart(name + "Theorem 4", power, EscapeTimeCriterion.exact(epsilon.plan().textPower()))
        .apart(name + "exact", power, EscapeTimeCriterion.exact(epsilon.exactPower()));
  }

  private Csv<WellPassage> table() {
    List<WellPassage> all = new ArrayList<>(points);
    all.addAll(fixedWidth);
    all.addAll(sideBySide);
    all.add(unequal.own());
    all.add(unequal.first());
    sweeps.forEach(sweep -> all.addAll(sweep.points()));
    return Csv.of("escape_time", all)
        .column("dynamics", p -> p.dynamics().name().toLowerCase(Locale.ROOT))
        .column("barrier", p -> p.well().barrier())
        .column("width", p -> p.well().halfDistance())
        .column("dimension", WellPassage::dimension)
        .column("learning_rate", p -> p.halving().step() / 2)
        .column(
            "strength",
            p -> p.dynamics() == WellDynamics.STABLE ? plan.scale() : p.coordinate().noise())
        .column("growth", p -> p.dynamics().isPowerLaw() ? p.coordinate().growth() : 0)
        .column("value", p -> p.time().value())
        .column("standard_error", p -> p.time().standardError())
        .column("replicas", p -> p.time().replicas())
        .column("censored", p -> p.time().censored())
        .column("method", p -> p.time().method().name().toLowerCase(Locale.ROOT))
        .column("reliable", p -> p.time().reliable())
        .column("coarse_value", p -> p.halving().coarse().value())
        .column("coarse_standard_error", p -> p.halving().coarse().standardError())
        .column("step_converged", WellPassage::stepConverged)
        .column("top_value", p -> p.top().value())
        .column("top_standard_error", p -> p.top().standardError())
        .column("theory_exact", WellPassage::exact)
        .column("theory_exact_top", WellPassage::exactTop)
        .column("theory_formula", WellPassage::formula);
  }
}
