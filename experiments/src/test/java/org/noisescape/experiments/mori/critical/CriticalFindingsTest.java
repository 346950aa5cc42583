package org.noisescape.experiments.mori.critical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

/** Numbers of six minima and tables of one. */
class CriticalFindingsTest {
  private static final double NAN = Double.NaN;
  private static final double[] FACTORS = {5, 10, 20};
  private static final RateRamp RATES = new RateRamp(0.5, 1.01, 100);
  private static final RateRamp SLOW = new RateRamp(0.25, 1.01, 200);

  /** What the slides predict is 0.01 · 2^i, and what was measured 0.01 · 2^(y − 2). */
  private static final int[] MEASURED = {0, 2, 5, 4, 8, 10};

  /** η_c of one factor for each replica, of which nothing else is read. */
  private static CriticalRamp ramp(RateRamp rates, double[]... critical) {
    return new CriticalRamp(rates, FACTORS, critical, new double[critical[0].length][1]);
  }

  private static List<CriticalPoint> minima() {
    List<CriticalPoint> points = new ArrayList<>();
    for (int i = 0; i < MEASURED.length; i++) {
      // 2 · 8/((12 − 2) h*) = 0.01 · 2^i
      CriticalMinimum minimum =
          new CriticalMinimum(
              i < 3 ? 0.1 : 0.2,
              i < 3 ? 10 : 20,
              i % 3,
              0.01,
              1e-6,
              1,
              160 / Math.pow(2, i),
              1e-6,
              true,
              12);
      double eta = 0.01 * Math.pow(2, MEASURED[i] - 2);
      // by half the factor at half the learning rate, by twice of it at three times
      CriticalRamp fast =
          ramp(
              RATES,
              new double[] {eta, eta / 4},
              new double[] {2 * eta, eta / 2},
              new double[] {6 * eta, 1.5 * eta});
      // the slow ramps of the first two jumped at 4 and 16 times the learning rate
      double slow = i == 0 ? 4 * eta : i == 1 ? 16 * eta : NAN;
      points.add(
          new CriticalPoint(
              minimum,
              8,
              fast,
              ramp(SLOW, new double[] {NAN}, new double[] {slow}, new double[] {NAN})));
    }
    return points;
  }

