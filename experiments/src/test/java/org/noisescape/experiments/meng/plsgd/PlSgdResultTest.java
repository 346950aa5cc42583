package org.noisescape.experiments.meng.plsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;
import org.noisescape.runs.RunFailure;
import org.noisescape.runs.TrainConfiguration;

/** Choice and claims from curves that are made up. */
class PlSgdResultTest {
  private static final NoiseMethod WEAK = NoiseMethod.sgld(1e-3);
  private static final NoiseMethod STRONG = NoiseMethod.sgld(2e-3);
  private static final NoiseMethod SMALL = NoiseMethod.powerLaw(0.02, 0);
  private static final NoiseMethod LARGE = NoiseMethod.powerLaw(0.08, 0);
  private static final SeedRange SELECTION = new SeedRange(0, 3);
  private static final SeedRange COMPARISON = new SeedRange(3, 4);

  /** Scatter that all methods share, and a little that each has for itself. */
  private static final double[] SHARED = {0.1, -0.05, 0.03, 0.2, -0.1, 0.07, 0.02};

  @Test
  void finalValuesAreMeansOverTheLastEpochs() {
    List<Map<String, Double>> rows = new ArrayList<>();
    for (double epoch : new double[] {0, 2, 4, 6, 8, 10}) {
      rows.add(row(epoch, epoch, 0.5, 1, 0.4));
    }
    SeedCurve curve = new SeedCurve(0, rows);
    // a value at the edge, epoch 6, is outside
    assertThat(curve.last(CurveQuantity.TRAIN_LOSS, 4)).isEqualTo(9);
    assertThat(curve.last(CurveQuantity.TRAIN_LOSS, 1)).isEqualTo(10);
    assertThat(curve.last(CurveQuantity.TRAIN_LOSS, 100)).isEqualTo(5);
    assertThat(curve.last(CurveQuantity.LOSS_GAP, 1)).isEqualTo(-9);
    assertThat(curve.last(CurveQuantity.ACCURACY_GAP, 1)).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void theChoiceIsTheLargestMeanAccuracyAndTheFirstOfEqualOnes() {
    List<MethodRuns> runs =
        List.of(
            runs(NoiseMethod.SGD, SELECTION, 0.9, 1, 1),
            runs(SMALL, SELECTION, 0.5, 1, 1),
            runs(LARGE, SELECTION, 0.6, 1, 1),
            runs(NoiseMethod.powerLaw(0.1, 0), SELECTION, 0.6, 1, 1));
    assertThat(GridChoice.best(runs, Kind.PL_SGD).method()).isEqualTo(LARGE);
  }

  @Test
  void aMethodThatDivergedOnASeedIsNoCandidate() {
    MethodRuns good = runs(LARGE, SELECTION, 0.9, 1, 1);
    MethodRuns cut = new MethodRuns(LARGE, SELECTION, good.curves().subList(0, 2), 1);
    List<MethodRuns> runs = List.of(runs(SMALL, SELECTION, 0.5, 1, 1), cut);
    assertThat(GridChoice.best(runs, Kind.PL_SGD).method()).isEqualTo(SMALL);
    assertThatThrownBy(() -> GridChoice.best(List.of(cut), Kind.PL_SGD))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("every PL-SGD diverged")
        .hasMessageContaining("--set lambda1=");
  }

  @Test
  void theTextsWayTakesTheBestOfEachSeed() {
    MethodRuns low = accuracies(SMALL, 0.1, 0.5, 0.3);
    MethodRuns high = accuracies(LARGE, 0.2, 0.4, 0.6);
    assertThat(GridChoice.bestOfEachSeed(List.of(low, high), Kind.PL_SGD, SELECTION))
        .containsExactly(0.2, 0.5, 0.6);
    PlSgdResult result =
        new PlSgdResult(
            plan(),
            List.of(accuracies(NoiseMethod.SGD, 0.1, 0.4, 0.3), low, high),
            List.of(
                runs(NoiseMethod.SGD, COMPARISON, 0.5, 1, 1), runs(LARGE, COMPARISON, 0.5, 1, 1)));
    // .1, .1, .3 against what the mean chooses, .1, 0, .3
    assertThat(result.bestOfEachSeed(Kind.PL_SGD).mean()).isCloseTo(0.5 / 3, within(1e-15));
    assertThat(result.onSelection(Kind.PL_SGD, CurveQuantity.TEST_ACCURACY).mean())
        .isCloseTo(0.4 / 3, within(1e-15));
  }

  @Test
  void whatTheTextSaysAgreesWithItself() {
    assertThat(claims(0.02, 0.5, -0.01, 3).stream().map(Claim::verdict))
        .containsExactly(Verdict.AGREES, Verdict.AGREES, Verdict.AGREES, Verdict.AGREES);
  }

  @Test
  void theContraryOfTheTextDisagreesEverywhere() {
    assertThat(claims(-0.02, 2, 0.02, 0.3).stream().map(Claim::verdict))
        .containsExactly(
            Verdict.DISAGREES, Verdict.DISAGREES, Verdict.DISAGREES, Verdict.DISAGREES);
  }

  @Test
  void pairsTakeOutTheScatterThatSeedsShare() {
    Claim accuracy = claims(0.02, 0.5, -0.01, 3).getFirst();
    assertThat(accuracy.difference().n()).isEqualTo(4);
    assertThat(accuracy.difference().mean()).isCloseTo(0.02, within(0.003));
    // the scatter of a seed is .1, that of a difference a hundredth of it
    assertThat(accuracy.difference().standardError()).isLessThan(0.003);
  }

  @Test
  void claimFourComparesLogarithmsOnTheSelectionSeeds() {
    Claim loss = claims(0.02, 0.5, -0.01, 3).getLast();
    assertThat(loss.name()).contains("SGLD 0.002");
    assertThat(loss.difference().n()).isEqualTo(3);
    assertThat(loss.difference().mean()).isCloseTo(Math.log10(3), within(0.01));
  }

  @Test
  void aComparisonSeedThatDivergedLeavesItsClaimsOpen() {
    PlSgdResult whole = result(0.02, 0.5, -0.01, 3);
    MethodRuns cut = whole.comparison().getLast();
    cut = new MethodRuns(cut.method(), COMPARISON, cut.curves().subList(1, 4), 1);
    PlSgdResult result =
        new PlSgdResult(
            plan(),
            whole.selection(),
            List.of(whole.comparison().get(0), whole.comparison().get(1), cut));
    assertThat(result.claims().stream().map(Claim::verdict))
        .containsExactly(
            Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.AGREES, Verdict.AGREES);
    assertThat(result.claims().getFirst().difference().mean()).isCloseTo(0.02, within(0.003));
  }

  private static List<Claim> claims(
      double accuracy, double gap, double sgldAccuracy, double strongLoss) {
    return result(accuracy, gap, sgldAccuracy, strongLoss).claims();
  }

  /**
   * PL-SGD's accuracy and gap, SGLD's accuracy against SGD's, and the strongest's training loss.
   */
  private static PlSgdResult result(
      double accuracy, double gap, double sgldAccuracy, double strongLoss) {
    List<MethodRuns> selection =
        List.of(
            runs(NoiseMethod.SGD, SELECTION, 0.5, 1, 1),
            runs(WEAK, SELECTION, 0.5, 1, 1),
            runs(STRONG, SELECTION, 0.4, strongLoss, 1),
            runs(SMALL, SELECTION, 0.5, 1, 1));
    List<MethodRuns> comparison =
        List.of(
            runs(NoiseMethod.SGD, COMPARISON, 0.5, 1, 1),
            runs(WEAK, COMPARISON, 0.5 + sgldAccuracy, 1, 1),
            runs(SMALL, COMPARISON, 0.5 + accuracy, 1, gap));
    return new PlSgdResult(plan(), selection, comparison);
  }

  private static PlSgdPlan plan() {
    return new PlSgdPlan(
        TrainConfiguration.defaults(),
        List.of(NoiseMethod.SGD, WEAK, STRONG, SMALL),
        SELECTION,
        COMPARISON,
        1,
        1,
        CurveQuantity.LOSS_GAP,
        0.005);
  }

  private static MethodRuns runs(
      NoiseMethod method, SeedRange seeds, double accuracy, double trainLoss, double gap) {
    List<SeedCurve> curves = new ArrayList<>();
    for (int s = seeds.first(); s < seeds.first() + seeds.count(); s++) {
      double own = method.equals(NoiseMethod.SGD) ? 0 : 1e-3 * Math.cos(7 * s);
      double loss = trainLoss * (1 + SHARED[s]) * (1 + own);
      double test = accuracy + SHARED[s] + own;
      curves.add(
          new SeedCurve(s, List.of(row(0, 9, 0, 9, 0), row(5, loss, 1, loss + gap + own, test))));
    }
    return new MethodRuns(method, seeds, curves, 1);
  }

  private static MethodRuns accuracies(NoiseMethod method, double... accuracies) {
    List<SeedCurve> curves = new ArrayList<>();
    Arrays.stream(accuracies)
        .forEach(a -> curves.add(new SeedCurve(curves.size(), List.of(row(1, 1, 1, 1, a)))));
    return new MethodRuns(method, SELECTION, curves, 1);
  }

  private static Map<String, Double> row(
      double epoch, double trainLoss, double trainAccuracy, double testLoss, double testAccuracy) {
    return Map.of(
        "epoch",
        epoch,
        "train_loss",
        trainLoss,
        "train_accuracy",
        trainAccuracy,
        "test_loss",
        testLoss,
        "test_accuracy",
        testAccuracy);
  }
}
