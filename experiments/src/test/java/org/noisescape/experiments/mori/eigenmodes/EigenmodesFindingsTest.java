package org.noisescape.experiments.mori.eigenmodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

/**
 * Two networks with eigenvalues 1 and 1/4 at a learning rate of 1/2: relaxed at 5/(1/2 1/4) = 40
 * steps, 1 - eta lambda/2 is 3/4 and 15/16, and eta L/B is 1/50 at L = 0.4.
 */
class EigenmodesFindingsTest {
  private static final ModePoint ONE =
      new ModePoint(
          0,
          12,
          0.5,
          10,
          0.6,
          0.4,
          true,
          new double[] {1, 0.25},
          new double[] {1.6, 0.1},
          0,
          List.of(
              new ModeSnapshot(20, new double[] {9, 9}, 0.9, 0.8),
              new ModeSnapshot(40, new double[] {0.06, 0.02}, 0.5, 0.4),
              new ModeSnapshot(60, new double[] {0.10, 0.06}, 0.3, 0.2)));

  private static final ModePoint TWO =
      new ModePoint(
          1,
          22,
          0.5,
          10,
          0.8,
          0.4,
          true,
          new double[] {1, 0.25},
          new double[] {0.8, 0.8},
          0,
          List.of(
              new ModeSnapshot(20, new double[] {9, 9}, 0.9, 0.8),
              new ModeSnapshot(60, new double[] {0.02, 0.32}, 0.7, 0.6)));

  private final Findings found = Eigenmodes.findings(List.of(ONE, TWO));

