package org.noisescape.experiments.wei.designed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.report.Figure;

/**
 * Two networks i under noise n, three snapshots: quantity f changes by -(f + 1)^2 (n + 1)(i + 1),
 * of which Eq. 13 has -4(f + 1), all counted from 0.
 */
class DesignedFindingsTest {
  private static final int KINDS = 4;

  private static DesignedPath path(SpectrumNoise noise) {
    int n = noise.ordinal();
    double[][][] values = new double[2][KINDS][];
    double[][][] rates = new double[2][KINDS][];
    double[][] exchanged = new double[2][];
    for (int i = 0; i < 2; i++) {
      for (int f = 0; f < KINDS; f++) {
        double start = 100 * (i + 1) + 10 * f;
        double change = -(f + 1) * (f + 1) * (n + 1) * (i + 1);
        values[i][f] = new double[] {start, start - 0.5, start + change};
        // 100 (0.01 + 2 0.02 + 0.03)/2 = 4
        rates[i][f] = new double[] {-0.01 * (f + 1), -0.02 * (f + 1), -0.03 * (f + 1)};
      }
      // 2 (n + 2)(i + 1)
      exchanged[i] = new double[3];
      Arrays.fill(exchanged[i], -0.01 * (n + 2) * (i + 1));
    }
    return new DesignedPath(
        noise,
        0.25,
        0.5,
        100,
        3,
        values,
        rates,
        exchanged,
        new double[] {0.25 + n, 0.75 + n},
        0.001 * (n + 1));
  }

  private final Findings found =
      DesignedNoise.findings(
          Stream.of(SpectrumNoise.values()).map(DesignedFindingsTest::path).toList());

