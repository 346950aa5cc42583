package org.noisescape.experiments.meng.covariance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** Paths of two minima, two layers and a second factor, and single parameters. */
class CovarianceFiguresTest {
  @Test
  void everyMarkIsThatOfItsPath() {
    assertThat(FoundText.figures(CovarianceFigures.of(CovarianceFindingsTest.result())))
        .isEqualTo(
            """
            conv1 | Shift s of each parameter of conv1 | tr S(s) / tr S(0)
            points minimum 0: (-0.5, 1.125) (0, 1) (0.5, 2)
            line quadratic: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            points minimum 1: (-0.5, 1.125) (0, 1) (0.5, 2.5)
            line : (-0.5, 1.25) (0, 1) (0.5, 1.75)
            dashed σ + ρ s² (Eq. 5), minimum 0: (-0.5, 2) (0, 1) (0.5, 2)
            thin cone, minimum 0: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            thin_dashed quartic, minimum 0: (-0.5, 2.875) (0, 1) (0.5, 3.125)
            fc2 | Shift s of each parameter of fc2 | tr S(s) / tr S(0)
            points minimum 0: (-0.5, 1.125) (0, 1) (0.5, 3)
            line quadratic: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            points minimum 1: (-0.5, 1.125) (0, 1) (0.5, 3.5)
            line : (-0.5, 1.25) (0, 1) (0.5, 1.75)
            dashed σ + ρ s² (Eq. 5), minimum 0: (-0.5, 2.5) (0, 1) (0.5, 2.5)
            thin cone, minimum 0: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            thin_dashed quartic, minimum 0: (-0.5, 3.875) (0, 1) (0.5, 4.125)
            conv1-x30 | Shift s of each parameter of conv1 | tr S(s) / tr S(0)
            points minimum 0: (-0.5, 1.125) (0, 1) (0.5, 4)
            line quadratic: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            points minimum 1: (-0.5, 1.125) (0, 1) (0.5, 6)
            line : (-0.5, 1.25) (0, 1) (0.5, 1.75)
            dashed σ + ρ s² (Eq. 5), minimum 0: (-0.5, 3) (0, 1) (0.5, 3)
            thin cone, minimum 0: (-0.5, 30.75) (0, 1) (0.5, 31.25)
            thin_dashed quartic, minimum 0: (-0.5, 2.875) (0, 1) (0.5, 3.125)
            fc2-x30 | Shift s of each parameter of fc2 | tr S(s) / tr S(0)
            points minimum 0: (-0.5, 1.125) (0, 1) (0.5, 5)
            line quadratic: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            points minimum 1: (-0.5, 1.125) (0, 1) (0.5, 7)
            line : (-0.5, 1.25) (0, 1) (0.5, 1.75)
            dashed σ + ρ s² (Eq. 5), minimum 0: (-0.5, 3.5) (0, 1) (0.5, 3.5)
            thin cone, minimum 0: (-0.5, 30.75) (0, 1) (0.5, 31.25)
            thin_dashed quartic, minimum 0: (-0.5, 3.875) (0, 1) (0.5, 4.125)
            """);
  }

  /** 160/4 times the noise of the minimum; the cone is -1/4 there and 3/4 at both ends. */
  @Test
  void aFitBreaksWhereALogarithmHasNoPlaceForIt() {
    PathFit wide = CovarianceFindingsTest.path("conv1", 0, 1, 160, 0.9975, 0.5);
    PathFit negative =
        new PathFit(
            wide.path(),
            wide.degrees(),
            wide.even(),
            Map.of(
                NoiseShape.CONE,
                CovarianceFindingsTest.shape(0.5, -0.25, 0, 1),
                NoiseShape.QUARTIC,
                CovarianceFindingsTest.shape(0.5, 2, 0, -4)));
    PanelResult result =
        new PanelResult(
            CovarianceFindingsTest.panel("resnet", Map.of("conv1", 0.5)),
            CovarianceFindingsTest.MINIMA.subList(0, 1),
            List.of(negative));
    assertThat(FoundText.figures(CovarianceFigures.of(result)))
        .isEqualTo(
            """
            resnet-conv1 | Shift s of each parameter of resnet conv1 | log tr S(s) / tr S(0)
            points measured: (-0.5, 1.125) (0, 1) (0.5, 40)
            line quadratic: (-0.5, 1.75) (0, 1) (0.5, 2.25)
            dashed σ + ρ s² (Eq. 5), minimum 0: (-0.5, 21) (0, 1) (0.5, 21)
            thin cone, minimum 0: (-0.5, 0.75) (-0.31, 0.37) (-0.13, 0.01)
            thin : (0.13, 0.01) (0.32, 0.39) (0.5, 0.75)
            thin_dashed quartic, minimum 0: (-0.42, 0.00851456) (0, 2) (0.42, 0.00851456)
            """);
  }

  /** D over sigma; a layer has its colour and its entry once. */
  @Test
  void everyParameterIsShownByItsLayer() {
    NoiseExpansion first =
        new NoiseExpansion(0, List.of(), List.of(one("conv1", 2, 4), one("fc2", 4, 12)));
    NoiseExpansion second = new NoiseExpansion(1, List.of(), List.of(one("conv1", 8, 40)));
    assertThat(FoundText.figures(List.of(CoordinateFigures.of(List.of(first, second)))))
        .isEqualTo(
            """
            coordinates | (w_j − w_j*) / √(σ_j/ρ_j) | log D_j / σ_j
            points conv1: (-1, 1) (0.5, 2)
            points fc2: (-1, 1) (0.5, 3)
            points : (-1, 1) (0.5, 5)
            dashed Eq. 5: 1 + x²: (-1, 2) (0, 1) (1, 2)
            """);
  }

  private static CoordinateNoise one(String layer, double variance, double largest) {
    return new CoordinateNoise(
        layer,
        3,
        variance,
        0.5,
        0.25,
        0.1,
        0.2,
        0.3,
        0.4,
        new double[] {-1, 0.5},
        new double[] {variance, largest});
  }
}
