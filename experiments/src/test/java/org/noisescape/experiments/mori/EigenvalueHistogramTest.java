package org.noisescape.experiments.mori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EigenvalueHistogramTest {
  @Test
  void histogramCountsEveryValueInItsRangeOnce() {
    double[] values = {1, 0.5, 0.1, 0.011, 1e-9, -1};

    EigenvalueStaircase histogram = EigenvalueStaircase.of(values, 1e-2, 1, 2);

    assertThat(histogram.x()).containsExactly(new double[] {1e-2, 0.1, 0.1, 1}, within(1e-12));
    // 0.1 lies on an edge and counts in one of the two bins
    assertThat(histogram.y()[0] + histogram.y()[2]).isEqualTo(4);
    assertThat(histogram.y()[0]).isEqualTo(histogram.y()[1]);
    assertThat(histogram.y()[2]).isBetween(2.0, 3.0);
  }
}
