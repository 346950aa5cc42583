package org.noisescape.experiments.meng.plsgd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;

/**
 * All runs, and the claims of the text about them. Source: Meng et al. (2020), section 5.3.
 *
 * @param plan what was to be trained
 * @param selection every method on the selection seeds
 * @param comparison SGD, the chosen SGLD and the chosen PL-SGD on the comparison seeds
 */
record PlSgdResult(PlSgdPlan plan, List<MethodRuns> selection, List<MethodRuns> comparison) {
  PlSgdResult {
    selection = List.copyOf(selection);
    comparison = List.copyOf(comparison);
  }

  /** One of the compared methods on the comparison seeds. */
  MethodRuns compared(Kind kind) {
    return of(comparison, kind);
  }

  /** The same method on the selection seeds. */
  MethodRuns selected(Kind kind) {
    NoiseMethod chosen = compared(kind).method();
    return selection.stream()
        .filter(runs -> runs.method().equals(chosen))
        .findFirst()
        .orElseThrow();
  }

  /** SGLD with the largest variance, on the selection seeds. */
  MethodRuns strongest() {
    return selection.stream()
        .filter(runs -> runs.method().kind() == Kind.SGLD)
        .reduce((weaker, stronger) -> stronger)
        .orElseThrow();
  }

  /** The four statements of the text. */
  List<Claim> claims() {
    return List.of(
        accuracy("(1)", Kind.PL_SGD, Kind.SGD, PlSgdCriterion.ABOVE),
        new Claim(
            "(2) " + gapName() + ", PL-SGD - SGD",
            compared(Kind.PL_SGD, Kind.SGD, plan.gap()),
            plan.comparison().count(),
            PlSgdCriterion.BELOW),
        accuracy("(3)", Kind.SGLD, Kind.SGD, PlSgdCriterion.notAbove(plan)),
        new Claim(
            "(4) log10 training loss, " + strongest().method().label() + " - SGD",
            logLoss(strongest(), selected(Kind.SGD)),
            plan.selection().count(),
            PlSgdCriterion.ABOVE));
  }

  /** What a sceptic says instead of them, by name. */
  Map<String, Claim> rivals() {
    Map<String, Claim> rivals = new LinkedHashMap<>();
    rivals.put(
        "no difference: state-dependent noise leaves the test accuracy as it is",
        accuracy("(1)", Kind.PL_SGD, Kind.SGD, PlSgdCriterion.equal(plan)));
    rivals.put(
        "any noise: additive noise has the same test accuracy",
        accuracy("(1)", Kind.PL_SGD, Kind.SGLD, PlSgdCriterion.equal(plan)));
    return rivals;
  }

  private Claim accuracy(String number, Kind one, Kind other, Criterion criterion) {
    return new Claim(
        "%s test accuracy, %s - %s".formatted(number, one.label, other.label),
        compared(one, other, CurveQuantity.TEST_ACCURACY),
        plan.comparison().count(),
        criterion);
  }

  /** A difference on the comparison seeds that both methods came to the end of. */
  PairedDifference compared(Kind one, Kind other, CurveQuantity quantity) {
    return compared(one).minus(compared(other), quantity);
  }

  /** log₁₀ of one training loss over another; a loss of zero has none. */
  static PairedDifference logLoss(MethodRuns one, MethodRuns other) {
    return PairedDifference.of(
        logs(one.on(other).finals(CurveQuantity.TRAIN_LOSS)),
        logs(other.on(one).finals(CurveQuantity.TRAIN_LOSS)));
  }

  /** The chosen method less SGD on the seeds on which it was chosen. */
  PairedDifference onSelection(Kind kind, CurveQuantity quantity) {
    return selected(kind).minus(selected(Kind.SGD), quantity);
  }

  /** The text's way: on each seed the best of the grid by test accuracy, less SGD. */
  PairedDifference bestOfEachSeed(Kind kind) {
    double[] best = GridChoice.bestOfEachSeed(selection, kind, plan.selection());
    return PairedDifference.of(best, selected(Kind.SGD).finals(CurveQuantity.TEST_ACCURACY));
  }

  /** The judged generalisation error in words. */
  String gapName() {
    return plan.gap() == CurveQuantity.LOSS_GAP ? "loss gap" : "accuracy gap";
  }

  private static double[] logs(double[] losses) {
    return Arrays.stream(losses).map(Math::log10).toArray();
  }

  private static MethodRuns of(List<MethodRuns> runs, Kind kind) {
    return runs.stream().filter(r -> r.method().kind() == kind).findFirst().orElseThrow();
  }
}
