package org.noisescape.experiments.liu.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.liu.stationary.Averages;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;

class EllipseTest {
  @Test
  void ellipseHasItsBoundaryAtThreeSigma() {
    Ellipse ellipse = Ellipse.of(new double[][] {{4, 1}, {1, 1}});
    // along (1, 0): wᵀΣ⁻¹w = w²·1/3, so the boundary is at 3√3
    double edge = 3 * Math.sqrt(3);
    assertThat(ellipse.inside().applyAsDouble(new double[] {edge - 1e-9, 0})).isEqualTo(1);
    assertThat(ellipse.inside().applyAsDouble(new double[] {edge + 1e-9, 0})).isZero();
    assertThat(Ellipse.NORMAL_SHARE).isCloseTo(0.98889, within(1e-5));
  }

  @Test
  void onlyTheSharesInsideEllipsesAreToldBesides() {
    double none = Double.NaN;
    StationaryCase system =
        new StationaryCase(
            new StationaryCase.Label("panel", "crossed", "sgd", 0.3, 0, 0, 1.5),
            null,
            null,
            List.of(),
            0.3,
            new double[2],
            0.5,
            List.of(
                new Prediction("variance of w_1", w -> 0, 1, 1, 1),
                new Prediction("inside the discrete ellipse", w -> 0, none, none, none)));
    Averages averages =
        new Averages(new double[] {2, 0.875}, new double[] {0.1, 0.0625}, new double[1][2], 0, 7);
    Measurements told = new Measurements();

    new Distribution2d()
        .told(new StationaryExperiment.Result(null, 1, List.of(system), List.of(averages)), told);

    // 1 - exp(-9/2)
    assertThat(FoundText.numbers(Findings.of(told)))
        .isEqualTo(
            "crossed, rate 1.5: inside the discrete ellipse | 0.875 | 0.0625 | 0.988891 | -\n");
  }
}
