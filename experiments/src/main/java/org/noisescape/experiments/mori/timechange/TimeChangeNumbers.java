package org.noisescape.experiments.mori.timechange;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.theory.mori.LossTime;

/** What {@link TimeChange} finds. */
final class TimeChangeNumbers {
  private TimeChangeNumbers() {}

  /** With the clock that comes to rest, which has no say in the verdict. */
  static Findings findings(List<ClockPoint> points, double window, OffsetRun offset) {
    Measurements numbers =
        new Measurements()
            .apart(
                "L* = 0: d log(change by L + eps)/d log eps at t = 1/h",
                offset.power(),
                TimeChangeCriterion.VANISHES)
            .apart(
                "L* = 0: tau at rest over its mean",
                offset.rest(),
                TimeChangeCriterion.variation(1));
    for (int i = 0; i < offset.offsets().length; i++) {
      numbers.value(
          "L* = 0: relative change of theta at t = 1/h by eps = %s L"
              .formatted(offset.offsets()[i]),
          offset.changes()[i]);
    }
    return findings(points, window, numbers);
  }

  /**
   * Numbers, rivals and table.
   *
   * @param window distance of the readings in units of L* / h
   * @param apart more numbers, without a say in the verdict
   */
  static Findings findings(List<ClockPoint> points, double window, Measurements apart) {
    List<ClockPoint> judged = points.stream().filter(p -> p.dynamics().judged()).toList();
    Measurements numbers = judged(judged, window, ClockLaw.TEXT);
    for (ClockPoint p : points) {
      LossTime theory = p.theory();
      String name = p.dynamics().label;
      if (!p.dynamics().judged()) {
        numbers.addApart(judged(List.of(p), window, ClockLaw.TEXT));
        numbers.exact(name + ": d log/d log L of the exact variance", p.exactSlope(), 0);
      }
      numbers.apart(
          name + ": phi at equal t",
          p.inTime(),
          TimeChangeCriterion.exponent(theory.stationaryExponent(0)));
      if (!hasKurtosis(p, window)) {
        numbers.value(
            name + ": excess kurtosis of the noise in a window",
            p.kurtosis().value(),
            p.kurtosis().standardError(),
            0);
      }
    }
    return Findings.of(numbers.addApart(apart))
        .rivals(ClockLaw.RIVALS, ClockLaw::label, rival -> judged(judged, window, rival))
        .table(exponents(points))
        .table(classes(points));
  }

  /** All that a law says, held against the points. */
  static Measurements judged(List<ClockPoint> points, double window, ClockLaw law) {
    Measurements numbers = new Measurements();
    for (ClockPoint p : points) {
      LossTime theory = p.theory();
      String name = p.dynamics().label + ": ";
      if (law.namesAClock()) {
        numbers
            .judged(
                name + "phi at equal tau",
                p.onClock(),
                TimeChangeCriterion.exponent(law.exponent(theory)))
            .judged(
                name + "phi at equal t - phi at equal tau",
                p.difference(),
                TimeChangeCriterion.nearer(law.difference(theory)))
            .judged(
                name + "d log/d log L of the noise a unit of tau",
                p.slope(),
                TimeChangeCriterion.nearer(law.slope(theory)));
        if (hasKurtosis(p, window)) {
          numbers.judged(
              name + "excess kurtosis of the noise",
              p.kurtosis(),
              TimeChangeCriterion.kurtosis(
                  law.kurtosis(theory, p.dimension()), theory.kurtosisInTime(p.dimension())));
        }
      }
      numbers.judged(
          name + "noise a unit of tau over 2 eta h/B",
          p.variation(),
          TimeChangeCriterion.variation(law.variation()));
    }
    return numbers;
  }

  private static boolean hasKurtosis(ClockPoint point, double window) {
    return window >= TimeChangeCriterion.STEPS_A_WINDOW * point.rate();
  }

  private static Csv<ClockPoint> exponents(List<ClockPoint> points) {
    return Csv.of("time_change", points)
        .column("dynamics", p -> p.dynamics().key)
        .column("dimension", ClockPoint::dimension)
        .column("temperature", ClockPoint::temperature)
        .column("learning_rate_times_curvature", ClockPoint::rate)
        .column("phi_in_time", p -> p.inTime().value())
        .column("phi_in_time_error", p -> p.inTime().standardError())
        .column("phi_on_clock", p -> p.onClock().value())
        .column("phi_on_clock_error", p -> p.onClock().standardError())
        .column("phi_difference", p -> p.difference().value())
        .column("phi_difference_error", p -> p.difference().standardError())
        .column("phi_on_clock_theory", p -> p.theory().stationaryExponent(1))
        .column("variation", p -> p.variation().value())
        .column("variation_error", p -> p.variation().standardError())
        .column("slope", p -> p.slope().value())
        .column("slope_error", p -> p.slope().standardError())
        .column("slope_exact", ClockPoint::exactSlope)
        .column("excess_kurtosis", p -> p.kurtosis().value())
        .column("excess_kurtosis_error", p -> p.kurtosis().standardError());
  }

  /** A class of a dynamics. */
  private record Row(ClockPoint point, ClockPoint.LossClass own) {}

  private static Csv<Row> classes(List<ClockPoint> points) {
    List<Row> rows = new ArrayList<>();
    points.forEach(p -> p.classes().forEach(own -> rows.add(new Row(p, own))));
    return Csv.of("quadratic_variation", rows)
        .column("dynamics", r -> r.point.dynamics().key)
        .column("loss_ratio", r -> r.own.loss())
        .column("variation", r -> r.own.variation().value())
        .column("standard_error", r -> r.own.variation().standardError())
        .column("exact", r -> r.own.exact());
  }
}
