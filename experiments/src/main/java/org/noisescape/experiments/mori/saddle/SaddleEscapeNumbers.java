package org.noisescape.experiments.mori.saddle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.theory.mori.LossTime;

/** What {@link SaddleEscape} finds in its wells, each a list of points by ascending c. */
final class SaddleEscapeNumbers {
  private SaddleEscapeNumbers() {}

  static Findings findings(NoiseKind kind, List<List<SaddleEscapePoint>> wells) {
    Measurements numbers = judged(wells, EscapeLaw.TEXT);
    for (List<SaddleEscapePoint> well : wells) {
      SaddleEscapePoint last = well.getLast();
      String name = last.system().label() + ", c = " + last.lossRatio() + ": ";
      double inverse = last.inverseTemperature();
      numbers.apart(
          name + "ln(tau/(L* t)) until the escape",
          SaddleEscapeCriterion.reliable(last.clock().log(), last),
          SaddleEscapeCriterion.clock(inverse));
      if (kind == NoiseKind.ISOTROPIC) {
        numbers.value(
            name + "the same; theory: stationary <L>/L*",
            Math.log(last.clock().value()),
            last.clock().standardError() / last.clock().value(),
            Math.log(new LossTime(inverse).rate(last.system().dimension())));
      }
      numbers.exact(
          name + "time to the saddle over time to beyond it",
          last.escapes().rate() / last.top().rate(),
          0.5);
    }
    return Findings.of(numbers)
        .rivals(kind.rivals(), rival -> rival.label, rival -> judged(wells, rival))
        .table(table(kind, wells));
  }

  /** All that a law says, held against the wells. */
  static Measurements judged(List<List<SaddleEscapePoint>> wells, EscapeLaw law) {
    Measurements numbers = new Measurements();
    for (List<SaddleEscapePoint> well : wells) {
      SaddleEscapePoint first = well.getFirst();
      SaddleEscapePoint last = well.getLast();
      EscapeCase system = last.system();
      double inverse = last.inverseTemperature();
      double from = law.rate(system, first.lossRatio(), inverse);
      double to = law.rate(system, last.lossRatio(), inverse);
      numbers
          .judged(
              system.label() + ": kappa at c = " + last.lossRatio(),
              SaddleEscapeCriterion.reliable(last.rate(), last),
              SaddleEscapeCriterion.rate(to, inverse))
          .judged(
              "%s: ln of times at c = %s over %s"
                  .formatted(system.label(), last.lossRatio(), first.lossRatio()),
              SaddleEscapeCriterion.reliable(last.logTimeOver(first), first, last),
              SaddleEscapeCriterion.growth(Math.log(from / to), inverse));
    }
    return numbers;
  }

  private static Csv<SaddleEscapePoint> table(NoiseKind kind, List<List<SaddleEscapePoint>> wells) {
    List<SaddleEscapePoint> all = new ArrayList<>();
    wells.forEach(all::addAll);
    Csv<SaddleEscapePoint> table =
        Csv.of("saddle_escape", all)
            .column("well", p -> p.system().label())
            .column("dimension", p -> p.system().dimension())
            .column("loss_ratio", SaddleEscapePoint::lossRatio)
            .column("inverse_temperature", SaddleEscapePoint::inverseTemperature)
            .column("rate", p -> p.rate().value())
            .column("standard_error", p -> p.rate().standardError())
            .column("escapes", p -> p.escapes().events())
            .column("rate_to_the_saddle", p -> p.top().rate())
            .column("clock_over_time", p -> p.clock().value())
            .column("clock_over_time_error", p -> p.clock().standardError());
    List<EscapeLaw> laws = new ArrayList<>(List.of(EscapeLaw.TEXT));
    laws.addAll(kind.rivals());
    for (EscapeLaw law : laws) {
      table =
          table.column(
              "theory_" + law.name().toLowerCase(Locale.ROOT),
              p -> law.rate(p.system(), p.lossRatio(), p.inverseTemperature()));
    }
    return table;
  }
}
