package org.noisescape.linop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EigenvalueHistogramTest {
  @Test
  void everyValueLiesInTheBinOfItsSizeAndSign() {
    double[] values = {-20, -0.5, -1e-20, 0, 1e-16, 0.1, 0.5, 1, 2, 9.99, 10, 99};
    EigenvalueHistogram histogram = EigenvalueHistogram.of(Eigenvalues.of(12, values, 99), 1);
    assertThat(histogram.edges()).containsExactly(0.1, 1, 10, 100);
    assertThat(histogram.positive()).containsExactly(2, 3, 2);
    assertThat(histogram.negative()).containsExactly(1, 0, 1);
    assertThat(histogram.zeros()).isEqualTo(3);
    assertThat(histogram.zeroBelow()).isEqualTo(50 * Math.ulp(1.0) * 99);
    assertThat(histogram.total()).isEqualTo(12);
  }

  @Test
  void valuesOnEdgesGoToTheUpperBin() {
    double[] values = new double[21];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.pow(10, (i - 10) / 3.0);
    }
    EigenvalueHistogram histogram = EigenvalueHistogram.of(Eigenvalues.of(21, values, 3000), 3);
    assertThat(histogram.edges()).hasSize(22);
    assertThat(histogram.positive()).containsOnly(1);
  }

  @Test
  void densitiesAndZerosAddUpToOne() {
    double[] values = DenseOracle.normal(200, 1)[199];
    values[0] = 0;
    Arrays.sort(values);
    EigenvalueHistogram histogram = EigenvalueHistogram.of(Eigenvalues.of(200, values, 4), 7);
    double area =
        (Arrays.stream(histogram.positiveDensity()).sum()
                + Arrays.stream(histogram.negativeDensity()).sum())
            / 7;
    assertThat(area + histogram.zeros() / 200.0).isCloseTo(1, within(1e-12));
  }

  @Test
  void theZeroMatrixHasZerosOnly() {
    EigenvalueHistogram histogram = EigenvalueHistogram.of(Eigenvalues.of(3, new double[3], 0), 5);
    assertThat(histogram.edges()).isEmpty();
    assertThat(histogram.zeros()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EigenvalueHistogram.of(Eigenvalues.of(3, new double[3], 0), 0));
  }
}