  @Test
  void everyNumberIsThatOfTheNetworks() {
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            slope of log Var(q_i.theta) against log lambda_i | -0.910964 | 1.25 | 0 | INCONCLUSIVE
            Var over eta L/B (Mori, Eq. 30) | 2.86291 | 0.491197 | 1 | INCONCLUSIVE
            Var over eta C_ii/(2 lambda_i) (Wei, Eq. 8) | 2.02438 | 0.347329 | 1 | INCONCLUSIVE
            share of |theta - theta_0|^2 along the outliers, once they have relaxed | 0.6 | 0.1 | 1 | INCONCLUSIVE
            S_ii over 2 L lambda_i (Eq. 6) | 1.5 | 0.5 | 1 | -
            slope of log S_ii against log lambda_i of the start (Eq. 6) | 1 | 1 | 1 | -
            share of the variance over replicas along the outliers, once they have relaxed | 0.5 | 0.1 | - | -
            share of |theta - theta_0|^2 along the outliers, at the end | 0.5 | 0.2 | - | -
            |theta - theta_0|^2 per outlying over that per other direction | 14.1667 | 9.16667 | - | -
            steps until the outliers have relaxed | 40 | 0 | - | -
            largest eigenvalue | 1 | 0 | - | -
            smallest of the eigenvalues | 0.25 | 0 | - | -
            L at the start | 0.7 | 0.1 | - | -
            mean L at the end | 0.4 | 0 | - | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival isotropic noise, ~ 1/lambda: INCONCLUSIVE
            slope of log Var(q_i.theta) against log lambda_i | -0.910964 | 1.25 | -1 | INCONCLUSIVE
            rival noise without a force, ~ lambda: INCONCLUSIVE
            slope of log Var(q_i.theta) against log lambda_i | -0.910964 | 1.25 | 1 | INCONCLUSIVE
            rival half the variance: INCONCLUSIVE
            Var over eta L/B (Mori, Eq. 30) | 2.86291 | 0.491197 | 0.5 | INCONCLUSIVE
            Var over eta C_ii/(2 lambda_i) (Wei, Eq. 8) | 2.02438 | 0.347329 | 0.5 | INCONCLUSIVE
            rival twice the variance: INCONCLUSIVE
            Var over eta L/B (Mori, Eq. 30) | 2.86291 | 0.491197 | 2 | INCONCLUSIVE
            Var over eta C_ii/(2 lambda_i) (Wei, Eq. 8) | 2.02438 | 0.347329 | 2 | INCONCLUSIVE
            rival isotropic: n/P of the way: INCONCLUSIVE
            share of |theta - theta_0|^2 along the outliers, once they have relaxed | 0.6 | 0.1 | 0.128788 | INCONCLUSIVE
            """);
  }

  @Test
  void everyCellIsThatOfItsMode() {
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            network,rank,eigenvalue,noise,variance,equal,balanced
            0,1,1.0,1.6,0.08,0.02666666666666667,0.05333333333333334
            0,2,0.25,0.1,0.04,0.021333333333333333,0.010666666666666666
            1,1,1.0,0.8,0.02,0.02666666666666667,0.02666666666666667
            1,2,0.25,0.8,0.32,0.021333333333333333,0.08533333333333333
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            network,step,inside,spread_inside
            0,20,0.9,0.8
            0,40,0.5,0.4
            0,60,0.3,0.2
            1,20,0.9,0.8
            1,60,0.7,0.6
            """);
  }

  @Test
  void everyMarkIsThatOfItsMode() {
    assertThat(FoundText.figures(ModeFigures.of(List.of(ONE, TWO), "a network")))
        .isEqualTo(
            """
            variances | log Eigenvalue λᵢ | log Var(qᵢ·θ) / (ηL/B)
            points network 0: (1, 4) (0.25, 2)
            dotted : (1, 2.66667) (0.25, 0.533333)
            points network 1: (1, 1) (0.25, 16)
            dotted : (1, 1.33333) (0.25, 4.26667)
            dashed ηL/B: (0.25, 1) (1, 1)
            dotted ηCᵢᵢ/(2λᵢ), measured noise:
            thin rival: ∝ 1/λ: (0.25, 2) (1, 0.5)
            thin_dashed rival: ∝ λ: (0.25, 0.5) (1, 2)
            inside-share | log Steps | Share of ‖θ − θ_0‖²
            line network 0: (20, 0.9) (40, 0.5) (60, 0.3)
            dotted : (20, 0.8) (40, 0.4) (60, 0.2)
            line network 1: (20, 0.9) (60, 0.7)
            dotted : (20, 0.8) (60, 0.6)
            dotted of the variance over replicas:
            dashed half: (20, 0.5) (60, 0.5)
            thin isotropic noise: (20, 0.128788) (60, 0.128788)
            """);
  }

  /** Three replicas of three parameters moved to (3, 4, 1), (1, 0, 2), (0, 2, -1); two modes. */
  @Test
  void aSnapshotHoldsTheSpreadOfItsReplicas() {
    ModeReduction reduction =
        new ModeReduction(new double[] {1, 1, 1}, new double[] {1, 0, 0, 0, 1, 0});
    double[] kept = reduction.of(7, new double[] {4, 5, 2, 2, 1, 3, 1, 3, 0});
    assertThat(kept).startsWith(3, 4, 26, 1, 0, 5, 0, 2, 5);
    // (36 - 3 ((4/3)^2 + 2^2 + (2/3)^2))/2
    assertThat(kept[9]).isCloseTo(26.0 / 3, within(1e-12));
    ModeSnapshot snapshot = reduction.snapshot(7, kept);
    assertThat(snapshot.variances()[0]).isCloseTo(7.0 / 3, within(1e-12));
    assertThat(snapshot.variances()[1]).isCloseTo(4, within(1e-12));
    assertThat(snapshot.inside()).isCloseTo(30.0 / 36, within(1e-12));
    assertThat(snapshot.spreadInside()).isCloseTo(19.0 / 26, within(1e-12));
  }

  @Test
  void whereAReplicaDivergedOrNothingRelaxedNothingIsSaid() {
    ModePoint lost =
        new ModePoint(
            2, 12, 0.5, 10, 0.6, 0.4, true, ONE.eigenvalues(), ONE.noise(), 1, ONE.snapshots());
    ModePoint vague =
        new ModePoint(
            2, 12, 0.5, 10, 0.6, 0.4, false, ONE.eigenvalues(), ONE.noise(), 0, ONE.snapshots());
    for (ModePoint point : List.of(lost, vague)) {
      assertThat(FoundText.numbers(Eigenmodes.findings(List.of(ONE, point))))
          .startsWith("slope of log Var(q_i.theta) against log lambda_i | 0.339036 | - | 0 |");
    }
    ModePoint early =
        new ModePoint(
            2,
            12,
            0.5,
            10,
            0.6,
            0.4,
            true,
            ONE.eigenvalues(),
            ONE.noise(),
            0,
            ONE.snapshots().subList(0, 1));
    assertThat(early.late()).isEmpty();
    assertThat(early.slope()).isNaN();
    assertThat(early.insideWhenRelaxed()).isNaN();
    assertThat(early.spreadInsideWhenRelaxed()).isNaN();
    assertThat(early.variances()).containsOnly(Double.NaN);
    assertThat(Eigenmodes.findings(List.of(ONE, early)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }
}
