package org.noisescape.experiments.meng.plsgd;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;

/** The numbers of {@link PlSgd}: first those of the claims, then those beside them. */
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
  static Findings findings(PlSgdResult result, List<Claim> claims) {
    PlSgdNumbers numbers = new PlSgdNumbers(result);
    claims.forEach(numbers::judged);
    numbers.chosen();
    numbers.finals();
    numbers.otherDifferences();
    numbers.onSelectionSeeds();
    return PlSgdTables.add(Findings.of(numbers.all), result, claims);
  }

  private void judged(Claim claim) {
    PairedDifference d = claim.difference();
    String number = claim.name().substring(0, claim.name().indexOf(' '));
    all.estimate(claim.name(), d.mean(), d.standardError(), claim.verdict())
        .value(number + " p after Holm, n = " + d.n(), claim.adjusted());
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
            gap.column().replace('_', ' ') + ", PL-SGD - SGD",
            result.compared(Kind.PL_SGD, Kind.SGD, gap));
      }
    }
  }

  private void onSelectionSeeds() {
    for (Kind kind : List.of(Kind.PL_SGD, Kind.SGLD)) {
      String name = "selection seeds: test accuracy, " + kind.label() + " - SGD, ";
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
    return quantity.title().toLowerCase(Locale.ROOT);
  }
}
