package org.noisescape.experiments.meng.plsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.runs.TrainConfiguration;

/** Numbers and tables of four methods on two seeds, three of them on two others. */
class PlSgdFindingsTest {
  private static final NoiseMethod SGLD = NoiseMethod.sgld(0.001);
  private static final NoiseMethod STRONG = NoiseMethod.sgld(0.002);
  private static final NoiseMethod PL_SGD = NoiseMethod.powerLaw(0.02, 1e-4);
  private static final SeedRange SELECTION = new SeedRange(0, 2);
  private static final SeedRange COMPARISON = new SeedRange(2, 2);

  /** Runs of one epoch; a value of a quantity differs by a power of two from that of another. */
  private static MethodRuns runs(NoiseMethod method, SeedRange seeds, double... scales) {
    List<SeedCurve> curves = new ArrayList<>();
    for (double scale : scales) {
      curves.add(
          new SeedCurve(
              seeds.first() + curves.size(),
              List.of(
                  Map.of(
                      "epoch",
                      3.0,
                      "train_loss",
                      scale,
                      "train_accuracy",
                      scale / 4,
                      "test_loss",
                      3 * scale,
                      "test_accuracy",
                      scale / 16))));
    }
    return new MethodRuns(method, seeds, curves, 1);
  }

  static final PlSgdResult RESULT =
      new PlSgdResult(
          new PlSgdPlan(
              TrainConfiguration.defaults(),
              List.of(NoiseMethod.SGD, SGLD, STRONG, PL_SGD),
              SELECTION,
              COMPARISON,
              1,
              1,
              CurveQuantity.LOSS_GAP,
              0.005),
          List.of(
              runs(NoiseMethod.SGD, SELECTION, 1, 2),
              runs(SGLD, SELECTION, 2, 5),
              runs(STRONG, SELECTION, 3, 1),
              runs(PL_SGD, SELECTION, 4, 7)),
          List.of(
              runs(NoiseMethod.SGD, COMPARISON, 1, 3),
              runs(SGLD, COMPARISON, 4),
              runs(PL_SGD, COMPARISON, 3, 9)));

