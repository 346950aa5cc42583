package org.noisescape.experiments.mori.timechange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.theory.mori.LossTime;

/** Numbers and tables at eta h = 1/2, T = 1/4: the corrected 1/T is 3, phi 4 in t and 3 in tau. */
class TimeChangeFindingsTest {
  private static final LossTime THEORY = new LossTime(3);
  private static final ClockPoint ITO = point(ClockDynamics.ITO, 1, 0);
  private static final ClockPoint GAUSSIAN = point(ClockDynamics.SGD_GAUSSIAN, 2, 10);

  private static ClockPoint point(ClockDynamics dynamics, int dimension, double shift) {
    return new ClockPoint(
        dynamics,
        dimension,
        0.25,
        0.5,
        estimate(shift + 1),
        estimate(shift + 2),
        estimate(shift + 3),
        estimate(shift + 4),
        estimate(shift + 5),
        shift + 6.5,
        estimate(shift + 7),
        List.of(
            new ClockPoint.LossClass(shift + 1.25, estimate(shift + 8), shift + 9.5),
            new ClockPoint.LossClass(shift + 2.25, estimate(shift + 9), shift + 8.5)));
  }

  /** Every number with an error of a tenth. */
  private static PointEstimate estimate(double value) {
    return new PointEstimate(value, value / 10, 19);
  }

  private static String line(String name, double value, double theory) {
    return FoundText.line(name, value, value / 10, theory, Optional.empty());
  }

  private static List<String> lines(List<NamedMeasurement> numbers) {
    return numbers.stream()
        .map(
            m ->
                FoundText.line(
                    m.name(), m.value(), m.standardError(), m.theory(), Optional.empty()))
        .toList();
  }

  private static final OffsetRun OFFSET =
      new OffsetRun(
          new double[] {0.01, 0.001}, new double[] {0.3, 0.2}, estimate(0.5), estimate(0.75));

  /** A window of 5 has ten steps of 1/2. */
  private final Findings found = TimeChangeNumbers.findings(List.of(ITO, GAUSSIAN), 5, OFFSET);

  @Test
  void everyNumberIsThatOfThePaths() {
    String ito = ClockDynamics.ITO.label;
    String sgd = ClockDynamics.SGD_GAUSSIAN.label;
    assertThat(lines(found.measurements()))
        .containsExactly(
            line(ito + ": phi at equal tau", 2, 3),
            line(ito + ": phi at equal t - phi at equal tau", 3, 1),
            line(ito + ": d log/d log L of the noise a unit of tau", 5, 0),
            line(ito + ": excess kurtosis of the noise", 7, 0),
            line(ito + ": noise a unit of tau over 2 eta h/B", 4, 1),
            line(ito + ": phi at equal t", 1, 4),
            line(sgd + ": phi at equal tau", 12, 3),
            line(sgd + ": phi at equal t - phi at equal tau", 13, 1),
            line(sgd + ": d log/d log L of the noise a unit of tau", 15, 0),
            line(sgd + ": excess kurtosis of the noise", 17, 0),
            line(sgd + ": noise a unit of tau over 2 eta h/B", 14, 1),
            FoundText.line(
                sgd + ": d log/d log L of the exact variance",
                16.5,
                Double.NaN,
                0,
                Optional.empty()),
            line(sgd + ": phi at equal t", 11, 4),
            line("L* = 0: d log(change by L + eps)/d log eps at t = 1/h", 0.5, 0.25),
            line("L* = 0: tau at rest over its mean", 0.75, 1),
            FoundText.line(
                "L* = 0: relative change of theta at t = 1/h by eps = 0.01 L",
                0.3,
                Double.NaN,
                Double.NaN,
                Optional.empty()),
            FoundText.line(
                "L* = 0: relative change of theta at t = 1/h by eps = 0.001 L",
                0.2,
                Double.NaN,
                Double.NaN,
                Optional.empty()));
  }

