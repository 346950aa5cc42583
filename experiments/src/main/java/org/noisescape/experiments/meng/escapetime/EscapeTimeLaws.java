package org.noisescape.experiments.meng.escapetime;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;

/** What {@link EscapeTime} judges: the laws of the text, and others beside them. */
final class EscapeTimeLaws {
  private static final List<WellDynamics> DIFFUSIONS =
      List.of(WellDynamics.POWER_LAW_ITO, WellDynamics.POWER_LAW_HANGGI, WellDynamics.LANGEVIN);

  private final EscapeTimeResults results;
  private final EscapeTime.Plan plan;
  private final Map<WellDynamics, GrowthLaw> growth = new EnumMap<>(WellDynamics.class);

  EscapeTimeLaws(EscapeTimeResults results) {
    this.results = results;
    this.plan = results.plan();
    DIFFUSIONS.forEach(dynamics -> growth.put(dynamics, results.growth(dynamics)));
  }

  /** The numbers that the theory is judged by. */
  Measurements theory() {
    Measurements numbers = new Measurements();
    for (WellDynamics dynamics : DIFFUSIONS) {
      times(dynamics, numbers);
      bend(dynamics, dynamics.isPowerLaw() ? 0 : 1, numbers);
      exponent(dynamics, exponent(plan, dynamics), numbers);
    }
    width(plan.alpha(), numbers);
    fixedWidth(0, numbers);
    for (WellPassage passage : results.sideBySide()) {
      first(passage, passage.exact() / passage.dimension(), numbers);
    }
    UnequalWells unequal = results.unequal();
    unequal.judgeOwn(unequal.own().exact(), numbers);
    unequal.judgeFirst(unequal.exactFirst(), numbers);
    for (GrowthSweep sweep : results.sweeps()) {
      sweep.judge(2, numbers);
    }
    kept().forEach(sweep -> sweep.bend(1, numbers));
    return numbers;
  }

  /** The same with other laws beside. */
  Findings beside(Findings found) {
    Measurements exponential = new Measurements();
    Measurements swapped = new Measurements();
    Measurements none = new Measurements();
    for (WellDynamics dynamics : DIFFUSIONS) {
      if (dynamics.isPowerLaw()) {
        bend(dynamics, 1, exponential);
        boolean ito = dynamics == WellDynamics.POWER_LAW_ITO;
        exponent(
            dynamics,
            exponent(plan, ito ? WellDynamics.POWER_LAW_HANGGI : WellDynamics.POWER_LAW_ITO),
            swapped);
      }
      exponent(dynamics, 0, none);
    }
    Measurements power = new Measurements();
    bend(WellDynamics.LANGEVIN, 0, power);
    Measurements table = new Measurements();
    exponent(WellDynamics.LANGEVIN, 1 / plan.noise(), table);
    Measurements diffusive = new Measurements();
    width(2, diffusive);
    Measurements high = new Measurements();
    fixedWidth(
        powerLawRatio(plan, results.fixedWidth().getFirst(), results.fixedWidth().getLast()), high);
    Measurements slow = new Measurements();
    results.sideBySide().forEach(passage -> first(passage, passage.exact(), slow));
    UnequalWells unequal = results.unequal();
    Measurements product = new Measurements();
    unequal.judgeOwn(unequal.own().exact() * unequal.literalFactor(), product);
    Measurements alike = new Measurements();
    unequal.judgeFirst(unequal.own().exact() / unequal.own().dimension(), alike);
    Measurements half = new Measurements();
    Measurements blind = new Measurements();
    Measurements powerOfGrowth = new Measurements();
    results.sweeps().forEach(sweep -> sweep.slope(1, half));
    results.sweeps().forEach(sweep -> sweep.slope(0, blind));
    kept().forEach(sweep -> sweep.bend(0, powerOfGrowth));
    return found
        .rival("power-law noise: exponential growth (Kramers)", exponential)
        .rival("constant noise: growth as a power", power)
        .rival("no dependence on the barrier", none)
        .rival("Ito and Hanggi-Klimontovich exchanged", swapped)
        .rival("Table 1's Langevin exponent, 1/(eta sigma)", table)
        .rival("jumps diffuse: tau ~ width^2", diffusive)
        .rival("jumps see the barrier as Theorem 6 has it", high)
        .rival("n wells are as slow as one", slow)
        .rival("the barriers of all coordinates multiply (22)", product)
        .rival("unequal wells are as fast as n of the first", alike)
        .rival("Table 1's power, 1/(eta mu) - 1/2, against eta mu", half)
        .rival("no dependence on eta mu", blind)
        .rival("mu/sigma kept: a power of eta mu", powerOfGrowth);
  }

