package org.noisescape.experiments.meng.escapetime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** Passages made by hand. */
class EscapeTimeFiguresTest {
  private static final String BARRIERS =
      """
      dashed exact: (2, 53.2424) (8, 2965.84) (14, 24243)
      dotted formula: (2, 44.6804) (8, 2759.61) (14, 22876.4)
      thin the other law, fitted: (2, 23.7759) (8, 344.55) (14, 4993.08)
      points power-law, Itô: (2, 16, 1) (6, 256, 16) (14, 4096, 256)
      dashed : (2, 35.4726) (8, 782.781) (14, 3972.59)
      dotted : (2, 28.7231) (8, 709.613) (14, 3676.56)
      thin : (2, 10.7672) (8, 79.9723) (14, 593.986)
      points power-law, Hänggi-Klimontovich: (2, 8, 1) (6, 64, 8) (14, 512, 64)
      dashed : (2, 138.527) (8, 20242600) (14, 3257780000000)
      dotted : (2, 121.287) (8, 19740000) (14, 3212780000000)
      thin : (2, 1.5874) (8, 24.8031) (14, 101.594)
      points Langevin: (2, 2, 0.125) (6, 8, 0.5) (14, 128, 8)
      dotted : (2, 244.078) (4, 410.488) (6, 556.377)
      points α-stable: (2, 3, 0.1875) (6, 48, 3)""";

  @Test
  void everyMarkIsThatOfItsPassage() {
    assertThat(FoundText.figures(EscapeTimeFigures.of(EscapeTimeFindingsTest.results())))
        .isEqualTo(
            """
            escape-time | Barrier ΔL | log Mean escape time
            %1$s
            escape-time-log | log Barrier ΔL | log Mean escape time
            %1$s
            fixed-width | Barrier ΔL | log Mean escape time
            dotted theory: (2, 4) (8, 4)
            thin as Theorem 6 has it: (2, 4) (8, 98.8212)
            points α-stable: (2, 5, 0.3) (8, 10, 0.8)
            product-wells | log Number of wells | log Mean escape time
            dashed theory: (3, 10)
            thin another law: (3, 30)
            points power-law, Itô: (3, 11, 0.5)
            dashed : (1.81818, 16) (2.2, 16)
            thin : (1.81818, 10) (2.2, 10)
            dashed : (1.81818, 20) (2.2, 20)
            thin : (1.81818, 2560) (2.2, 2560)
            points unequal wells, the first: (2, 15, 0.5)
            points unequal wells, along one: (2, 20, 1)
            noise-to-signal | 1/(ημ) | log Mean escape time
            dashed exact: (0.5, 15.0525) (1.25, 135.967) (2, 1099.48)
            thin half of the power (Table 1): (0.5, 2) (1.25, 5.65685) (2, 16)
            points power-law, Itô, μ/σ kept: (2, 16, 2) (1, 4, 0.5) (0.5, 2, 0.25)
            dashed : (0.5, 82.6443) (1.25, 402.636) (2, 1099.48)
            thin : (0.5, 3.60555) (1.25, 9.00088) (2, 16)
            points power-law, Itô, σ kept: (2, 16, 2) (1, 4, 0.5) (0.5, 2, 0.25)
            second-moment | log Time | log ⟨w²⟩
            points iteration: (0.002, 0.003, 0.0001) (0.052, 0.078, 0.0026) (0.1, 0.15, 0.005)
            dashed exact: (0.002, 0.0019968) (0.052, 0.0498956) (0.1, 0.0924101)
            dotted power of Theorem 4: (0.002, 0.0019968) (0.052, 0.117234) (0.1, 0.26549)
            """
                .formatted(BARRIERS));
  }
}