  /** A clock of the integral of L^q: phi is 4 - q, the noise goes as L^(1 - q). */
  @Test
  void rivalsAreHeldAgainstTheSameNumbersOfJudgedDynamics() {
    String ito = ClockDynamics.ITO.label;
    double kurtosis = THEORY.kurtosisInTime(1);
    assertThat(found.rivals()).hasSize(4);
    assertThat(lines(found.rivals().get(0).measurements()))
        .containsExactly(
            line(ito + ": phi at equal tau", 2, 4),
            line(ito + ": phi at equal t - phi at equal tau", 3, 0),
            line(ito + ": d log/d log L of the noise a unit of tau", 5, 1),
            line(ito + ": excess kurtosis of the noise", 7, kurtosis),
            line(ito + ": noise a unit of tau over 2 eta h/B", 4, 1));
    assertThat(lines(found.rivals().get(1).measurements()))
        .containsExactly(
            line(ito + ": phi at equal tau", 2, 3.5),
            line(ito + ": phi at equal t - phi at equal tau", 3, 0.5),
            line(ito + ": d log/d log L of the noise a unit of tau", 5, 0.5),
            line(ito + ": excess kurtosis of the noise", 7, kurtosis / 4),
            line(ito + ": noise a unit of tau over 2 eta h/B", 4, 1));
    assertThat(lines(found.rivals().get(2).measurements()))
        .containsExactly(line(ito + ": noise a unit of tau over 2 eta h/B", 4, 0.5));
    assertThat(lines(found.rivals().get(3).measurements()))
        .containsExactly(line(ito + ": noise a unit of tau over 2 eta h/B", 4, 2));
  }

  @Test
  void aWindowOfFewerThanTenStepsOnlyTellsItsKurtosis() {
    Findings few = TimeChangeNumbers.findings(List.of(ITO), 4.99, OFFSET);
    assertThat(lines(few.measurements()))
        .doesNotContain(line(ClockDynamics.ITO.label + ": excess kurtosis of the noise", 7, 0))
        .contains(
            line(ClockDynamics.ITO.label + ": excess kurtosis of the noise in a window", 7, 0));
  }

  @Test
  void everyMarkIsThatOfItsDynamics() {
    assertThat(FoundText.figures(TimeChangeFigures.of(List.of(ITO, GAUSSIAN))))
        .isEqualTo(
            """
            quadratic-variation | L/L* | (ΔM)²/Δτ over 2ηh/B
            points SGD, Gaussian inputs: (11.25, 18, 1.8) (12.25, 19, 1.9)
            dotted exact variance of its steps: (11.25, 19.5) (12.25, 18.5)
            dashed Eq. 14: (1, 1) (3.5, 1) (12.25, 1)
            thin clock t: (1, 1) (3.5, 3.5) (12.25, 12.25)
            thin_dashed clock ∫√L dt: (1, 1) (3.5, 1.87083) (12.25, 3.5)
            dotted half and twice the noise: (1, 0.5) (3.5, 0.5) (12.25, 0.5)
            dotted : (1, 2) (3.5, 2) (12.25, 2)
            quadratic-variation-ito | L/L* | (ΔM)²/Δτ over 2ηh/B
            points Itô process (12): (1.25, 8, 0.8) (2.25, 9, 0.9)
            dashed Eq. 14: (1, 1) (1.5, 1) (2.25, 1)
            thin clock t: (1, 1) (1.5, 1.5) (2.25, 2.25)
            thin_dashed clock ∫√L dt: (1, 1) (1.5, 1.22474) (2.25, 1.5)
            dotted half and twice the noise: (1, 0.5) (1.5, 0.5) (2.25, 0.5)
            dotted : (1, 2) (1.5, 2) (2.25, 2)
            """);
  }

  @Test
  void everyCellIsThatOfItsDynamics() {
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            dynamics,dimension,temperature,learning_rate_times_curvature,phi_in_time,phi_in_time_error,phi_on_clock,phi_on_clock_error,phi_difference,phi_difference_error,phi_on_clock_theory,variation,variation_error,slope,slope_error,slope_exact,excess_kurtosis,excess_kurtosis_error
            ito,1,0.25,0.5,1.0,0.1,2.0,0.2,3.0,0.3,3.0,4.0,0.4,5.0,0.5,6.5,7.0,0.7
            sgd-gaussian,2,0.25,0.5,11.0,1.1,12.0,1.2,13.0,1.3,3.0,14.0,1.4,15.0,1.5,16.5,17.0,1.7
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            dynamics,loss_ratio,variation,standard_error,exact
            ito,1.25,8.0,0.8,9.5
            ito,2.25,9.0,0.9,8.5
            sgd-gaussian,11.25,18.0,1.8,19.5
            sgd-gaussian,12.25,19.0,1.9,18.5
            """);
  }
}
