package org.noisescape.experiments.liu.momentum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DivergenceEdgeTest {
  @Test
  void divergenceBeginsWhereTheTheorySays() {
    assertThat(DivergenceEdge.of(2.75)).isCloseTo(0.375, within(DivergenceEdge.RESOLUTION));
    assertThat(DivergenceEdge.of(1)).isZero();
  }
}
