package org.noisescape.experiments.mori.networkpassage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.dynamics.statistics.MeanPassageTime.Method;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.theory.mori.LogLandscape;

/** Numbers and tables of a learning rate with a slope and of one whose replica never passed. */
class NetworkPassageFindingsTest {
  private static final double NAN = Double.NaN;

  /** λ₁ = 4, n = 64/32. */
  private static final HessianPoint MINIMUM =
      new HessianPoint(
          0,
          100,
          0.03,
          1e-4,
          0.99,
          new double[] {4, 4, 0},
          1e-9,
          new double[] {5},
          new double[] {1e-5},
          true,
          30);

  private static PassagePoint passed(double level, double time, double error) {
    return new PassagePoint(
        level,
        new CensoredTimes(new double[] {time + 1}, new boolean[] {true}),
        new MeanPassageTime(time, error, 0, 1e3, 7, 0, Method.SAMPLE_MEAN, true));
  }

  private static final NetworkPassageFit FIT = new NetworkPassageFit(5, 0.5, 2, 3, 0.25, 7);

  private static Findings findings() {
    return NetworkPassageNumbers.findings(curves(), FIT, MINIMUM);
  }

  private static List<NetworkPassageCurve> curves() {
    List<PassagePoint> points = List.of(passed(2, 10, 1), passed(4, 40, 2), passed(8, 80, 3));
    PassagePoint never =
        new PassagePoint(
            2,
            new CensoredTimes(new double[] {100}, new boolean[] {false}),
            new MeanPassageTime(
                NAN, NAN, 100, Double.POSITIVE_INFINITY, 9, 9, Method.LOWER_BOUND, false));
    PassageSlope none = new PassageSlope(List.of(), NAN, NAN, NAN);
    // B/(eta h) is 8 and 16
    NetworkPassageCurve fitted =
        new NetworkPassageCurve(
            new LogLandscape(0.5, 4, 1),
            points,
            new PassageSlope(points, 6.25, 0.125, 0.98),
            new PassageSlope(points.subList(0, 2), 5.5, 0.2, 0.9),
            0.75,
            1);
    NetworkPassageCurve open =
        new NetworkPassageCurve(new LogLandscape(0.25, 4, 1), List.of(never), none, none, 0.625, 2);
    return List.of(fitted, open);
  }

  /** B/(eta h) + 1 - n/2 with the fitted n = 5 is 6.5 and 14.5, with that of the spectrum 8, 16. */
  @Test
  void everyNumberIsThatOfItsLearningRate() {
    Findings found = findings();

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            slope, eta=0.5, c 2.0 to 8.0 | 6.25 | 0.125 | 6.5 | AGREES
            slope, eta=0.25, no threshold in the window | - | - | 14.5 | INCONCLUSIVE
            n fitted, h* measured; theory: Eq. 44 | 5 | 0.5 | 2 | INCONCLUSIVE
            r^2 of the line, eta=0.5 | 0.98 | - | - | -
            r^2 of the line, eta=0.25 | - | - | - | -
            h of slope against B/eta; theory: lambda_1 of G | 3 | 0.25 | 4 | -
            n of that line; theory: Eq. 44 | 7 | - | 2 | -
            slope where all passed, eta=0.5, c 2.0 to 4.0; theory: n of Eq. 44 | 5.5 | 0.2 | 8 | -
            L* | 0.03 | - | - | -
            least L/L* at the end, eta=0.5 | 0.75 | - | - | -
            least L/L* at the end, eta=0.25 | 0.625 | - | - | -
            replicas diverged | 3 | - | - | -
            """);
    // 2, 4 and 8 have the same distances of logarithms: the ends count
    double base = 8 * 6 / Math.log(4);
    double weight = Math.log(7) / Math.log(4) / 2;
    double n = (base - 6.25) / weight;
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival exponential in the loss, one n fitted: INCONCLUSIVE
            slope, eta=0.5, c 2.0 to 8.0 | 6.25 | 0.125 | 6.25 | AGREES
            slope, eta=0.25, no threshold in the window | - | - | - | INCONCLUSIVE
            %s
            rival Eq. 16 with n = 0: DISAGREES
            slope, eta=0.5, c 2.0 to 8.0 | 6.25 | 0.125 | 9 | DISAGREES
            slope, eta=0.25, no threshold in the window | - | - | 17 | INCONCLUSIVE
            n fitted, h* measured | 5 | 0.5 | 0 | INCONCLUSIVE
            """
                .formatted(
                    FoundText.line(
                        "n fitted, h* measured; theory: Eq. 44",
                        n,
                        0.125 / weight,
                        2,
                        Optional.of(Verdict.INCONCLUSIVE))));
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(found.note()).startsWith(" 9 passages did not happen within the step limit");
  }

  @Test
  void everyMarkIsThatOfItsLearningRate() {
    assertThat(FoundText.figures(NetworkPassageFigures.of(curves(), FIT, MINIMUM, "a network")))
        .isEqualTo(
            """
            first-passage | log c = L/L* at the threshold | log Mean first-passage time t = ηk
            dashed : (2, 0.350769) (8, 2873.5)
            dotted : (2, 0.124016) (8, 8127.49)
            thin : (2, 0.417137) (8, 2416.32)
            dashed Eq. 16, n fitted:
            dotted Eq. 16, n of Eq. 44:
            thin exponential in the loss:
            points η = 0.5: (2, 10, 1) (4, 40, 2) (8, 80, 3)
            points η = 0.25:
            slopes | B/η | Slope of log t against log c
            dashed h* measured, n fitted: (8, 6.5)
            dotted h* and n measured: (8, 8)
            thin exponential in the loss, n fitted: (8, 6.25)
            points fitted thresholds: (8, 6.25, 0.125)
            points thresholds that all passed: (8, 5.5, 0.2)
            """);
  }

  /** With finite steps 8 becomes 6 and 16 becomes 14. */
  @Test
  void everyCellIsThatOfItsThreshold() {
    Findings found = findings();

    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            d,learning_rate,batch,c,mean_time,standard_error,replicas,censored,theory_slope
            100,0.5,4,2.0,10.0,1.0,7,0,8.0
            100,0.5,4,4.0,40.0,2.0,7,0,8.0
            100,0.5,4,8.0,80.0,3.0,7,0,8.0
            100,0.25,4,2.0,,,9,9,16.0
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            learning_rate,batch,slope,standard_error,r_squared,c_from,c_to,largest,effective_dimension,theory_slope,fitted_dimension,fitted_slope,corrected_slope,early_slope,early_standard_error
            0.5,4,6.25,0.125,0.98,2.0,8.0,4.0,2.0,8.0,5.0,6.5,6.0,5.5,0.2
            0.25,4,,,,,,4.0,2.0,16.0,5.0,14.5,14.0,,
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            learning_rate,c,replica,time,observed
            0.5,2.0,0,11.0,true
            0.5,4.0,0,41.0,true
            0.5,8.0,0,81.0,true
            0.25,2.0,0,100.0,false
            """);
  }
}