  /**
   * Exponents x = 0 … 5 and y: ranks 1, 2, 4, 3, 5, 6; Sxx = 17.5, Sxy = 33.5, Syy = 68.83. ln 2 ·
   * (y − 2 − x) has the mean ln 2/3 and the squares 4, 1, 1, 1, 4, 9 times ln² 2; ln 1.8 more for
   * ours, whose denominator is 18, and ln 1.25 less for gradient descent. All have the same n, so
   * that none depends on it.
   */
  @Test
  void everyNumberIsThatOfTheMinima() {
    Findings found = CriticalNumbers.findings(minima());

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            rank correlation with 2B/((n-2)h*), slides | 0.942857 | 0.0679435 | 1 | INCONCLUSIVE
            log-log slope against 2B/((n-2)h*), slides | 1.91429 | 0.259251 | 1 | INCONCLUSIVE
            ln(measured / 2B/((n-2)h*), slides) | 0.231049 | 0.55644 | 0 | INCONCLUSIVE
            slope of ln(eta_c h*) against ln(n-2), 2B/((n-2)h*), slides | - | - | - | INCONCLUSIVE
            ln(measured / predicted), 2B/((n-2)h*), slides | 0.231049 | 0.55644 | 0 | -
            rms of that, 2B/((n-2)h*), slides | 1.26551 | - | - | -
            Pearson correlation of logs, 2B/((n-2)h*), slides | 0.96522 | - | - | -
            rank correlation, 2B/((n-2)h*), slides | 0.942857 | - | - | -
            log-log slope, 2B/((n-2)h*), slides | 1.91429 | 0.259251 | 1 | -
            ln(measured / predicted), 2B/((B+n-2)h*), corrected | 0.818836 | 0.55644 | 0 | -
            rms of that, 2B/((B+n-2)h*), corrected | 1.4895 | - | - | -
            Pearson correlation of logs, 2B/((B+n-2)h*), corrected | 0.96522 | - | - | -
            rank correlation, 2B/((B+n-2)h*), corrected | 0.942857 | - | - | -
            log-log slope, 2B/((B+n-2)h*), corrected | 1.91429 | 0.259251 | 1 | -
            ln(measured / predicted), 2/h*, stability of GD | 0.00790551 | 0.55644 | 0 | -
            rms of that, 2/h*, stability of GD | 1.24426 | - | - | -
            Pearson correlation of logs, 2/h*, stability of GD | 0.96522 | - | - | -
            rank correlation, 2/h*, stability of GD | 0.942857 | - | - | -
            log-log slope, 2/h*, stability of GD | 1.91429 | 0.259251 | 1 | -
            ln(eta_c at half the speed / eta_c) | 2.07944 | 0.693147 | - | -
            ln(eta_c by half the jump's factor / eta_c) | -0.693147 | 0 | - | -
            ln(eta_c by twice the jump's factor / eta_c) | 1.09861 | 0 | - | -
            eta_c of the minima of eta=0.1 B=10 | 0.0125992 | 0.0126889 | 0.02 | -
            eta_c of the minima of eta=0.2 B=20 | 0.403175 | 0.49292 | 0.16 | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival 2/h*, stability of GD: INCONCLUSIVE
            rank correlation with 2/h*, stability of GD | 0.942857 | 0.0679435 | 1 | INCONCLUSIVE
            log-log slope against 2/h*, stability of GD | 1.91429 | 0.259251 | 1 | INCONCLUSIVE
            ln(measured / 2/h*, stability of GD) | 0.00790551 | 0.55644 | 0 | INCONCLUSIVE
            slope of ln(eta_c h*) against ln(n-2), 2/h*, stability of GD | - | - | - | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(found.note()).isEmpty();
  }

  /**
   * The first ramp of each pre-training: the second one does not jump by the factor that counts.
   */
  @Test
  void everyMarkIsThatOfItsMinimum() {
    List<CriticalPoint> points = new ArrayList<>();
    for (CriticalPoint p : minima()) {
      boolean jumps = p.minimum().batch() == 10;
      double[][] losses = {{0.01, 0.02, jumps ? 0.15 : 0.03}, {0.04, 0.05, 0.06}};
      CriticalRamp ramp = new CriticalRamp(RATES, FACTORS, p.ramp().critical(), losses);
      points.add(new CriticalPoint(p.minimum(), 8, ramp, p.slow()));
    }
    assertThat(FoundText.figures(CriticalFigures.of(points, "a network")))
        .isEqualTo(
            """
            critical | log Predicted η_c | log Measured η_c
            dashed measured = predicted: (0.002, 0.002) (3.2, 3.2)
            points 2B/((n−2)h*), slides: (0.01, 0.0025, 0.00173288) (0.08, 0.04, 0.0277261) (0.32, 2.56, 1.77447)
            points 2B/((B+n−2)h*), corrected: (0.00555556, 0.0025, 0.00173288) (0.0444444, 0.04, 0.0277261) (0.177778, 2.56, 1.77447)
            points 2/h*, stability of GD: (0.0125, 0.0025, 0.00173288) (0.1, 0.04, 0.0277261) (0.4, 2.56, 1.77447)
            ramps | log Learning rate η | log Loss L
            line η_ini 0.1, B_ini 10: (0.5, 0.01) (0.5, 0.02) (0.505, 0.15)
            points jump: (0.505, 0.15)
            line η_ini 0.2, B_ini 20: (0.5, 0.01) (0.5, 0.02) (0.505, 0.03)
            """);
  }

  /** η_c = 1 in both replicas: its error is the resolution of the ramp. */
  @Test
  void everyCellIsThatOfItsMinimum() {
    CriticalMinimum minimum = new CriticalMinimum(0.1, 10, 3, 0.0125, 1e-6, 1, 20, 1e-6, true, 6);
    CriticalRamp fast =
        new CriticalRamp(
            RATES,
            FACTORS,
            new double[][] {{0.75, 0.875}, {1, 1}, {2, NAN}},
            new double[][] {{0.01, 0.02}, {0.03}});
    CriticalRamp slow =
        new CriticalRamp(
            SLOW, FACTORS, new double[][] {{0.6}, {0.7}, {0.8}}, new double[][] {{0.04}});

    Findings found = CriticalNumbers.findings(List.of(new CriticalPoint(minimum, 8, fast, slow)));

    // 16/(4 · 20), 16/(12 · 20), 2/20
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            initial_learning_rate,initial_batch,batch,seed,loss,largest,effective_dimension,critical_learning_rate,standard_error,replicas,censored,theory_slides,theory_corrected,stability_limit
            0.1,10,8,3,0.0125,20.0,6.0,1.0,%s,2,0,0.2,%s,0.1
            """
                .formatted(Math.log(1.01) / Math.sqrt(12), 16.0 / 240));
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            initial_learning_rate,initial_batch,seed,hold,replica,factor,critical_learning_rate
            0.1,10,3,100,0,5.0,0.75
            0.1,10,3,100,0,10.0,1.0
            0.1,10,3,100,0,20.0,2.0
            0.1,10,3,100,1,5.0,0.875
            0.1,10,3,100,1,10.0,1.0
            0.1,10,3,100,1,20.0,
            0.1,10,3,200,0,5.0,0.6
            0.1,10,3,200,0,10.0,0.7
            0.1,10,3,200,0,20.0,0.8
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            initial_learning_rate,initial_batch,seed,hold,replica,learning_rate,loss
            0.1,10,3,100,0,0.5,0.01
            0.1,10,3,100,0,0.5,0.02
            0.1,10,3,100,1,0.5,0.03
            0.1,10,3,200,0,0.25,0.04
            """);
  }
}
