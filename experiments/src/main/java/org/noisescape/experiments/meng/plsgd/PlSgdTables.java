package org.noisescape.experiments.meng.plsgd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.CsvTable;

/** Curves, final values and claims of {@link PlSgd} as tables of its run folder. */
final class PlSgdTables {
  private PlSgdTables() {}

  static void write(Path run, PlSgdResult result, List<Claim> claims) throws IOException {
    curves(result).write(run);
    finals(result).write(run);
    methods(result).write(run);
    differences(result).write(run);
    CsvTable table =
        new CsvTable(
            "claims",
            "claim",
            "mean",
            "standard_error",
            "n",
            "p",
            "p_holm",
            "lower",
            "upper",
            "verdict");
    for (Claim claim : claims) {
      PairedDifference d = claim.difference();
      table.row(
          '"' + claim.name() + '"',
          d.mean(),
          d.standardError(),
          d.n(),
          d.pValue(),
          claim.adjusted(),
          d.lower(),
          d.upper(),
          claim.verdict());
    }
    table.write(run);
  }

  private static Map<String, List<MethodRuns>> sets(PlSgdResult result) {
    return Map.of("selection", result.selection(), "comparison", result.comparison());
  }

  private static CsvTable curves(PlSgdResult result) {
    CsvTable table = table("curves", "seed", "epoch");
    for (String set : List.of("selection", "comparison")) {
      for (MethodRuns runs : sets(result).get(set)) {
        for (SeedCurve curve : runs.curves()) {
          for (Map<String, Double> row : curve.rows()) {
            List<Object> cells = cells(set, runs.method(), curve.seed(), row.get("epoch"));
            for (CurveQuantity quantity : CurveQuantity.values()) {
              cells.add(quantity.of(row));
            }
            table.row(cells.toArray());
          }
        }
      }
    }
    return table;
  }

  private static CsvTable finals(PlSgdResult result) {
    CsvTable table = table("finals", "seed");
    for (String set : List.of("selection", "comparison")) {
      for (MethodRuns runs : sets(result).get(set)) {
        for (SeedCurve curve : runs.curves()) {
          List<Object> cells = cells(set, runs.method(), curve.seed());
          for (CurveQuantity quantity : CurveQuantity.values()) {
            cells.add(curve.last(quantity, runs.lastEpochs()));
          }
          table.row(cells.toArray());
        }
      }
    }
    return table;
  }

  /** Means over seeds. */
  private static CsvTable methods(PlSgdResult result) {
    List<String> heads =
        new ArrayList<>(List.of("set", "method", "state_dependent", "additive", "n", "diverged"));
    for (CurveQuantity quantity : CurveQuantity.values()) {
      heads.add(quantity.column());
      heads.add(quantity.column() + "_standard_error");
    }
    CsvTable table = new CsvTable("methods", heads.toArray(String[]::new));
    for (String set : List.of("selection", "comparison")) {
      for (MethodRuns runs : sets(result).get(set)) {
        int n = runs.curves().size();
        List<Object> cells = cells(set, runs.method(), n, runs.seeds().count() - n);
        for (CurveQuantity quantity : CurveQuantity.values()) {
          SeedMean mean = runs.mean(quantity);
          cells.add(mean.mean());
          cells.add(mean.standardError());
        }
        table.row(cells.toArray());
      }
    }
    return table;
  }

  /** Every method less SGD on the same seeds, none of them adjusted for their number. */
  private static CsvTable differences(PlSgdResult result) {
    CsvTable table =
        new CsvTable(
            "differences",
            "set",
            "method",
            "state_dependent",
            "additive",
            "quantity",
            "mean",
            "standard_error",
            "n",
            "p",
            "lower",
            "upper");
    for (String set : List.of("selection", "comparison")) {
      List<MethodRuns> all = sets(result).get(set);
      MethodRuns sgd = all.getFirst();
      for (MethodRuns runs : all.subList(1, all.size())) {
        for (CurveQuantity quantity : CurveQuantity.values()) {
          row(table, set, runs, quantity.column(), runs.minus(sgd, quantity));
        }
        row(table, set, runs, "log10_train_loss", PlSgdResult.logLoss(runs, sgd));
      }
    }
    return table;
  }

  private static void row(
      CsvTable table, String set, MethodRuns runs, String quantity, PairedDifference d) {
    List<Object> cells = cells(set, runs.method(), quantity);
    cells.addAll(List.of(d.mean(), d.standardError(), d.n(), d.pValue(), d.lower(), d.upper()));
    table.row(cells.toArray());
  }

  private static CsvTable table(String name, String... more) {
    List<String> heads = new ArrayList<>(List.of("set", "method", "state_dependent", "additive"));
    heads.addAll(List.of(more));
    for (CurveQuantity quantity : CurveQuantity.values()) {
      heads.add(quantity.column());
    }
    return new CsvTable(name, heads.toArray(String[]::new));
  }

  private static List<Object> cells(String set, NoiseMethod method, Object... more) {
    List<Object> cells =
        new ArrayList<>(
            List.of(set, method.kind().label(), method.stateDependent(), method.additive()));
    cells.addAll(List.of(more));
    return cells;
  }
}
