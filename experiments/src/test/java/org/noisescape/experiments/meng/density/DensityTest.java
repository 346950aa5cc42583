package org.noisescape.experiments.meng.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;

/** {@code meng/density}: a tiny run, the exponent of the iteration, bad input. */
class DensityTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("meng/density");

  private static final String[] DENSITY = {
    "kappas", "0,0.5", "settle", "4", "time", "10", "replicas", "6"
  };

  @TempDir Path folder;

  @Test
  void densityRunTellsBothInterpretations() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, DENSITY));
    assertThat(table(run, "density")).hasSize(1 + 2 * 3);
    assertThat(measurement(outcome, "kappa = 0.5, iteration: exponent").theory()).isEqualTo(3);
    assertThat(measurement(outcome, "kappa = 0.5, iteration: exponent, the text").theory())
        .isEqualTo(2);
    assertThat(measurement(outcome, "kappa = 0.0, iteration: variance").theory()).isEqualTo(0.05);
    assertThat(run.resolve("figures/tail-0-5.png")).isNotEmptyFile();
  }

  @Test
  void tailOfTheIterationSolvesItsMomentEquations() {
    // E A² = (1 − s)² + κs = 1 for κ = 2 − s
    for (double step : new double[] {0.02, 0.3}) {
      assertThat(KestenTail.exponent(step, 2 - step)).isCloseTo(2, within(1e-8));
      // E A⁴ = m⁴ + 6m²v + 3v² = 1, v = κs
      double m = 1 - step;
      double v = -m * m + Math.sqrt(Math.pow(m, 4) + (1 - Math.pow(m, 4)) / 3);
      assertThat(KestenTail.exponent(step, v / step)).isCloseTo(4, within(1e-8));
    }
    assertThat(KestenTail.exponent(1e-3, 0.5)).isCloseTo(5, within(0.01));
    assertThat(KestenTail.exponent(0.1, 0)).isInfinite();
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "must be below 2", "kappas", "0,2");
    refused(EXPERIMENT, run, "2/lambda = 2.000 (lambda = 1.000)", "lr", "2.5");
    refused(EXPERIMENT, run, "must divide the 2 between snapshots", "dt", "0.3");
    assertThat(run).doesNotExist();
  }
}