  @Test
  void everyNumberIsThatOfThePaths() {
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            SGD noise: change of the trace / Theorem 2 | 0.375 | 0.125 | 1 | INCONCLUSIVE
            isotropic noise: change of the log determinant / Theorem 2 | 1.5 | 0.5 | 1 | INCONCLUSIVE
            noise of squares: change of the sum of squares / Theorem 2 | 3.375 | 1.125 | 1 | INCONCLUSIVE
            noise of the inverse: change of the negative trace of the inverse / Theorem 2 | 6 | 2 | 1 | INCONCLUSIVE
            SGD noise: change of the trace | -1.5 | 0.5 | - | -
            SGD noise: change of the log determinant | -6 | 2 | - | -
            SGD noise: change of the log determinant / Eq. 13 | 0.75 | 0.25 | - | -
            SGD noise: change of the sum of squares | -13.5 | 4.5 | - | -
            SGD noise: change of the sum of squares / Eq. 13 | 1.125 | 0.375 | - | -
            SGD noise: change of the negative trace of the inverse | -24 | 8 | - | -
            SGD noise: change of the negative trace of the inverse / Eq. 13 | 1.5 | 0.5 | - | -
            isotropic noise: change of the trace | -3 | 1 | - | -
            isotropic noise: change of the trace / Eq. 13 | 0.75 | 0.25 | - | -
            isotropic noise: change of the log determinant | -12 | 4 | - | -
            isotropic noise: change of the sum of squares | -27 | 9 | - | -
            isotropic noise: change of the sum of squares / Eq. 13 | 2.25 | 0.75 | - | -
            isotropic noise: change of the negative trace of the inverse | -48 | 16 | - | -
            isotropic noise: change of the negative trace of the inverse / Eq. 13 | 3 | 1 | - | -
            noise of squares: change of the trace | -4.5 | 1.5 | - | -
            noise of squares: change of the trace / Eq. 13 | 1.125 | 0.375 | - | -
            noise of squares: change of the log determinant | -18 | 6 | - | -
            noise of squares: change of the log determinant / Eq. 13 | 2.25 | 0.75 | - | -
            noise of squares: change of the sum of squares | -40.5 | 13.5 | - | -
            noise of squares: change of the negative trace of the inverse | -72 | 24 | - | -
            noise of squares: change of the negative trace of the inverse / Eq. 13 | 4.5 | 1.5 | - | -
            noise of the inverse: change of the trace | -6 | 2 | - | -
            noise of the inverse: change of the trace / Eq. 13 | 1.5 | 0.5 | - | -
            noise of the inverse: change of the log determinant | -24 | 8 | - | -
            noise of the inverse: change of the log determinant / Eq. 13 | 3 | 1 | - | -
            noise of the inverse: change of the sum of squares | -54 | 18 | - | -
            noise of the inverse: change of the sum of squares / Eq. 13 | 4.5 | 1.5 | - | -
            noise of the inverse: change of the negative trace of the inverse | -96 | 32 | - | -
            cosine of the slopes of tr H and log det along the valley | 0.5 | 0.25 | - | -
            largest loss at a projected state | 0.004 | - | 0 | -
            """);
    assertThat(FoundText.figures(found))
        .isEqualTo(
            """
            designed-trace | Step | Change of the trace
            points SGD noise: (0, 0) (100, -0.5) (200, -1.5)
            dashed Eq. 13: (0, 0) (100, -1.5) (200, -4)
            thin half and twice: (0, 0) (100, -0.75) (200, -2)
            thin : (0, 0) (100, -3) (200, -8)
            thin the other noise's rate: (0, 0) (100, -3) (200, -6)
            points isotropic noise: (0, 0) (100, -0.5) (200, -3)
            dashed : (0, 0) (100, -1.5) (200, -4)
            points noise of squares: (0, 0) (100, -0.5) (200, -4.5)
            dashed : (0, 0) (100, -1.5) (200, -4)
            points noise of the inverse: (0, 0) (100, -0.5) (200, -6)
            dashed : (0, 0) (100, -1.5) (200, -4)
            designed-log-determinant | Step | Change of the log determinant
            points SGD noise: (0, 0) (100, -0.5) (200, -6)
            dashed Eq. 13: (0, 0) (100, -3) (200, -8)
            points isotropic noise: (0, 0) (100, -0.5) (200, -12)
            dashed : (0, 0) (100, -3) (200, -8)
            thin half and twice: (0, 0) (100, -1.5) (200, -4)
            thin : (0, 0) (100, -6) (200, -16)
            thin the other noise's rate: (0, 0) (100, -4.5) (200, -9)
            points noise of squares: (0, 0) (100, -0.5) (200, -18)
            dashed : (0, 0) (100, -3) (200, -8)
            points noise of the inverse: (0, 0) (100, -0.5) (200, -24)
            dashed : (0, 0) (100, -3) (200, -8)
            designed-sum-of-squares | Step | Change of the sum of squares
            points SGD noise: (0, 0) (100, -0.5) (200, -13.5)
            dashed Eq. 13: (0, 0) (100, -4.5) (200, -12)
            points isotropic noise: (0, 0) (100, -0.5) (200, -27)
            dashed : (0, 0) (100, -4.5) (200, -12)
            points noise of squares: (0, 0) (100, -0.5) (200, -40.5)
            dashed : (0, 0) (100, -4.5) (200, -12)
            thin half and twice: (0, 0) (100, -2.25) (200, -6)
            thin : (0, 0) (100, -9) (200, -24)
            thin the other noise's rate: (0, 0) (100, -6) (200, -12)
            points noise of the inverse: (0, 0) (100, -0.5) (200, -54)
            dashed : (0, 0) (100, -4.5) (200, -12)
            designed-negative-trace-of-the-inverse | Step | Change of the negative trace of the inverse
            points SGD noise: (0, 0) (100, -0.5) (200, -24)
            dashed Eq. 13: (0, 0) (100, -6) (200, -16)
            points isotropic noise: (0, 0) (100, -0.5) (200, -48)
            dashed : (0, 0) (100, -6) (200, -16)
            points noise of squares: (0, 0) (100, -0.5) (200, -72)
            dashed : (0, 0) (100, -6) (200, -16)
            points noise of the inverse: (0, 0) (100, -0.5) (200, -96)
            dashed : (0, 0) (100, -6) (200, -16)
            thin half and twice: (0, 0) (100, -3) (200, -8)
            thin : (0, 0) (100, -12) (200, -32)
            thin the other noise's rate: (0, 0) (100, -7.5) (200, -15)
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival no drift: INCONCLUSIVE
            SGD noise: change of the trace / Theorem 2 | 0.375 | 0.125 | 0 | INCONCLUSIVE
            isotropic noise: change of the log determinant / Theorem 2 | 1.5 | 0.5 | 0 | INCONCLUSIVE
            noise of squares: change of the sum of squares / Theorem 2 | 3.375 | 1.125 | 0 | INCONCLUSIVE
            noise of the inverse: change of the negative trace of the inverse / Theorem 2 | 6 | 2 | 0 | INCONCLUSIVE
            rival half the rates: INCONCLUSIVE
            SGD noise: change of the trace / Theorem 2 | 0.375 | 0.125 | 0.5 | INCONCLUSIVE
            isotropic noise: change of the log determinant / Theorem 2 | 1.5 | 0.5 | 0.5 | INCONCLUSIVE
            noise of squares: change of the sum of squares / Theorem 2 | 3.375 | 1.125 | 0.5 | INCONCLUSIVE
            noise of the inverse: change of the negative trace of the inverse / Theorem 2 | 6 | 2 | 0.5 | INCONCLUSIVE
            rival twice the rates: INCONCLUSIVE
            SGD noise: change of the trace / Theorem 2 | 0.375 | 0.125 | 2 | INCONCLUSIVE
            isotropic noise: change of the log determinant / Theorem 2 | 1.5 | 0.5 | 2 | INCONCLUSIVE
            noise of squares: change of the sum of squares / Theorem 2 | 3.375 | 1.125 | 2 | INCONCLUSIVE
            noise of the inverse: change of the negative trace of the inverse / Theorem 2 | 6 | 2 | 2 | INCONCLUSIVE
            rival rates of the other noise of the same trace: INCONCLUSIVE
            SGD noise: change of the trace / Theorem 2 | 0.375 | 0.125 | 1.5 | INCONCLUSIVE
            isotropic noise: change of the log determinant / Theorem 2 | 1.5 | 0.5 | 1.125 | INCONCLUSIVE
            noise of squares: change of the sum of squares / Theorem 2 | 3.375 | 1.125 | 1 | INCONCLUSIVE
            noise of the inverse: change of the negative trace of the inverse / Theorem 2 | 6 | 2 | 0.9375 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void everyCellIsThatOfItsSnapshot() {
    List<String> rows = FoundText.table(found, 0).lines().toList();
    assertThat(rows).hasSize(1 + 4 * 2 * KINDS * 3);
    assertThat(rows)
        .startsWith(
            "noise,learning_rate,network,replicas,step,quantity,value,theory_rate",
            "sgd,0.5,0,3,0,trace,100.0,-0.01",
            "sgd,0.5,0,3,100,trace,99.5,-0.02",
            "sgd,0.5,0,3,200,trace,99.0,-0.03",
            "sgd,0.5,0,3,0,log_determinant,110.0,-0.02")
        .contains("isotropic,0.5,1,3,200,sum_of_squares,184.0,-0.09")
        .endsWith("inverse,0.5,1,3,200,negative_trace_of_the_inverse,102.0,-0.12");
  }

  @Test
  void figuresShowMeansOfTheNetworks() {
    assertThat(found.figures())
        .extracting(Figure::name)
        .containsExactly(
            "designed-trace",
            "designed-log-determinant",
            "designed-sum-of-squares",
            "designed-negative-trace-of-the-inverse");
    Figure.Points isotropic =
        (Figure.Points)
            found.figures().get(1).marks().stream()
                .filter(
                    mark -> mark instanceof Figure.Points points && points.name().startsWith("iso"))
                .findFirst()
                .orElseThrow();
    assertThat(isotropic.x()).containsExactly(0, 100, 200);
    assertThat(isotropic.y()).containsExactly(0, -0.5, -12);
    // its own law, half and twice that, and the rate of the other noise
    assertThat(found.figures().get(1).marks().subList(3, 7))
        .extracting(mark -> Arrays.toString(((Figure.Line) mark).y()))
        .containsExactly(
            "[0.0, -3.0, -8.0]", "[0.0, -1.5, -4.0]", "[0.0, -6.0, -16.0]", "[0.0, -4.5, -9.0]");
    assertThat(found.figures().get(0).marks().stream().map(Figure.Mark::name))
        .containsOnlyOnce("Eq. 13");
  }
}
