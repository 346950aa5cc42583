package org.noisescape.experiments.wei.valley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.train.FullBatchDescent.Status;

/** A path of four epochs. */
class ValleyFiguresTest {
  @Test
  void everyMarkIsThatOfItsPart() {
    assertThat(FoundText.figures(ValleyFigures.of(List.of(path()))))
        .isEqualTo(
            """
            fig4b-path | Epoch of SGD | log Loss above its floor, L − L*
            span not judged: 0 to 1
            line SGD, training: (1, 0.25) (2, 0.125)
            dash_dot SGD, test: (1, 0.75) (2, 1)
            points projected, test: (0, 0.25) (1, 0.3125) (2, 0.2) (3, 0.4375)
            points projected, training: (0, 0.0625) (1, 0.125) (2, 0.03125) (3, 0.375)
            dashed threshold: (0, 0.25) (3, 0.25)
            fig4b-segments | Epoch of SGD | log Largest (L − L*)/threshold
            span not judged: 0 to 1
            points connected: (1.5, 0.75)
            points not connected: (0.5, 1) (2.5, 2)
            dashed threshold: (0, 1) (3, 1)
            dotted most of a connected one: (0, 2) (3, 2)
            fig4b-trace | Epoch of SGD | Trace of H
            span not judged: 0 to 1
            points tr H ± SE: (2, 32, 0.5) (10, 24, 0.25) (3, 99, 0.25)
            thin no drift: (1, 23.625) (3, 23.625)
            """);
  }

  /** Four epochs, judged from the first on, the last of which missed the threshold. */
  static ValleyPath path() {
    List<PathTrace> traces = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      // blocks of two fall by 2 each, the last by 9: 7 x (mean 3, deviation sqrt 7 over sqrt 7)
      traces.add(new PathTrace(2 + i, i < 14 ? 32 - i : 25 - i, i == 0 ? 0.5 : 0.25, 16));
    }
    List<PathEpoch> epochs =
        List.of(
            new PathEpoch(
                0,
                List.of(
                    new ProjectedPoint(
                        0, 0, Status.REACHED, 10, 0.5625, 0.96875, 0.75, 0.875, 1.5)),
                List.of(),
                List.of()),
            new PathEpoch(
                1,
                List.of(
                    new ProjectedPoint(4, 1, Status.REACHED, 20, 0.625, 0.9375, 0.8125, 0.75, 2.5)),
                List.of(new PathSegment(0, 4, 3.5, List.of(0.625, 0.75), false)),
                List.of()),
            new PathEpoch(
                2,
                List.of(
                    new ProjectedPoint(8, 2, Status.REACHED, 30, 0.53125, 0.875, 0.7, 0.5, 4.5)),
                List.of(new PathSegment(4, 8, 5.5, List.of(0.6875, 0.5625), true)),
                traces),
            new PathEpoch(
                3,
                List.of(
                    new ProjectedPoint(
                        12, 3, Status.EXHAUSTED, 50, 0.875, 0.25, 0.9375, 0.125, 6.5)),
                List.of(new PathSegment(8, 12, 7.5, List.of(0.875, 1.0), false)),
                List.of(new PathTrace(3, 99, 1, 1))));
    TrainConfiguration training =
        TrainConfiguration.defaults().with(Map.of("subset", 40, "batch", 10, "epochs", 3));
    ValleyPanel panel =
        new ValleyPanel(
            "fig4b",
            training,
            Optional.empty(),
            1,
            0.5,
            OptionalDouble.empty(),
            2,
            new PathRule(0.75, 1, 100, 2, 1, 16));
    List<Map<String, Double>> losses =
        List.of(
            Map.of("epoch", 1.0, "train_loss", 0.75, "test_loss", 1.25),
            Map.of("epoch", 2.0, "train_loss", 0.625, "test_loss", 1.5));
    return new ValleyPath(panel, 0.25, Optional.empty(), epochs, losses, 0.001);
  }
}
