package org.noisescape.experiments.meng.escapetime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;

/**
 * What {@link EscapeTime} measured, judged by its criterion.
 *
 * @param plan what ran
 * @param points one well of the plan's curvature, by dynamics, then barrier
 * @param fixedWidth jumps over barriers of one width
 * @param sideBySide several wells
 * @param epsilon Theorem 4
 */
record EscapeTimeResults(
    EscapeTime.Plan plan,
    List<WellPassage> points,
    List<WellPassage> fixedWidth,
    List<WellPassage> sideBySide,
    EpsilonEscapeRun epsilon) {
  EscapeTimeResults {
    points = List.copyOf(points);
    fixedWidth = List.copyOf(fixedWidth);
    sideBySide = List.copyOf(sideBySide);
  }

  List<WellPassage> of(WellDynamics dynamics) {
    return points.stream().filter(p -> p.dynamics() == dynamics).toList();
  }

  /** Numbers, table and figures. */
  Findings findings() {
    Measurements numbers = new Measurements();
    for (WellDynamics dynamics : WellDynamics.values()) {
      growth(dynamics, numbers);
    }
    stable(numbers);
    for (WellPassage passage : sideBySide) {
      double theory = passage.exact() / passage.dimension();
      numbers.judged(
          "n = %d wells, barrier %s: mean time to the first escape"
              .formatted(passage.dimension(), passage.well().barrier()),
          passage.time().value(),
          passage.time().standardError(),
          theory,
          EscapeTimeCriterion.time(passage, theory, EscapeTimeCriterion.ORDER));
    }
    for (WellPassage passage : points) {
      times(passage, numbers);
    }
    // Theorem 4 is told beside the verdict, which is of Theorems 6 and 10
    Verdict verdict = numbers.verdict();
    power(numbers);
    return Findings.of(verdict, numbers).table(table()).figures(EscapeTimeFigures.of(this));
  }

  private void growth(WellDynamics dynamics, Measurements numbers) {
    if (dynamics == WellDynamics.STABLE) {
      return;
    }
    GrowthLaw law = GrowthLaw.of(of(dynamics), plan.growth() / plan.noise());
    boolean power = dynamics.isPowerLaw();
    numbers.judged(
        dynamics.label + ": chi^2 of an exponential less that of a power",
        law.preferenceForPower(),
        !known(of(dynamics)) ? Verdict.INCONCLUSIVE : power ? law.isPower() : law.isExponential());
    if (power) {
      double half = dynamics == WellDynamics.POWER_LAW_ITO ? 0.5 : -0.5;
      numbers.value(
          dynamics.label + ": power of 1 + (mu/sigma) Delta L",
          law.power().slope(),
          law.power().slopeError(),
          2 / plan.growth() + half);
    } else {
      numbers.value(
          dynamics.label + ": d log tau/d Delta L",
          law.exponential().slope(),
          law.exponential().slopeError(),
          2 / plan.noise());
      numbers.value(
          dynamics.label + ": the same beside Table 1's 1/(eta sigma)",
          law.exponential().slope(),
          law.exponential().slopeError(),
          1 / plan.noise());
    }
  }

  private void stable(Measurements numbers) {
    List<WellPassage> own = of(WellDynamics.STABLE);
    WeightedLine line =
        WeightedLine.of(
            Column.of(own, p -> Math.log(p.well().halfDistance())),
            Column.of(own, WellPassage::log),
            Column.of(own, WellPassage::logError));
    numbers.judged(
        WellDynamics.STABLE.label + ": d log tau/d log width",
        line.slope(),
        line.slopeError(),
        plan.alpha(),
        known(own)
            ? EscapeTimeCriterion.number(
                line.slope(), line.slopeError(), plan.alpha(), EscapeTimeCriterion.ORDER)
            : Verdict.INCONCLUSIVE);
    WellPassage first = fixedWidth.getFirst();
    WellPassage last = fixedWidth.getLast();
    double ratio = last.log() - first.log();
    double error = Math.hypot(first.logError(), last.logError());
    numbers.judged(
        WellDynamics.STABLE.label
            + ": log of the ratio of times at fixed width, barriers x "
            + last.well().barrier() / first.well().barrier(),
        ratio,
        error,
        0,
        known(List.of(first, last))
            ? EscapeTimeCriterion.number(ratio, error, 0, EscapeTimeCriterion.INDEPENDENT)
            : Verdict.INCONCLUSIVE);
  }

  /** Whether censoring and the step of time leave the means usable. */
  private static boolean known(List<WellPassage> passages) {
    return passages.stream().allMatch(p -> p.time().reliable() && p.halving().converged());
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
    numbers.judged(
        name + ": mean time to the other minimum",
        passage.time().value(),
        passage.time().standardError(),
        passage.exact(),
        EscapeTimeCriterion.time(passage, passage.exact(), EscapeTimeCriterion.EXACT));
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

  private void power(Measurements numbers) {
    double power = epsilon.power().mean();
    double error = epsilon.power().standardError();
    for (boolean text : new boolean[] {false, true}) {
      double theory = text ? epsilon.plan().textPower() : epsilon.exactPower();
      numbers.judged(
          "power of t in <w^2> from the minimum, " + (text ? "Theorem 4" : "exact"),
          power,
          error,
          theory,
          EscapeTimeCriterion.number(power, error, theory, EscapeTimeCriterion.EXACT));
    }
  }

  private Csv<WellPassage> table() {
    List<WellPassage> all = new ArrayList<>(points);
    all.addAll(fixedWidth);
    all.addAll(sideBySide);
    return Csv.of("escape_time", all)
        .column("dynamics", p -> p.dynamics().name().toLowerCase(Locale.ROOT))
        .column("barrier", p -> p.well().barrier())
        .column("width", p -> p.well().halfDistance())
        .column("dimension", WellPassage::dimension)
        .column("learning_rate", p -> p.halving().step() / 2)
        .column("strength", p -> p.dynamics() == WellDynamics.STABLE ? plan.scale() : plan.noise())
        .column("value", p -> p.time().value())
        .column("standard_error", p -> p.time().standardError())
        .column("replicas", p -> p.time().replicas())
        .column("censored", p -> p.time().censored())
        .column("method", p -> p.time().method().name().toLowerCase(Locale.ROOT))
        .column("reliable", p -> p.time().reliable())
        .column("coarse_value", p -> p.halving().coarse().value())
        .column("coarse_standard_error", p -> p.halving().coarse().standardError())
        .column("step_converged", p -> p.halving().converged())
        .column("top_value", p -> p.top().value())
        .column("top_standard_error", p -> p.top().standardError())
        .column("theory_exact", WellPassage::exact)
        .column("theory_exact_top", WellPassage::exactTop)
        .column("theory_formula", WellPassage::formula);
  }
}
