package org.noisescape.experiments.wei.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.ValleyMinima;

/**
 * Two networks at two rates. Changes over those of Theorem 1: 1 and 1.5 at the lower rate, 0.5 and
 * 0.375 at twice the rate, so that the exponents are 1 and 0.
 */
class NetworkFindingsTest {
  private static final double[][] NONE = new double[2][3];

  /** Means of both rates: lambda 4, 2, 1; variances 4, 2, 1 and 1, 4, 16, slopes 1 and -2. */
  private static final LemmaNumbers LOW_LEMMAS =
      new LemmaNumbers(
          new double[] {1.5, 2.5},
          new double[] {3, 4},
          new double[] {5, 6},
          new double[] {7, 8},
          new double[][] {{6, 3, 1.5}, {1.5, 6, 24}},
          new double[][] {{5, 3, 1.5}, {5, 3, 1.5}},
          new double[] {0.1, 0.3},
          new double[] {0.2, 0.4},
          new double[] {0.5, 0.7},
          new double[] {0.8, 1.2});

  private static final LemmaNumbers HIGH_LEMMAS =
      new LemmaNumbers(
          NONE[0],
          NONE[0],
          NONE[0],
          NONE[0],
          new double[][] {{2, 1, 0.5}, {0.5, 2, 8}},
          new double[][] {{3, 1, 0.5}, {3, 1, 0.5}},
          NONE[0],
          NONE[0],
          NONE[0],
          NONE[0]);

  private static final NetworkRate LOW =
      new NetworkRate(
          0.05,
          0.25,
          10,
          3,
          new double[][] {{10, 9.5, 9}, {20, 19, 17}},
          new double[] {0.11, 0.12},
          new double[][] {{-0.04, -0.06, -0.04}, {-0.08, -0.12, -0.08}},
          new double[][] {{-0.02, -0.02, -0.02}, {-0.08, -0.08, -0.08}},
          new double[][] {{-0.1, -0.1, -0.1}, {-0.3, -0.3, -0.3}},
          0.001,
          LOW_LEMMAS);

  private static final NetworkRate HIGH =
      new NetworkRate(
          0.1,
          0.5,
          5,
          4,
          new double[][] {{10, 9, 8}, {20, 18, 16.25}},
          new double[] {0.13, 0.14},
          new double[][] {{-0.4, -0.4, -0.4}, {-1, -1, -1}},
          new double[][] {{-0.2, -0.2, -0.2}, {-0.5, -0.5, -0.5}},
          new double[][] {{-0.8, -0.8, -0.8}, {-1, -1, -1}},
          0.002,
          HIGH_LEMMAS);

  private static final ValleyMinima MINIMA =
      new ValleyMinima(
          new double[][] {{1}, {2}},
          new double[] {0.01, 0.03},
          new double[][] {{4, 2, 1}, {8, 3, 0.5}},
          new double[] {-0.2, 0.1},
          new double[] {0.9, 0.8},
          new double[] {0.005, 0.004},
          new double[] {0.06, 0.07},
          new double[] {0.08, 0.09});

  private final Findings found = NetworkNumbers.findings(7, MINIMA, List.of(LOW, HIGH));

