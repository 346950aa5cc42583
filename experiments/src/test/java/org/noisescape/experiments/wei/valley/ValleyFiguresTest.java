package org.noisescape.experiments.wei.valley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** A path of four epochs. */
class ValleyFiguresTest {
  @Test
  void everyMarkIsThatOfItsPart() {
    assertThat(FoundText.figures(ValleyFigures.of(List.of(ValleyCriterionTest.judged()))))
        .isEqualTo(
            """
            fig4b-path | Epoch of SGD | log Loss above its floor, L - L*
            span not judged: 0 to 1
            line SGD, training: (1, 0.25) (2, 0.125)
            line SGD, test: (1, 0.75) (2, 1)
            points projected, test: (0, 0.25) (1, 0.3125) (2, 0.2) (3, 0.4375)
            points projected, training: (0, 0.0625) (1, 0.125) (2, 0.03125) (3, 0.375)
            dashed threshold: (0, 0.25) (3, 0.25)
            fig4b-segments | Epoch of SGD | log Largest (L - L*)/threshold
            span not judged: 0 to 1
            points connected: (1.5, 0.75)
            points not connected: (0.5, 1) (2.5, 2)
            dashed threshold: (0, 1) (3, 1)
            dotted most of a connected one: (0, 2) (3, 2)
            fig4b-trace | Epoch of SGD | Trace of H
            span not judged: 0 to 1
            points tr H, standard deviation of one vector: (2, 32, 2) (10, 24, 1) (3, 99, 1)
            thin no drift: (1, 23.625) (3, 23.625)
            """);
  }
}
