package org.noisescape.experiments.liu.kramers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** Points at three scales and at two. */
class KramersFiguresTest {
  @Test
  void everyMarkIsThatOfItsPoint() {
    assertThat(FoundText.figures(KramersFigures.of(KramersTest.sample(), 0.0625)))
        .isEqualTo(
            """
            two-temperatures | Scale r of the loss | log γ/|k_b|
            thin Eq. 52 as it is: (0.25, 0.00470373) (0.375, 0.00576857) (0.5, 0.00711534)
            line Eq. 52 times 4.00, fitted: (0.25, 0.0188149) (0.375, 0.0230743) (0.5, 0.0284614)
            dotted Eq. 51, continuous theory: (0.25, 0.0032576) (0.375, 0.0032576) (0.5, 0.0032576)
            thin Eq. 51 times 7.10, fitted: (0.25, 0.0231186) (0.375, 0.0231186) (0.5, 0.0231186)
            dashed continuous time, exact: (0.25, 0.0625) (0.375, 0.0625) (0.5, 0.0625)
            points simulation: (0.25, 0.00940745, 0.000470373) (0.375, 0.0115371, 0.000576857) (0.5, 0.113846, 0.0113846)
            local-curvature | Scale r of the loss | log γ/|k_b|
            thin Eq. 52 as it is: (0.25, 0.00470373) (0.5, 0.00711534)
            line Eq. 52 times 8.00, fitted: (0.25, 0.0376298) (0.5, 0.0569228)
            dotted Eq. 51, continuous theory: (0.25, 0.0032576) (0.5, 0.0032576)
            thin Eq. 51 times 14.2, fitted: (0.25, 0.0462817) (0.5, 0.0462817)
            points simulation: (0.25, 0.0188149, 0.000939572) (0.5, 0.113846, 0.0113281)
            """);
  }
}
