package org.noisescape.experiments.mori.hessian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.mori.EigenvalueStaircase;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.report.Figure;

/** Numbers and tables of two spectra: n = (Σλ)²/Σλ² is 256/96 and 1024/272. */
class HessianFindingsTest {
  private static final List<HessianPoint> SEEDS =
      List.of(
          new HessianPoint(
              0,
              200,
              0.03,
              0.002,
              0.75,
              new double[] {8, 4, 4, 0},
              1e-9,
              new double[] {12, 1},
              new double[] {1e-5, 2e-5},
              true,
              31),
          new HessianPoint(
              1,
              100,
              0.05,
              0.006,
              0.5,
              new double[] {16, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
              2e-9,
              new double[] {20, 2},
              new double[] {3e-5, 4e-5},
              true,
              32));

  @Test
  void everyNumberIsThatOfTheSpectra() {
    Findings found = HessianSpectrum.findings(Preset.QUICK, SEEDS);

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            effective dimension n (Eq. 44) | 3.21569 | 0.54902 | 10 | INCONCLUSIVE
            median nonzero eigenvalue / lambda_1 | 0.28125 | 0.21875 | 0.01 | INCONCLUSIVE
            lambda_1(H) / lambda_1(G) | 1.375 | 0.125 | 1 | INCONCLUSIVE
            L | 0.04 | 0.01 | - | -
            lambda_1 of G | 12 | 4 | - | -
            effective dimension n of the text | 3.21569 | 0.54902 | - | -
            n / P | 0.0254902 | 0.0121569 | - | -
            outliers, 0 where the bulk has no sharp edge | 0.5 | 0.5 | - | -
            |grad L|^2 | 0.004 | 0.002 | - | -
            lambda_1, standard deviation over seeds | 5.65685 | - | - | -
            n, standard deviation over seeds | 0.776431 | - | - | -
            """);
    // 4 and 17 eigenvalues; (Σ 1/i)²/Σ 1/i² of them is 3.04878 and 7.45086
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival isotropic spectrum: INCONCLUSIVE
            effective dimension n (Eq. 44) | 3.21569 | 0.54902 | 10.5 | INCONCLUSIVE
            rival lambda_i ~ 1/i: INCONCLUSIVE
            effective dimension n (Eq. 44) | 3.21569 | 0.54902 | 5.24982 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** √1.5 s of two seeds: 0.0173205, 6.92820, 0.950931. */
  @Test
  void numbersOfTheTextAreJudgedApartAtItsSizes() {
    assertThat(FoundText.numbers(HessianSpectrum.findings(Preset.STANDARD, SEEDS)))
        .contains(
            """
            L, apart | 0.04 | 0.0173205 | 0.035 | INCONCLUSIVE
            lambda_1 of G, apart | 12 | 6.9282 | 95.6 | INCONCLUSIVE
            effective dimension n of the text, apart | 3.21569 | 0.95093 | 12.7 | INCONCLUSIVE
            """);
  }

  @Test
  void everyCellIsThatOfItsSeed() {
    Findings found = HessianSpectrum.findings(Preset.QUICK, SEEDS);

    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            seed,loss,gradient_norm_squared,train_accuracy,largest,effective_dimension,outliers,median,eigenvalue_error,largest_of_hessian,hessian_products
            0,0.03,0.002,0.75,8.0,2.6666666666666665,0,4.0,1.0E-9,12.0,31
            1,0.05,0.006,0.5,16.0,%s,1,1.0,2.0E-9,20.0,32
            """
                .formatted(1024.0 / 272));
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            seed,rank,hessian,residual,gauss_newton
            0,1,12.0,1.0E-5,8.0
            0,2,1.0,2.0E-5,4.0
            1,1,20.0,3.0E-5,16.0
            1,2,2.0,4.0E-5,1.0
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            seed,rank,eigenvalue
            0,1,8.0
            0,2,4.0
            0,3,4.0
            0,4,0.0
            1,1,16.0
            """
                + IntStream.rangeClosed(2, 17)
                    .mapToObj("1,%d,1.0\n"::formatted)
                    .collect(Collectors.joining()));
  }

  @Test
  void everyMarkIsThatOfItsSeed() {
    assertThat(FoundText.figures(HessianFigures.of(SEEDS, "a network", true)))
        .isEqualTo(
            """
            histogram | log Eigenvalue λ | log Eigenvalues a bin
            line replica 0: (0.000000160016, 0.5) (0.00160016, 0.5) (16.0016, 0.5)
            line replica 1: (0.000000160016, 0.5) (0.00160016, 0.5) (16.0016, 1)
            largest | Rank i | Eigenvalue λ
            line G, replica 0: (1, 8) (2, 4) (3, 4) (4, 0)
            line G, replica 1: (1, 16) (9, 1) (17, 1)
            points H itself (Lanczos), all replicas: (1, 12) (2, 1) (1, 20) (2, 2)
            thin rival: isotropic: (1, 4) (2, 4) (3, 4) (4, 4)
            thin_dashed rival: ∝ 1/i: (1, 7.68) (2, 3.84) (3, 2.56) (4, 1.92)
            dashed λ₁ of the text, 95.6: (1, 95.6) (30, 95.6)
            """);
  }

  @Test
  void everyStaircaseCountsItsOwnEigenvaluesAndEmptyBinsAsAHalf() {
    Figure histogram = HessianFigures.of(SEEDS, "a network", true).getFirst();
    for (HessianPoint seed : SEEDS) {
      // eight decades of four bins
      double[] counts = EigenvalueStaircase.of(seed.eigenvalues(), 1.60016e-7, 16.0016, 32).y();
      assertThat(((Figure.Line) histogram.marks().get(seed.seed())).y())
          .containsExactly(Arrays.stream(counts).map(c -> c == 0 ? 0.5 : c).toArray());
    }
  }

  @Test
  void theNumberOfTheTextIsDrawnAtItsSizesOnly() {
    assertThat(FoundText.figures(HessianFigures.of(SEEDS, "a network", false)))
        .isEqualTo(
            FoundText.figures(HessianFigures.of(SEEDS, "a network", true))
                .replaceFirst("dashed λ₁ of the text.*\n", ""));
  }
}
