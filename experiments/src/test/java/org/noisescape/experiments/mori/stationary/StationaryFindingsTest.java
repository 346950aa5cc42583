package org.noisescape.experiments.mori.stationary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.theory.mori.LogLandscape;

/** Numbers and tables of two judged exponents, one apart and one that diverged. */
class StationaryFindingsTest {
  private static Findings findings() {
    StationaryPoint large =
        point(64, new PowerLawFit(98, 2, 3, 0.01, 0.7, 1000, 1e9, true), 40, 0.08);
    StationaryPoint apart =
        point(1, new PowerLawFit(2.75, 0.05, 0.06, 0.02, 0.8, 2000, 1e9, true), 50, 0.3);
    StationaryPoint middle =
        point(32, new PowerLawFit(50, 0.5, 1.5, 0.03, 0.9, 3000, 1e9, true), 60, 0.05);
    StationaryPoint diverged =
        new StationaryPoint(
            new LogLandscape(0.25, 32, 2),
            new double[0][],
            new BurnIn(0, 10, false),
            null,
            PointEstimate.unknown(Double.NaN));
    StationaryHistogram histogram =
        new StationaryHistogram(
            new double[] {-1, 0, 2},
            new double[] {0.25, 0.375},
            new double[] {0.01, 0.02},
            new long[] {3, 9},
            0,
            0);
    return StationaryNumbers.findings(
        List.of(large, apart, middle, diverged), Optional.of(histogram));
  }

  private static StationaryPoint point(int batch, PowerLawFit fit, int burnIn, double kurtosis) {
    return new StationaryPoint(
        new LogLandscape(0.5, batch, 1),
        new double[0][],
        new BurnIn(burnIn, 100, true),
        fit,
        new PointEstimate(kurtosis, 0.01, 19));
  }

  /**
   * B/(eta h) = 128, 2, 64, 64, with finite steps 3/4 of it: phi_d = 97, 2.5, 49, 49, and kurtoses
   * 6/189, none, 6/93. Their factor is (0.08/31.5 + 0.05/15.5)/(1/31.5² + 1/15.5²).
   */
  @Test
  void everyNumberIsThatOfItsPoint() {
    Findings found = findings();

    // mean of 98/97 and 50/49 with half the root of (2/97)² + (0.5/49)²; of 98/129 and 50/65
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            phi, eta=0.5 B=64 | 98 | 2 | 97 | AGREES
            phi, eta=0.5 B=32 | 50 | 0.5 | 49 | AGREES
            phi, eta=0.25 B=32, diverged | - | - | 49 | INCONCLUSIVE
            excess kurtosis over that of L^-phi_d, eta=0.5 | 1.11515 | 0.139075 | 1 | AGREES
            excess kurtosis over that of L^-phi_d, eta=0.25 | - | - | 1 | INCONCLUSIVE
            phi, eta=0.5 B=1, apart | 2.75 | 0.05 | 2 | DISAGREES
            excess kurtosis, eta=0.5 B=64; theory: exactly for Gaussian inputs | 0.08 | 0.01 | 0.00713653 | -
            excess kurtosis, eta=0.5 B=32; theory: exactly for Gaussian inputs | 0.05 | 0.01 | 0.0161559 | -
            mean phi / phi_d, eta=0.5 | 1.01536 | 0.0115027 | 1 | -
            mean phi / phi of the text, eta=0.5 | 0.76446 | 0.00865364 | 1 | -
            mean phi / phi_d, eta=0.25 | - | - | 1 | -
            mean phi / phi of the text, eta=0.25 | - | - | 1 | -
            """);
    // the point apart does not count
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** Kurtoses 6/253 and 6/125 of the text; a Gaussian of variance 1/(2·96.5) a² has nearly φ_d. */
  @Test
  void rivalsAreHeldAgainstTheSameNumbers() {
    assertThat(FoundText.rivals(findings()))
        .isEqualTo(
            """
            rival Gaussian of SGD's own variance: DISAGREES
            phi, eta=0.5 B=64 | 98 | 2 | 96.4923 | AGREES
            phi, eta=0.5 B=32 | 50 | 0.5 | 48.4848 | AGREES
            phi, eta=0.25 B=32, diverged | - | - | 48.4848 | INCONCLUSIVE
            excess kurtosis over that of L^-phi_d, eta=0.5 | 1.11515 | 0.139075 | 0 | DISAGREES
            excess kurtosis over that of L^-phi_d, eta=0.25 | - | - | 0 | INCONCLUSIVE
            rival L^-phi of the text, phi = 1 + B/(eta h): DISAGREES
            phi, eta=0.5 B=64 | 98 | 2 | 129 | DISAGREES
            phi, eta=0.5 B=32 | 50 | 0.5 | 65 | DISAGREES
            phi, eta=0.25 B=32, diverged | - | - | 65 | INCONCLUSIVE
            excess kurtosis over that of L^-phi_d, eta=0.5 | 1.11515 | 0.139075 | 0.744592 | INCONCLUSIVE
            excess kurtosis over that of L^-phi_d, eta=0.25 | - | - | 0.744 | INCONCLUSIVE
            """);
  }

  @Test
  void everyCellIsThatOfItsPoint() {
    Findings found = findings();

    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            learning_rate,batch,phi,standard_error,phi_paper,phi_corrected
            0.5,64,98.0,2.0,129.0,97.0
            0.5,1,2.75,0.05,3.0,2.5
            0.5,32,50.0,0.5,65.0,49.0
            0.25,32,,,65.0,49.0
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            learning_rate,batch,phi,phi_second_moment,sandwich_error,ks_distance,ks_scaled,samples,effective_samples,burn_in_samples,judged,verdict,excess_kurtosis,excess_kurtosis_error,excess_kurtosis_power_law,excess_kurtosis_exact
            0.5,64,98.0,96.5,3.0,0.01,0.7,1000,1.0E9,40,corrected,AGREES,0.08,0.01,%s,%s
            0.5,1,2.75,2.0,0.06,0.02,0.8,2000,1.0E9,50,apart,DISAGREES,0.3,0.01,Infinity,Infinity
            0.5,32,50.0,48.5,1.5,0.03,0.9,3000,1.0E9,60,corrected,AGREES,0.05,0.01,%s,%s
            0.25,32,,48.5,,,,0,0.0,0,corrected,INCONCLUSIVE,,,%s,%s
            """
                .formatted(
                    6.0 / 189,
                    exact(0.5, 64, 1),
                    6.0 / 93,
                    exact(0.5, 32, 1),
                    6.0 / 93,
                    exact(0.25, 32, 2)));
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            from,to,count,density,standard_error
            -1.0,0.0,3,0.25,0.01
            0.0,2.0,9,0.375,0.02
            """);
  }

  private static double exact(double rate, int batch, double curvature) {
    return StationaryLaw.exactKurtosis(new LogLandscape(rate, batch, curvature));
  }
}