  @Test
  void everyNumberIsThatOfTheNetworks() {
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            change of tr H / Theorem 1 at eta lambda = 0.05000 | 1.25 | 0.25 | 1 | INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.1000 | 0.4375 | 0.0625 | 1 | INCONCLUSIVE
            exponent d ln|change| / d ln eta | 0.5 | 0.5 | 2 | INCONCLUSIVE
            slope of ln variance on ln lambda, Eq. 8 | -0.5 | 1.5 | 0 | INCONCLUSIVE
            change of tr H / Theorem 1, straight line to eta = 0 | 2.0625 | 0.5625 | - | -
            largest eigenvalue of all minima | 8 | - | - | -
            least positive one | 0.5 | - | - | -
            largest of the others / that | 0.4 | - | 0 | -
            largest loss at a minimum | 0.03 | - | 0 | -
            largest loss at a projected state | 0.002 | - | 0 | -
            largest deviation of v_i.S v_j / (sigma^2 sqrt(lambda_i lambda_j)) from 1 or 0 | 0.07 | - | 0 | -
            tr S / tr H with plain labels | 0.09 | - | 1 | -
            largest relative error of a gradient of an eigenvalue | 0.005 | - | - | -
            L - L* / quadratic form at the projection, Eq. 17 | 2 | 0.5 | 1 | INCONCLUSIVE
            the same in the axes of the first minimum, Eq. 1 | 3.5 | 0.5 | 1 | INCONCLUSIVE
            force along the gradient of the trace / Eq. 7 | 5.5 | 0.5 | 1 | INCONCLUSIVE
            what Eq. 7 misses of the force in a single state | 7.5 | 0.5 | - | -
            mean variance / Eq. 8 | 7 | 3.5 | 1 | INCONCLUSIVE
            share of a nudge across the valley kept, Lemma 2 | 0.3 | 0.1 | 0 | INCONCLUSIVE
            share of the path from first to last projection across the first axes, Prop. 3 | 0.2 | 0.1 | - | -
            distance to the nearest minimum / that of the projection, Eq. 16 | 0.6 | 0.1 | 1 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void everyRivalIsHeldAgainstTheSameNumbers() {
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival no drift of the trace: INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.05000 | 1.25 | 0.25 | 0 | INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.1000 | 0.4375 | 0.0625 | 0 | INCONCLUSIVE
            rival half the rate: INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.05000 | 1.25 | 0.25 | 0.5 | INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.1000 | 0.4375 | 0.0625 | 0.5 | INCONCLUSIVE
            rival twice the rate: INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.05000 | 1.25 | 0.25 | 2 | INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.1000 | 0.4375 | 0.0625 | 2 | DISAGREES
            rival isotropic noise of the same trace in the curved directions: INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.05000 | 1.25 | 0.25 | 0.6 | INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.1000 | 0.4375 | 0.0625 | 0.5 | INCONCLUSIVE
            slope of ln variance on ln lambda, Eq. 8 | -0.5 | 1.5 | -1 | INCONCLUSIVE
            rival the whole gradient of the trace: INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.05000 | 1.25 | 0.25 | 2.5 | INCONCLUSIVE
            change of tr H / Theorem 1 at eta lambda = 0.1000 | 0.4375 | 0.0625 | 1.5 | DISAGREES
            rival change proportional to eta: INCONCLUSIVE
            exponent d ln|change| / d ln eta | 0.5 | 0.5 | 1 | INCONCLUSIVE
            rival projections move with the state: INCONCLUSIVE
            share of a nudge across the valley kept, Lemma 2 | 0.3 | 0.1 | 1 | INCONCLUSIVE
            rival the first minimum is as near: INCONCLUSIVE
            distance to the minimum SGD began at / that of the projection | 1 | 0.2 | 1 | INCONCLUSIVE
            """);
  }

  @Test
  void everyCellIsThatOfItsNetwork() {
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            learning_rate,strength,network,replicas,step,trace,theorem_rate,isotropic_rate,whole_rate,change_error
            0.25,7.0,0,3,0,10.0,-0.04,-0.02,-0.1,0.11
            0.25,7.0,0,3,10,9.5,-0.06,-0.02,-0.1,0.11
            0.25,7.0,0,3,20,9.0,-0.04,-0.02,-0.1,0.11
            0.25,7.0,1,3,0,20.0,-0.08,-0.08,-0.3,0.12
            0.25,7.0,1,3,10,19.0,-0.12,-0.08,-0.3,0.12
            0.25,7.0,1,3,20,17.0,-0.08,-0.08,-0.3,0.12
            0.5,7.0,0,4,0,10.0,-0.4,-0.2,-0.8,0.13
            0.5,7.0,0,4,5,9.0,-0.4,-0.2,-0.8,0.13
            0.5,7.0,0,4,10,8.0,-0.4,-0.2,-0.8,0.13
            0.5,7.0,1,4,0,20.0,-1.0,-0.5,-1.0,0.14
            0.5,7.0,1,4,5,18.0,-1.0,-0.5,-1.0,0.14
            0.5,7.0,1,4,10,16.25,-1.0,-0.5,-1.0,0.14
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            learning_rate,network,direction,eigenvalue,variance_over_theory
            0.25,0,0,5.0,6.0
            0.25,0,1,3.0,3.0
            0.25,0,2,1.5,1.5
            0.25,1,0,5.0,1.5
            0.25,1,1,3.0,6.0
            0.25,1,2,1.5,24.0
            0.5,0,0,3.0,2.0
            0.5,0,1,1.0,1.0
            0.5,0,2,0.5,0.5
            0.5,1,0,3.0,0.5
            0.5,1,1,1.0,2.0
            0.5,1,2,0.5,8.0
            """);
  }

  @Test
  void everyMarkIsThatOfItsRate() {
    assertThat(FoundText.figures(NetworkFigures.of(7, List.of(LOW, HIGH))))
        .isEqualTo(
            """
            network-trace | η²s/4 times steps | Change of the trace
            points SGD, ηλ = 0.0500: (0, 0) (1.09375, -0.75) (2.1875, -2)
            dashed Theorem 1: (0, 0) (1.09375, -0.75) (2.1875, -1.5)
            thin half and twice: (0, 0) (1.09375, -0.375) (2.1875, -0.75)
            thin : (0, 0) (1.09375, -1.5) (2.1875, -3)
            thin isotropic noise: (0, 0) (1.09375, -0.5) (2.1875, -1)
            thin the whole gradient: (0, 0) (1.09375, -2) (2.1875, -4)
            thin no drift: (0, 0) (1.09375, 0) (2.1875, 0)
            points SGD, ηλ = 0.100: (0, 0) (2.1875, -1.5) (4.375, -2.875)
            dashed : (0, 0) (2.1875, -3.5) (4.375, -7)
            network-variances | log Eigenvalue at the projection | log Variance / (ηs/2)
            points SGD: (5, 6) (5, 1.5) (1.5, 24)
            dashed Eq. 8: (1.5, 1) (5, 1)
            dotted with the iteration's own factor: (1.5, 1.23077) (5, 2.66667)
            thin isotropic noise: (1.5, 2.11111) (5, 0.633333)
            """);
  }

  @Test
  void aMeanChangeAStepIsOverAllSteps() {
    assertThat(LOW.perStep(0)).isEqualTo(-1.0 / 20);
    assertThat(HIGH.perStep(1)).isEqualTo(-3.75 / 10);
  }
}
