package org.noisescape.experiments.mori.stationary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.theory.mori.LogLandscape;

/** Numbers and tables of two judged exponents, one apart and one that diverged. */
class StationaryFindingsTest {
  private static Findings findings() {
    StationaryHistogram histogram =
        new StationaryHistogram(
            new double[] {-1, 0, 2},
            new double[] {0.25, 0.375},
            new double[] {0.01, 0.02},
            new long[] {3, 9},
            0,
            0);
    return StationaryNumbers.findings(points(), Optional.of(histogram));
  }

  private static List<StationaryPoint> points() {
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
    return List.of(large, apart, middle, diverged);
  }

  private static StationaryPoint point(int batch, PowerLawFit fit, int burnIn, double kurtosis) {
    double far = batch / 64.0;
    return new StationaryPoint(
        new LogLandscape(0.5, batch, 1),
        new double[][] {{-far, -far, 0, 0, 0}, {far, far, far, far}},
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

  @Test
  void everyMarkIsThatOfItsPoint() {
    RegressionData data =
        new RegressionData(
            new LinearRegression(1, new double[] {1, -1}, new double[] {0.5, 0.5}),
            new double[] {0},
            0.125,
            new double[] {1},
            1,
            Map.of());
    assertThat(FoundText.figures(StationaryFigures.of(points(), data, "a regression")))
        .isEqualTo(
            """
            exponents | log Mini-batch size B | log Exponent φ of the power law
            dashed : (1, 3) (32, 65) (64, 129)
            line : (1, 2.5) (32, 49) (64, 97)
            dashed : (32, 65)
            line : (32, 49)
            dashed 1 + B/(ηh), the text:
            line with finite steps:
            points η = 0.5: (64, 98, 2) (1, 2.75, 0.05) (32, 50, 0.5)
            points η = 0.25: (32, -, -)
            histogram | θ − θ* | log Density
            dashed the text, 1 + B/(ηh): (-0.5, -) (0, 9.04468) (0.5, -)
            line fit: (-0.5, -) (0, 7.91883) (0.5, -)
            thin Gaussian: (-0.5, 0.461599) (0, 0.977205) (0.5, 0.461599)
            points sampled: (-0.487805, 9.11111, 7.77597) (0, 13.6667, 9.36078) (0.487805, 18.2222, 10.8326)
            kurtosis | log Mini-batch size B | Excess kurtosis of θ
            line power of the loss:
            dotted Gaussian inputs, exactly:
            thin Gaussian: (32, 0) (64, 0)
            line : (32, 0.0645161) (48, 0.0425532) (64, 0.031746)
            dotted : (32, 0.0161559) (48, 0.00992559) (64, 0.00713653)
            points η = 0.5: (64, 0.08, 0.01) (32, 0.05, 0.01)
            """);
  }

  private static double exact(double rate, int batch, double curvature) {
    return StationaryLaw.exactKurtosis(new LogLandscape(rate, batch, curvature));
  }
}
