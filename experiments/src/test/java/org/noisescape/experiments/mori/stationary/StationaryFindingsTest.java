package org.noisescape.experiments.mori.stationary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.theory.mori.LogLandscape;

/** Numbers and tables of two judged exponents, one apart and one that diverged. */
class StationaryFindingsTest {
  private static Findings findings() {
    StationaryPoint large = point(64, new PowerLawFit(98, 2, 3, 0.01, 0.7, 1000, 500, true), 40);
    StationaryPoint apart =
        point(1, new PowerLawFit(2.75, 0.05, 0.06, 0.02, 0.8, 2000, 600, true), 50);
    StationaryPoint middle = point(32, new PowerLawFit(50, 1, 1.5, 0.03, 0.9, 3000, 700, true), 60);
    StationaryPoint diverged =
        new StationaryPoint(
            new LogLandscape(0.25, 32, 2), new double[0][], new BurnIn(0, 10, false), null);
    StationaryHistogram histogram =
        new StationaryHistogram(
            new double[] {-1, 0, 2},
            new double[] {0.25, 0.375},
            new double[] {0.01, 0.02},
            new long[] {3, 9},
            0,
            0);
    return Stationary.findings(List.of(large, apart, middle, diverged), Optional.of(histogram));
  }

  private static StationaryPoint point(int batch, PowerLawFit fit, int burnIn) {
    return new StationaryPoint(
        new LogLandscape(0.5, batch, 1), new double[0][], new BurnIn(burnIn, 100, true), fit);
  }

  /** B/(eta h) = 128, 2, 64, 64, with finite steps 3/4 of it: phi_d = 97, 2.5, 49, 49. */
  @Test
  void everyNumberIsThatOfItsPoint() {
    Findings found = findings();

    // mean of 98/97 and 50/49 with half the root of (2/97)² + (1/49)²; of 98/129 and 50/65
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            phi, eta=0.5 B=64 | 98 | 2 | 97 | AGREES
            phi, eta=0.5 B=1, apart | 2.75 | 0.05 | 2 | DISAGREES
            phi, eta=0.5 B=32 | 50 | 1 | 49 | AGREES
            phi, eta=0.25 B=32, diverged | - | - | 49 | INCONCLUSIVE
            mean phi / phi_d, eta=0.5 | 1.01536 | 0.0145053 | 1 | -
            mean phi / phi of the text, eta=0.5 | 0.76446 | 0.0109208 | 1 | -
            mean phi / phi_d, eta=0.25 | - | - | 1 | -
            mean phi / phi of the text, eta=0.25 | - | - | 1 | -
            """);
    // the point apart does not count
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
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
            0.5,32,50.0,1.0,65.0,49.0
            0.25,32,,,65.0,49.0
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            learning_rate,batch,phi,phi_second_moment,sandwich_error,ks_distance,ks_scaled,samples,effective_samples,burn_in_samples,judged,verdict
            0.5,64,98.0,96.5,3.0,0.01,0.7,1000,500.0,40,corrected,AGREES
            0.5,1,2.75,2.0,0.06,0.02,0.8,2000,600.0,50,apart,DISAGREES
            0.5,32,50.0,48.5,1.5,0.03,0.9,3000,700.0,60,corrected,AGREES
            0.25,32,,48.5,,,,0,0.0,0,corrected,INCONCLUSIVE
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            from,to,count,density,standard_error
            -1.0,0.0,3,0.25,0.01
            0.0,2.0,9,0.375,0.02
            """);
  }
}
