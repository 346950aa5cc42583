package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** Curves, final values and claims of {@link PlSgd} as tables of its run folder. */
final class PlSgdTables {
  private PlSgdTables() {}

  /** A method on the seeds of a set, and what it is compared with. */
  private record OfSet(String set, MethodRuns runs, MethodRuns sgd) {}

  private record OfSeed(OfSet of, SeedCurve curve) {}

  private record Measured(OfSeed at, Map<String, Double> row) {}

  private record Difference(OfSet of, String quantity, PairedDifference difference) {}

  static Findings add(Findings findings, PlSgdResult result, List<Claim> claims) {
    List<OfSet> methods = new ArrayList<>();
    result.selection().forEach(r -> methods.add(ofSet("selection", r, result.selection())));
    result.comparison().forEach(r -> methods.add(ofSet("comparison", r, result.comparison())));
    List<OfSeed> seeds = new ArrayList<>();
    List<Measured> curves = new ArrayList<>();
    for (OfSet method : methods) {
      for (SeedCurve curve : method.runs().curves()) {
        seeds.add(new OfSeed(method, curve));
        curve.rows().forEach(row -> curves.add(new Measured(seeds.getLast(), row)));
      }
    }
    return findings
        .table(curves(curves))
        .table(finals(seeds))
        .table(methods(methods))
        .table(differences(methods))
        .table(
            Csv.of("claims", claims)
                .column("claim", c -> '"' + c.name() + '"')
                .column("mean", c -> c.difference().mean())
                .column("standard_error", c -> c.difference().standardError())
                .column("n", c -> c.difference().n())
                .column("p", c -> c.difference().pValue())
                .column("p_holm", Claim::adjusted)
                .column("lower", c -> c.difference().lower())
                .column("upper", c -> c.difference().upper())
                .column("verdict", Claim::verdict));
  }

  private static OfSet ofSet(String set, MethodRuns runs, List<MethodRuns> all) {
    return new OfSet(set, runs, all.getFirst());
  }

  private static Csv<Measured> curves(List<Measured> rows) {
    Csv<Measured> table =
        method("curves", rows, m -> m.at().of())
            .column("seed", m -> m.at().curve().seed())
            .column("epoch", m -> m.row().get("epoch"));
    for (CurveQuantity quantity : CurveQuantity.values()) {
      table.column(quantity.column(), m -> quantity.of(m.row()));
    }
    return table;
  }

  private static Csv<OfSeed> finals(List<OfSeed> seeds) {
    Csv<OfSeed> table = method("finals", seeds, OfSeed::of).column("seed", s -> s.curve().seed());
    for (CurveQuantity quantity : CurveQuantity.values()) {
      table.column(quantity.column(), s -> s.curve().last(quantity, s.of().runs().lastEpochs()));
    }
    return table;
  }

  /** Means over seeds. */
  private static Csv<OfSet> methods(List<OfSet> methods) {
    Csv<OfSet> table =
        method("methods", methods, Function.identity())
            .column("n", m -> m.runs().curves().size())
            .column("diverged", m -> m.runs().seeds().count() - m.runs().curves().size());
    for (CurveQuantity quantity : CurveQuantity.values()) {
      table
          .column(quantity.column(), m -> m.runs().mean(quantity).mean())
          .column(
              quantity.column() + "_standard_error", m -> m.runs().mean(quantity).standardError());
    }
    return table;
  }

  /** Every method less SGD on the same seeds, none of them adjusted for their number. */
  private static Csv<Difference> differences(List<OfSet> methods) {
    List<Difference> rows = new ArrayList<>();
    for (OfSet m : methods) {
      if (m.runs().method().equals(m.sgd().method())) {
        continue;
      }
      for (CurveQuantity quantity : CurveQuantity.values()) {
        rows.add(new Difference(m, quantity.column(), m.runs().minus(m.sgd(), quantity)));
      }
      rows.add(new Difference(m, "log10_train_loss", PlSgdResult.logLoss(m.runs(), m.sgd())));
    }
    return method("differences", rows, Difference::of)
        .column("quantity", Difference::quantity)
        .column("mean", d -> d.difference().mean())
        .column("standard_error", d -> d.difference().standardError())
        .column("n", d -> d.difference().n())
        .column("p", d -> d.difference().pValue())
        .column("lower", d -> d.difference().lower())
        .column("upper", d -> d.difference().upper());
  }

  /** A table whose lines begin with a method. */
  private static <P> Csv<P> method(String name, List<P> rows, Function<P, OfSet> of) {
    return Csv.of(name, rows)
        .column("set", p -> of.apply(p).set())
        .column("method", p -> of.apply(p).runs().method().kind().label())
        .column("state_dependent", p -> of.apply(p).runs().method().stateDependent())
        .column("additive", p -> of.apply(p).runs().method().additive());
  }
}
