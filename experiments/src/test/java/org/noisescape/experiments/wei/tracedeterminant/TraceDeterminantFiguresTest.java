package org.noisescape.experiments.wei.tracedeterminant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.SpectrumNoise;

/** Paths of three noises, four snapshots each. */
class TraceDeterminantFiguresTest {
  /**
   * Theorems and other laws go up to the snapshot after a third of them, the averaged drift as far
   * as it is within two deviations of the mean, and at the start whatever it is.
   */
  @Test
  void everyMarkIsThatOfItsPath() {
    TraceDeterminant.Plan plan =
        new TraceDeterminant.Plan(0.02, 0.2, 0.6, 0.02, new double[] {0.5, -0.5}, 100, 10, 11);
    assertThat(
            FoundText.figures(
                TraceDeterminantFigures.of(
                    List.of(
                        path(SpectrumNoise.SGD, 10, -0.8),
                        path(SpectrumNoise.ISOTROPIC, 40, -0.25),
                        path(SpectrumNoise.SQUARES, 70, -3.5)),
                    plan)))
        .isEqualTo(
            """
            trace | Step | Trace of the Hessian
            band : (0, 9.75) (3, 10.5) (6, 12.875) (9, 13) (0, 10.25) (3, 11.5) (6, 13.125) (9, 15)
            line SGD noise: (0, 10) (3, 11) (6, 13) (9, 14)
            dashed averaged drift: (0, 15) (3, 15) (6, -) (9, 11)
            dotted Theorem 1: (0, 15) (3, 12.6)
            thin half and twice the theorem: (0, 15) (3, 13.8)
            thin : (0, 15) (3, 10.2)
            thin_dashed rate of the other noise: (0, 15) (3, 15.0006)
            band : (0, 39.75) (3, 40.5) (6, 42.875) (9, 43) (0, 40.25) (3, 41.5) (6, 43.125) (9, 45)
            line isotropic noise: (0, 40) (3, 41) (6, 43) (9, 44)
            dashed : (0, 45) (3, 45) (6, -) (9, 41)
            band : (0, 69.75) (3, 70.5) (6, 72.875) (9, 73) (0, 70.25) (3, 71.5) (6, 73.125) (9, 75)
            line noise of squares: (0, 70) (3, 71) (6, 73) (9, 74)
            dashed : (0, 75) (3, 75) (6, -) (9, 71)
            determinant | Step | log determinant in the curved directions
            band : (0, 19.75) (3, 20.5) (6, 22.875) (9, 23) (0, 20.25) (3, 21.5) (6, 23.125) (9, 25)
            line SGD noise: (0, 20) (3, 21) (6, 23) (9, 24)
            dashed averaged drift: (0, 25) (3, 25) (6, -) (9, 21)
            band : (0, 49.75) (3, 50.5) (6, 52.875) (9, 53) (0, 50.25) (3, 51.5) (6, 53.125) (9, 55)
            line isotropic noise: (0, 50) (3, 51) (6, 53) (9, 54)
            dashed : (0, 55) (3, 55) (6, -) (9, 51)
            dotted Theorem 2: (0, 55) (3, 54.25)
            thin half and twice the theorem: (0, 55) (3, 54.625)
            thin : (0, 55) (3, 53.5)
            thin_dashed rate of the other noise: (0, 55) (3, 55.0002)
            band : (0, 79.75) (3, 80.5) (6, 82.875) (9, 83) (0, 80.25) (3, 81.5) (6, 83.125) (9, 85)
            line noise of squares: (0, 80) (3, 81) (6, 83) (9, 84)
            dashed : (0, 85) (3, 85) (6, -) (9, 81)
            squares | Step | Sum of the squared eigenvalues
            band : (0, 29.75) (3, 30.5) (6, 32.875) (9, 33) (0, 30.25) (3, 31.5) (6, 33.125) (9, 35)
            line SGD noise: (0, 30) (3, 31) (6, 33) (9, 34)
            dashed averaged drift: (0, 35) (3, 35) (6, -) (9, 31)
            band : (0, 59.75) (3, 60.5) (6, 62.875) (9, 63) (0, 60.25) (3, 61.5) (6, 63.125) (9, 65)
            line isotropic noise: (0, 60) (3, 61) (6, 63) (9, 64)
            dashed : (0, 65) (3, 65) (6, -) (9, 61)
            band : (0, 89.75) (3, 90.5) (6, 92.875) (9, 93) (0, 90.25) (3, 91.5) (6, 93.125) (9, 95)
            line noise of squares: (0, 90) (3, 91) (6, 93) (9, 94)
            dashed : (0, 95) (3, 95) (6, -) (9, 91)
            dotted Theorem 2: (0, 95) (3, 84.5)
            thin half and twice the theorem: (0, 95) (3, 89.75)
            thin : (0, 95) (3, 74)
            thin_dashed rate of the other noise: (0, 95) (3, 95.0148)
            """);
  }

  private static SpectrumPath path(SpectrumNoise kind, double from, double theorem) {
    return new SpectrumPath(
        kind,
        new double[] {0, 3, 6, 9},
        List.of(course(from), course(from + 10), course(from + 20)),
        -0.75,
        0.015625,
        -0.7,
        theorem,
        -3.5,
        0.125,
        9);
  }

  private static SpectrumPath.Course course(double from) {
    return new SpectrumPath.Course(
        new double[] {from, from + 1, from + 3, from + 4},
        new double[] {0.25, 0.5, 0.125, 1},
        new double[] {0.5, 2, 0.25, 1.5},
        new double[] {from + 5, from + 5, from + 3.625, from + 1});
  }
}
