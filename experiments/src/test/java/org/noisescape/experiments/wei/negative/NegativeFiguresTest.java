package org.noisescape.experiments.wei.negative;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

/** Runs of SGD at two batch sizes and two learning rates from two minima. */
class NegativeFiguresTest {
  @TempDir Path folder;

  @Test
  void everyMarkIsThatOfItsRun() throws IOException {
    NoisyRuns plan =
        new NoisyRuns(
            TrainConfiguration.defaults().with(Map.of("subset", 40)),
            List.of(5, 10),
            List.of(0.2, 0.3),
            50,
            4,
            10,
            32);
    double loss = 1;
    for (double rate : plan.rates()) {
      for (int batch : plan.batches()) {
        Path run = Files.createDirectories(folder.resolve(NoisyRuns.folder(batch, rate)));
        Files.writeString(
            run.resolve(Metrics.FILE),
            "{\"step\":4,\"replica\":0,\"epoch\":%s,\"train_loss\":%s}\n"
                .formatted(2 * loss, loss));
        loss++;
      }
    }
    NegativeEigenvalues.Spectra spectra =
        new NegativeEigenvalues.Spectra(
            NegativeCriterionTest.MINIMA, NegativeCriterionTest.MINIMA, NegativeCriterionTest.RUNS);
    assertThat(
            FoundText.figures(
                NegativeFigures.of(
                    folder,
                    plan,
                    spectra,
                    NegativeCriterionTest.LINES,
                    NegativeCriterionTest.FLOOR)))
        .isEqualTo(
            """
            negative-sum | Training loss above its floor, L − L* | Sum of the negative eigenvalues of H
            points SGD, replica 0: (0.75, -3, 0.5)
            dashed best lines: (0, -0.5) (0.75, -30.5)
            points SGD, replica 1: (0.5, -8, 0)
            dashed : (0, -0.7) (0.5, -22.7)
            thin gradient descent without noise: (0.25, -1.25)
            thin : (0.125, -1.5)
            negative-sum-log | log Training loss above its floor, L − L* | log |Sum of the negative eigenvalues of H|
            points SGD, replica 0: (0.75, 3, 0.5)
            points SGD, replica 1: (0.5, 8, 0)
            thin gradient descent without noise: (0.25, 1.25)
            thin : (0.125, 1.5)
            points sum of the mean Hessian of a run: (0.75, 1.5) (0.5, 2)
            dashed slope 1 (theory): (0.5, 4) (0.75, 6)
            thin_dashed slope 1/2: (0.5, 4.42673) (0.75, 5.42161)
            flow-time | log Learning rate x steps | log Training loss above its floor, L − L*
            points B = 5: (40, 0.75, 0.125)
            points B = 10: (60, 0.5, 0)
            training | Epoch | log Training loss above its floor, L − L*
            line learning rate 0.2: (2, 0.5)
            line : (4, 1.5)
            line learning rate 0.3: (6, 2.5)
            line : (8, 3.5)
            """);
  }
}
