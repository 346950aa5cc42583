package org.noisescape.experiments.meng.density;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** Two estimates at kappa = 1 and one of a Gaussian. */
class DensityFiguresTest {
  @Test
  void everyMarkIsThatOfItsEstimate() {
    assertThat(FoundText.figures(DensityFigures.of(DensityTest.PLAN, DensityTest.ESTIMATES)))
        .isEqualTo(
            """
            density-iteration | w | log Density
            dashed theory: (-2, 0.0011976) (1, 0.0166378) (4, 0.0000776655)
            points κ = 1.0: (-1, 0.25, 0.5) (2, 0.125, 0.75)
            density-ito | w | log Density
            dashed theory: (0.5, 0.14645) (1, 0.0000809991) (1.5, 0.000000000301856)
            points κ = 0.0: (1, 0.375, 0.0625)
            density-text | w | log Density
            dashed theory: (0.5, 0.287595) (1, 0.0915077) (1.5, 0.0428334)
            points κ = 1.0: (1, 0.375, 0.0625)
            tail-1-0 | log |w| | log Density
            points iteration: (0.866025, 0.1875, 0.03125)
            points SDE, Hänggi-Klimontovich: (0.866025, 0.1875, 0.03125)
            dashed Itô: (0.5, 0.16434) (0.583132, 0.103966) (0.680086, 0.0636222)
            dotted text (Hänggi-Klimontovich): (0.5, 0.287595) (0.784494, 0.140696) (1.22412, 0.0629718)
            thin constant noise, Gaussian: (0.5, 0.14645) (0.537011, 0.0997711) (0.576761, 0.0640813)
            """);
  }
}
