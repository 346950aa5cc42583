package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;

/** Numbers and tables of {@link PlSgd}: first those of the claims, then those beside them. */
final class PlSgdNumbers {
  /** The best of the text's grids, named before any of our runs. */
  private static final NoiseMethod TEXTS_POWER_LAW = NoiseMethod.powerLaw(0.02, 1e-4);

  private static final NoiseMethod TEXTS_LANGEVIN = NoiseMethod.sgld(1e-3);

  private static final CurveQuantity ACCURACY = CurveQuantity.TEST_ACCURACY;

  private final PlSgdResult result;
  private final Measurements all = new Measurements();

  private PlSgdNumbers(PlSgdResult result) {
    this.result = result;
  }

  /** Numbers and tables. */
  static Findings findings(PlSgdResult result) {
    List<Claim> claims = result.claims();
    PlSgdNumbers numbers = new PlSgdNumbers(result);
    claims.forEach(numbers::judged);
    numbers.chosen();
    numbers.finals();
    numbers.otherDifferences();
    numbers.onSelectionSeeds();
    Findings found =
        Findings.of(numbers.all)
            .rivals(
                List.copyOf(result.rivals().entrySet()),
                Map.Entry::getKey,
                rival -> rival.getValue().judged(new Measurements()));
    return tables(found, result, claims);
  }

  private void judged(Claim claim) {
    String number = claim.name().substring(0, claim.name().indexOf(' '));
    claim.judged(all).value(number + " seeds", claim.difference().n());
  }

  private void chosen() {
    NoiseMethod powerLaw = result.compared(Kind.PL_SGD).method();
    NoiseMethod langevin = result.compared(Kind.SGLD).method();
    number("lambda1 chosen", powerLaw.stateDependent(), TEXTS_POWER_LAW.stateDependent());
    number("lambda2 chosen", powerLaw.additive(), TEXTS_POWER_LAW.additive());
    number("lambda3 chosen", langevin.additive(), TEXTS_LANGEVIN.additive());
  }

  private void finals() {
    for (MethodRuns runs : result.comparison()) {
      for (CurveQuantity quantity : List.of(ACCURACY, CurveQuantity.TRAIN_LOSS)) {
        SeedMean mean = runs.mean(quantity);
        String name = small(quantity) + ", " + runs.method().label();
        all.estimate(name, mean.mean(), mean.standardError());
      }
    }
  }

  private void otherDifferences() {
    difference("test accuracy, PL-SGD - SGLD", result.compared(Kind.PL_SGD, Kind.SGLD, ACCURACY));
    for (CurveQuantity gap : PlSgdPlan.GAPS.values()) {
      if (gap != result.plan().gap()) {
        difference(
            gap.column.replace('_', ' ') + ", PL-SGD - SGD",
            result.compared(Kind.PL_SGD, Kind.SGD, gap));
      }
    }
  }

  private void onSelectionSeeds() {
    for (Kind kind : List.of(Kind.PL_SGD, Kind.SGLD)) {
      String name = "selection seeds: test accuracy, " + kind.label + " - SGD, ";
      difference(name + "chosen variances", result.onSelection(kind, ACCURACY));
      difference(name + "best of each seed", result.bestOfEachSeed(kind));
    }
    // nothing was chosen for these, so that the seeds of the choice are as good as others
    for (MethodRuns runs : result.selection()) {
      if (runs.method().equals(TEXTS_POWER_LAW) || runs.method().equals(TEXTS_LANGEVIN)) {
        for (CurveQuantity quantity : List.of(ACCURACY, result.plan().gap())) {
          difference(
              "selection seeds: %s, %s - SGD".formatted(small(quantity), runs.method().label()),
              runs.minus(result.selected(Kind.SGD), quantity));
        }
      }
    }
    all.value(
        "methods with a seed that diverged",
        result.selection().stream().filter(runs -> !runs.complete()).count());
  }

  private void difference(String name, PairedDifference d) {
    all.estimate(name, d.mean(), d.standardError());
  }

  private void number(String name, double value, double text) {
    all.exact(name, value, text);
  }

  private static String small(CurveQuantity quantity) {
    return quantity.title.toLowerCase(Locale.ROOT);
  }

  /** A method on the seeds of a set, and what it is compared with. */
  private record OfSet(String set, MethodRuns runs, MethodRuns sgd) {}

  private record OfSeed(OfSet of, SeedCurve curve) {}

  private record Measured(OfSeed at, Map<String, Double> row) {}

  private record Difference(OfSet of, String quantity, PairedDifference difference) {}

  private static Findings tables(Findings findings, PlSgdResult result, List<Claim> claims) {
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
                .column("claim", Claim::name)
                .column("mean", c -> c.difference().mean())
                .column("standard_error", c -> c.difference().standardError())
                .column("n", c -> c.difference().n())
                .column("p", c -> c.difference().pValue())
                .column("bound", c -> c.criterion().theory())
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
      table.column(quantity.column, m -> quantity.of(m.row()));
    }
    return table;
  }

  private static Csv<OfSeed> finals(List<OfSeed> seeds) {
    Csv<OfSeed> table = method("finals", seeds, OfSeed::of).column("seed", s -> s.curve().seed());
    for (CurveQuantity quantity : CurveQuantity.values()) {
      table.column(quantity.column, s -> s.curve().last(quantity, s.of().runs().lastEpochs()));
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
          .column(quantity.column, m -> m.runs().mean(quantity).mean())
          .column(
              quantity.column + "_standard_error", m -> m.runs().mean(quantity).standardError());
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
        rows.add(new Difference(m, quantity.column, m.runs().minus(m.sgd(), quantity)));
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
        .column("method", p -> of.apply(p).runs().method().kind().label)
        .column("state_dependent", p -> of.apply(p).runs().method().stateDependent())
        .column("additive", p -> of.apply(p).runs().method().additive());
  }
}