  /**
   * Accuracies are a sixteenth of the scales, gaps of the accuracy three sixteenths, those of the
   * loss twice: PL-SGD less SGD is 2 and 6 on the comparison seeds, 3 and 5 on the selection's,
   * SGLD less SGD 1 and 3 there, or 2 and 3 with the better one of each seed; SGLD came to the end
   * on seed 2 only, where PL-SGD less SGLD is −1.
   */
  @Test
  void everyNumberIsThatOfItsMethods() {
    Findings found = PlSgdNumbers.findings(RESULT);

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            (1) test accuracy, PL-SGD - SGD | 0.25 | - | 0 | INCONCLUSIVE
            (1) seeds | 2 | - | - | -
            (2) loss gap, PL-SGD - SGD | 8 | - | 0 | INCONCLUSIVE
            (2) seeds | 2 | - | - | -
            (3) test accuracy, SGLD - SGD | 0.1875 | - | 0.005 | INCONCLUSIVE
            (3) seeds | 1 | - | - | -
            (4) log10 training loss, SGLD 0.002 - SGD | 0.0880456 | - | 0 | INCONCLUSIVE
            (4) seeds | 2 | - | - | -
            lambda1 chosen | 0.02 | - | 0.02 | -
            lambda2 chosen | 0.0001 | - | 0.0001 | -
            lambda3 chosen | 0.001 | - | 0.001 | -
            test accuracy, SGD | 0.125 | 0.0625 | - | -
            training loss, SGD | 2 | 1 | - | -
            test accuracy, SGLD 0.001 | 0.25 | - | - | -
            training loss, SGLD 0.001 | 4 | - | - | -
            test accuracy, PL-SGD 0.02, 0.0001 | 0.375 | 0.1875 | - | -
            training loss, PL-SGD 0.02, 0.0001 | 6 | 3 | - | -
            test accuracy, PL-SGD - SGLD | -0.0625 | - | - | -
            accuracy gap, PL-SGD - SGD | 0.75 | 0.375 | - | -
            selection seeds: test accuracy, PL-SGD - SGD, chosen variances | 0.25 | 0.0625 | - | -
            selection seeds: test accuracy, PL-SGD - SGD, best of each seed | 0.25 | 0.0625 | - | -
            selection seeds: test accuracy, SGLD - SGD, chosen variances | 0.125 | 0.0625 | - | -
            selection seeds: test accuracy, SGLD - SGD, best of each seed | 0.15625 | 0.03125 | - | -
            selection seeds: test accuracy, SGLD 0.001 - SGD | 0.125 | 0.0625 | - | -
            selection seeds: test loss - training loss, SGLD 0.001 - SGD | 4 | 2 | - | -
            selection seeds: test accuracy, PL-SGD 0.02, 0.0001 - SGD | 0.25 | 0.0625 | - | -
            selection seeds: test loss - training loss, PL-SGD 0.02, 0.0001 - SGD | 8 | 2 | - | -
            methods with a seed that diverged | 0 | - | - | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival no difference: state-dependent noise leaves the test accuracy as it is: INCONCLUSIVE
            (1) test accuracy, PL-SGD - SGD | 0.25 | - | 0 | INCONCLUSIVE
            rival any noise: additive noise has the same test accuracy: INCONCLUSIVE
            (1) test accuracy, PL-SGD - SGLD | -0.0625 | - | 0 | INCONCLUSIVE
            """);
    // two seeds tell nothing
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void everyCellIsThatOfItsSeed() {
    Findings found = PlSgdNumbers.findings(RESULT);
    String finals =
        """
        set,method,state_dependent,additive,seed,train_loss,test_accuracy,loss_gap,accuracy_gap,test_loss,train_accuracy
        selection,SGD,0.0,0.0,0,1.0,0.0625,2.0,0.1875,3.0,0.25
        selection,SGD,0.0,0.0,1,2.0,0.125,4.0,0.375,6.0,0.5
        selection,SGLD,0.0,0.001,0,2.0,0.125,4.0,0.375,6.0,0.5
        selection,SGLD,0.0,0.001,1,5.0,0.3125,10.0,0.9375,15.0,1.25
        selection,SGLD,0.0,0.002,0,3.0,0.1875,6.0,0.5625,9.0,0.75
        selection,SGLD,0.0,0.002,1,1.0,0.0625,2.0,0.1875,3.0,0.25
        selection,PL-SGD,0.02,1.0E-4,0,4.0,0.25,8.0,0.75,12.0,1.0
        selection,PL-SGD,0.02,1.0E-4,1,7.0,0.4375,14.0,1.3125,21.0,1.75
        comparison,SGD,0.0,0.0,2,1.0,0.0625,2.0,0.1875,3.0,0.25
        comparison,SGD,0.0,0.0,3,3.0,0.1875,6.0,0.5625,9.0,0.75
        comparison,SGLD,0.0,0.001,2,4.0,0.25,8.0,0.75,12.0,1.0
        comparison,PL-SGD,0.02,1.0E-4,2,3.0,0.1875,6.0,0.5625,9.0,0.75
        comparison,PL-SGD,0.02,1.0E-4,3,9.0,0.5625,18.0,1.6875,27.0,2.25
        """;

    assertThat(FoundText.table(found, 1)).isEqualTo(finals);
    // the curves have the only epoch behind the seed
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            finals
                .lines()
                .map(line -> line.replaceFirst("^((?:[^,]*,){5})", "$1" + epoch(line) + ","))
                .collect(Collectors.joining("\n", "", "\n")));
    List<String> claims = FoundText.table(found, 4).lines().toList();
    assertThat(claims).hasSize(1 + 4);
    assertThat(claims.getFirst())
        .isEqualTo("claim,mean,standard_error,n,p,bound,lower,upper,verdict");
    PairedDifference first = PairedDifference.of(0.125, 0.375);
    assertThat(claims.get(1))
        .isEqualTo(
            "\"(1) test accuracy, PL-SGD - SGD\",0.25,0.125,2,%s,0.0,%s,%s,INCONCLUSIVE"
                .formatted(first.pValue(), first.lower(), first.upper()));
    assertThat(claims.get(3))
        .isEqualTo("\"(3) test accuracy, SGLD - SGD\",0.1875,,1,,0.005,,,INCONCLUSIVE");
  }

  private static String epoch(String line) {
    return line.startsWith("set") ? "epoch" : "3.0";
  }

  /** Of two seeds the error of the mean is half their distance. */
  @Test
  void methodsHaveMeansOverTheSeedsThatCameToTheEnd() {
    String[] rows = FoundText.table(PlSgdNumbers.findings(RESULT), 2).split("\n", -1);

    assertThat(rows[0])
        .isEqualTo(
            "set,method,state_dependent,additive,n,diverged,train_loss,train_loss_standard_error,test_accuracy,test_accuracy_standard_error,loss_gap,loss_gap_standard_error,accuracy_gap,accuracy_gap_standard_error,test_loss,test_loss_standard_error,train_accuracy,train_accuracy_standard_error");
    assertThat(rows[5]).startsWith("comparison,SGD,0.0,0.0,2,0,");
    double[] means =
        Arrays.stream(rows[5].split(",", -1)).skip(6).mapToDouble(Double::parseDouble).toArray();
    assertThat(means)
        .containsExactly(
            new double[] {2, 1, 0.125, 0.0625, 4, 2, 0.375, 0.1875, 6, 3, 0.5, 0.25},
            within(1e-12));
    assertThat(rows[6]).isEqualTo("comparison,SGLD,0.0,0.001,1,1,4.0,,0.25,,8.0,,0.75,,12.0,,1.0,");
    assertThat(rows).hasSize(1 + 7 + 1);
  }

  @Test
  void differencesAreFromSgdOnTheSameSeeds() {
    List<String> rows = FoundText.table(PlSgdNumbers.findings(RESULT), 3).lines().toList();

    assertThat(rows.getFirst())
        .isEqualTo(
            "set,method,state_dependent,additive,quantity,mean,standard_error,n,p,lower,upper");
    // six quantities and the logarithm, of three methods and of two
    assertThat(rows).hasSize(1 + 7 * 5);
    assertThat(rows.get(1))
        .isEqualTo("selection,SGLD,0.0,0.001,train_loss," + cells(new double[] {2, 5}, 1, 2));
    assertThat(rows.get(7))
        .isEqualTo(
            "selection,SGLD,0.0,0.001,log10_train_loss,"
                + cells(new double[] {Math.log10(2), Math.log10(5)}, Math.log10(1), Math.log10(2)));
    assertThat(rows.get(22)).isEqualTo("comparison,SGLD,0.0,0.001,train_loss,3.0,,1,,,");
    assertThat(rows.get(29))
        .isEqualTo("comparison,PL-SGD,0.02,1.0E-4,train_loss," + cells(new double[] {3, 9}, 1, 3));
  }

  private static String cells(double[] method, double... sgd) {
    PairedDifference d = PairedDifference.of(method, sgd);
    return d.mean()
        + ","
        + d.standardError()
        + ","
        + d.n()
        + ","
        + d.pValue()
        + ","
        + d.lower()
        + ","
        + d.upper();
  }
}