  private List<GrowthSweep> kept() {
    return results.sweeps().stream()
        .filter(sweep -> sweep.kept() == GrowthSweep.Kept.RATIO)
        .toList();
  }

  /** The limit of small noise. */
  private static double exponent(EscapeTime.Plan plan, WellDynamics dynamics) {
    return switch (dynamics) {
      case POWER_LAW_ITO -> 2 / plan.growth() + 0.5;
      case POWER_LAW_HANGGI -> 2 / plan.growth() - 0.5;
      case LANGEVIN -> 2 / plan.noise();
      case STABLE -> Double.NaN;
    };
  }

  private void times(WellDynamics dynamics, Measurements into) {
    List<WellPassage> own = results.of(dynamics);
    double[] deviations = Column.of(own, p -> p.log() - Math.log(p.exact()));
    double squares = own.stream().mapToDouble(p -> p.logError() * p.logError()).sum();
    into.judged(
        dynamics.label + ": mean of log(tau/exact) over the barriers",
        estimate(SeedMean.of(deviations).mean(), Math.sqrt(squares) / own.size(), own),
        EscapeTimeCriterion.exact(0));
  }

  private void bend(WellDynamics dynamics, double theory, Measurements into) {
    List<WellPassage> own = results.of(dynamics);
    GrowthLaw law = growth.get(dynamics);
    into.judged(
        dynamics.label + ": q, 0 for a power and 1 for an exponential",
        estimate(law.bend(), law.bendError(), own),
        EscapeTimeCriterion.bend(theory));
  }

  private void exponent(WellDynamics dynamics, double theory, Measurements into) {
    GrowthLaw law = growth.get(dynamics);
    WeightedLine line = dynamics.isPowerLaw() ? law.power() : law.exponential();
    into.judged(
        dynamics.label
            + (dynamics.isPowerLaw()
                ? ": power of 1 + (mu/sigma) Delta L"
                : ": d log tau/d Delta L"),
        estimate(line.slope(), line.slopeError(), results.of(dynamics)),
        EscapeTimeCriterion.order(theory));
  }

  private void width(double theory, Measurements into) {
    List<WellPassage> own = results.of(WellDynamics.STABLE);
    WeightedLine line =
        WeightedLine.of(
            Column.of(own, p -> Math.log(p.well().halfDistance())),
            Column.of(own, WellPassage::log),
            Column.of(own, WellPassage::logError));
    into.judged(
        WellDynamics.STABLE.label + ": d log tau/d log width",
        estimate(line.slope(), line.slopeError(), own),
        EscapeTimeCriterion.order(theory));
  }

  private void fixedWidth(double theory, Measurements into) {
    WellPassage first = results.fixedWidth().getFirst();
    WellPassage last = results.fixedWidth().getLast();
    into.judged(
        WellDynamics.STABLE.label
            + ": log of the ratio of times at fixed width, barriers x "
            + last.well().barrier() / first.well().barrier(),
        estimate(
            last.log() - first.log(),
            Math.hypot(first.logError(), last.logError()),
            List.of(first, last)),
        EscapeTimeCriterion.independent(theory));
  }

  /** Of the logarithms of two times, if jumps took barriers as Theorem 6's noise does. */
  static double powerLawRatio(EscapeTime.Plan plan, WellPassage from, WellPassage to) {
    double ratio = plan.growth() / plan.noise();
    return exponent(plan, WellDynamics.POWER_LAW_HANGGI)
        * (Math.log1p(ratio * to.well().barrier()) - Math.log1p(ratio * from.well().barrier()));
  }

  private static void first(WellPassage passage, double theory, Measurements into) {
    into.judged(
        "n = %d wells, barrier %s: mean time to the first escape"
            .formatted(passage.dimension(), passage.well().barrier()),
        estimate(passage.time().value(), passage.time().standardError(), List.of(passage)),
        EscapeTimeCriterion.first(theory));
  }

  /** Without an error where censoring or the step of time leave the means unusable. */
  static PointEstimate estimate(double value, double error, List<WellPassage> passages) {
    return PointEstimate.ofDraws(value, error, passages.getFirst().time().replicas())
        .provided(passages.stream().allMatch(WellPassage::settled));
  }
}
