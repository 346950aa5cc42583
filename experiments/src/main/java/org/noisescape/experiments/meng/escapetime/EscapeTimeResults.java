package org.noisescape.experiments.meng.escapetime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.frame.NamedMeasurement;

/** What {@link EscapeTime} measured, judged by its criterion. */
final class EscapeTimeResults {
  private final EscapeTime.Plan plan;
  private final List<WellPassage> points = new ArrayList<>();
  private final List<WellPassage> fixedWidth = new ArrayList<>();
  private final List<WellPassage> sideBySide = new ArrayList<>();
  private final List<NamedMeasurement> numbers = new ArrayList<>();
  private final List<Verdict> judged = new ArrayList<>();
  private EpsilonEscapeRun epsilon;

  EscapeTimeResults(EscapeTime.Plan plan) {
    this.plan = plan;
  }

  void add(WellPassage passage) {
    points.add(passage);
  }

  void addAtFixedWidth(WellPassage passage) {
    fixedWidth.add(passage);
  }

  void addSideBySide(WellPassage passage) {
    sideBySide.add(passage);
  }

  /** Everything is there: judges it. */
  void set(EpsilonEscapeRun run) {
    epsilon = run;
    for (WellDynamics dynamics : WellDynamics.values()) {
      growth(dynamics);
    }
    stable();
    for (WellPassage passage : sideBySide) {
      double theory = passage.exact() / passage.dimension();
      judge(
          "n = %d wells, barrier %s: mean time to the first escape"
              .formatted(passage.dimension(), passage.well().barrier()),
          passage.time().value(),
          passage.time().standardError(),
          theory,
          EscapeTimeCriterion.time(passage, theory, EscapeTimeCriterion.ORDER));
    }
    for (WellPassage passage : points) {
      times(passage);
    }
    epsilon();
  }

  EscapeTime.Plan plan() {
    return plan;
  }

  EpsilonEscapeRun epsilonRun() {
    return epsilon;
  }

  List<WellPassage> of(WellDynamics dynamics) {
    return points.stream().filter(p -> p.dynamics() == dynamics).toList();
  }

  List<WellPassage> atFixedWidth() {
    return fixedWidth;
  }

  List<WellPassage> wellsSideBySide() {
    return sideBySide;
  }

  Verdict verdict() {
    return Verdict.all(judged);
  }

  List<NamedMeasurement> numbers() {
    return numbers;
  }

  private void judge(String name, double value, double error, double theory, Verdict verdict) {
    judged.add(verdict);
    numbers.add(new NamedMeasurement(name, value, error, theory, Optional.of(verdict)));
  }

  private void tell(String name, double value, double error, double theory) {
    numbers.add(new NamedMeasurement(name, value, error, theory));
  }

  private void growth(WellDynamics dynamics) {
    if (dynamics == WellDynamics.STABLE) {
      return;
    }
    GrowthLaw law = GrowthLaw.of(of(dynamics), plan.growth() / plan.noise());
    boolean power = dynamics.isPowerLaw();
    judge(
        dynamics.label + ": chi^2 of an exponential less that of a power",
        law.preferenceForPower(),
        Double.NaN,
        Double.NaN,
        !known(of(dynamics)) ? Verdict.INCONCLUSIVE : power ? law.isPower() : law.isExponential());
    if (power) {
      double half = dynamics == WellDynamics.POWER_LAW_ITO ? 0.5 : -0.5;
      tell(
          dynamics.label + ": power of 1 + (mu/sigma) Delta L",
          law.power().slope(),
          law.power().slopeError(),
          2 / plan.growth() + half);
    } else {
      tell(
          dynamics.label + ": d log tau/d Delta L",
          law.exponential().slope(),
          law.exponential().slopeError(),
          2 / plan.noise());
      tell(
          dynamics.label + ": the same beside Table 1's 1/(eta sigma)",
          law.exponential().slope(),
          law.exponential().slopeError(),
          1 / plan.noise());
    }
  }

  private void stable() {
    List<WellPassage> own = of(WellDynamics.STABLE);
    WeightedLine line =
        WeightedLine.of(
            own.stream().mapToDouble(p -> Math.log(p.well().halfDistance())).toArray(),
            own.stream().mapToDouble(WellPassage::log).toArray(),
            own.stream().mapToDouble(WellPassage::logError).toArray());
    judge(
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
    judge(
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

  private void times(WellPassage passage) {
    String name = passage.dynamics().label + ", barrier " + passage.well().barrier();
    boolean jumps = passage.dynamics() == WellDynamics.STABLE;
    if (jumps) {
      tell(
          name + ": mean time to the top",
          passage.time().value(),
          passage.time().standardError(),
          passage.formula());
      return;
    }
    judge(
        name + ": mean time to the other minimum",
        passage.time().value(),
        passage.time().standardError(),
        passage.exact(),
        EscapeTimeCriterion.time(passage, passage.exact(), EscapeTimeCriterion.EXACT));
    // the table has these of every barrier
    if (passage == of(passage.dynamics()).getLast()) {
      tell(
          name + ": exact time over the formula's",
          passage.exact() / passage.formula(),
          Double.NaN,
          1);
      tell(
          name + ": time to the top over time to the other minimum",
          passage.exactTop() / passage.exact(),
          Double.NaN,
          0.5);
    }
  }

  private void epsilon() {
    double power = epsilon.power().mean();
    double error = epsilon.power().standardError();
    for (boolean text : new boolean[] {false, true}) {
      double theory = text ? epsilon.plan().textPower() : epsilon.exactPower();
      numbers.add(
          new NamedMeasurement(
              "power of t in <w^2> from the minimum, " + (text ? "Theorem 4" : "exact"),
              power,
              error,
              theory,
              Optional.of(
                  EscapeTimeCriterion.number(power, error, theory, EscapeTimeCriterion.EXACT))));
    }
  }

  CsvTable table() {
    CsvTable table =
        new CsvTable(
            "escape_time",
            "dynamics",
            "barrier",
            "width",
            "dimension",
            "learning_rate",
            "strength",
            "value",
            "standard_error",
            "replicas",
            "censored",
            "method",
            "reliable",
            "coarse_value",
            "coarse_standard_error",
            "step_converged",
            "top_value",
            "top_standard_error",
            "theory_exact",
            "theory_exact_top",
            "theory_formula");
    points.forEach(p -> row(table, p));
    fixedWidth.forEach(p -> row(table, p));
    sideBySide.forEach(p -> row(table, p));
    return table;
  }

  private void row(CsvTable table, WellPassage p) {
    table.row(
        p.dynamics().name().toLowerCase(java.util.Locale.ROOT),
        p.well().barrier(),
        p.well().halfDistance(),
        p.dimension(),
        p.halving().step() / 2,
        p.dynamics() == WellDynamics.STABLE ? plan.scale() : plan.noise(),
        p.time().value(),
        p.time().standardError(),
        p.time().replicas(),
        p.time().censored(),
        p.time().method().name().toLowerCase(java.util.Locale.ROOT),
        p.time().reliable(),
        p.halving().coarse().value(),
        p.halving().coarse().standardError(),
        p.halving().converged(),
        p.top().value(),
        p.top().standardError(),
        p.exact(),
        p.exactTop(),
        p.formula());
  }
}
