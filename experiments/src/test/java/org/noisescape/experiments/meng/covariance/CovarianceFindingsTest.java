package org.noisescape.experiments.meng.covariance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.LinearModel;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.runs.TrainConfiguration;

/** Numbers and tables of two minima, two layers and a second factor. */
class CovarianceFindingsTest {
  static final List<Minimum> MINIMA =
      List.of(new Minimum(0, 40, 0.004, 0.75, true), new Minimum(1, 60, 0.003, 0.875, true));

  /** fc2 is not in the text's figure. */
  private static CovariancePanel panel(String name) {
    Map<String, Double> scales = new LinkedHashMap<>();
    scales.put("conv1", 0.5);
    scales.put("fc2", 0.25);
    return panel(name, scales);
  }

  static CovariancePanel panel(String name, Map<String, Double> scales) {
    return new CovariancePanel(
        name, TrainConfiguration.defaults(), scales, List.of("conv1"), 0.005, Map.of());
  }

  private static PolynomialFit fit(double square, double r2) {
    double[] coefficients = {1, 0.5, square};
    return new PolynomialFit(new int[] {0, 1, 2}, coefficients, 3, r2, 100 * r2, 10 * r2);
  }

  /** A left-out error of a tenth at R² = 0.99. */
  static LinearModel shape(double r2, double... coefficients) {
    return new LinearModel(coefficients, 0, r2, 10 * (1 - r2));
  }

  /** tr S = 4 at the minimum and `largest` at its right; R² of the quadratic and of a line. */
  static PathFit path(
      String layer, int seed, double factor, double largest, double quadratic, double line) {
    CovariancePath path =
        new CovariancePath(
            layer,
            seed,
            factor,
            List.of(
                new CovariancePoint(-1, -0.5, -1.5, 0.25, 4.5, 0.01),
                new CovariancePoint(0, 0, 0, 0.125, 4, 0.02),
                new CovariancePoint(1, 0.5, 1.5, 0.375, largest, 0.03)));
    return new PathFit(
        path,
        List.of(fit(0, line), fit(seed == 0 ? 4 : 2, quadratic), fit(0, 0.995), fit(0, 0.996)),
        new PolynomialFit(
            new int[] {0, 2}, new double[] {1, largest / 2}, 3, line / 2, 50 * line, 5 * line),
        Map.of(
            NoiseShape.QUADRATIC,
            shape(quadratic, 1, 0, 0),
            NoiseShape.CONE,
            shape(quadratic - 0.0625, 1, seed + 0.25, factor),
            NoiseShape.QUARTIC,
            shape(seed == 0 ? 0.996 : 0.991, 1, 0.125, layer.equals("fc2") ? 3 : 2)));
  }

  static PanelResult result() {
    return new PanelResult(
        panel("cnn"),
        MINIMA,
        List.of(
            path("conv1", 0, 1, 8, 0.9975, 0.5),
            path("fc2", 0, 1, 12, 0.9, 0.25),
            path("conv1", 0, 30, 16, 0.75, 0.125),
            path("fc2", 0, 30, 20, 0.875, 0.375),
            path("conv1", 1, 1, 10, 0.9925, 0.75),
            path("fc2", 1, 1, 14, 0.9, 0.5),
            path("conv1", 1, 30, 24, 0.5, 0.25),
            path("fc2", 1, 30, 28, 0.625, 0.625)));
  }

  @Test
  void everyNumberIsThatOfItsPaths() {
    Findings found = CovarianceNumbers.findings(List.of(result()));

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            conv1 least R^2 of the quadratic | 0.9925 | 0 | 0.99 | AGREES
            conv1 largest left-out error of the quadratic | 0.075 | 0 | 0.1 | AGREES
            fc2 least R^2 of the quadratic | 0.9 | 0 | 0.99 | DISAGREES
            fc2 largest left-out error of the quadratic | 1 | 0 | 0.1 | DISAGREES
            conv1 R^2 of the quadratic | 0.995 | 0.0025 | - | -
            conv1 R^2 of a line | 0.625 | 0.125 | - | -
            conv1 R^2 without linear term (Eq. 5) | 0.3125 | 0.0625 | 1 | -
            conv1 largest over smallest tr S | 2.25 | 0.25 | - | -
            fc2 R^2 of the quadratic | 0.9 | 0 | - | -
            fc2 R^2 of a line | 0.375 | 0.125 | - | -
            fc2 R^2 without linear term (Eq. 5) | 0.1875 | 0.0625 | 1 | -
            fc2 largest over smallest tr S | 3.25 | 0.25 | - | -
            conv1 x30 R^2 of the quadratic | 0.625 | 0.125 | - | -
            conv1 x30 R^2 of a line | 0.1875 | 0.0625 | - | -
            conv1 x30 R^2 without linear term (Eq. 5) | 0.09375 | 0.03125 | 1 | -
            conv1 x30 largest over smallest tr S | 5 | 1 | - | -
            fc2 x30 R^2 of the quadratic | 0.75 | 0.125 | - | -
            fc2 x30 R^2 of a line | 0.5 | 0.125 | - | -
            fc2 x30 R^2 without linear term (Eq. 5) | 0.25 | 0.0625 | 1 | -
            fc2 x30 largest over smallest tr S | 6 | 1 | - | -
            loss at minimum 0 | 0.004 | - | 0.005 | -
            loss at minimum 1 | 0.003 | - | 0.005 | -
            """);
    // fc2 is judged for itself only
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival cone, a + b s + c |s|: DISAGREES
            conv1 least R^2 of the cone | 0.93 | 0 | 0.99 | DISAGREES
            conv1 largest left-out error of the cone | 0.7 | 0 | 0.1 | DISAGREES
            rival quartic, a + b s + c s^4: AGREES
            conv1 least R^2 of the quartic | 0.991 | 0 | 0.99 | AGREES
            conv1 largest left-out error of the quartic | 0.09 | 0 | 0.1 | AGREES
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void oneMinimumThatIsNoQuadraticDisagrees() {
    PanelResult one =
        new PanelResult(
            panel("cnn"),
            MINIMA,
            List.of(
                path("conv1", 0, 1, 8, 0.9975, 0.5),
                path("fc2", 0, 1, 12, 0.9, 0.25),
                path("conv1", 1, 1, 10, 0.9875, 0.75),
                path("fc2", 1, 1, 14, 0.9, 0.5)));

    assertThat(CovarianceNumbers.findings(List.of(one)).verdict()).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void constantNoiseIsSaidInsteadOfItsPolynomials() {
    PanelResult constant =
        new PanelResult(
            panel("resnet"), MINIMA.subList(0, 1), List.of(constant("conv1"), constant("fc2")));

    assertThat(FoundText.numbers(CovarianceNumbers.findings(List.of(constant))))
        .isEqualTo(
            """
            resnet conv1 least R^2 of the quadratic | - | - | 0.99 | INCONCLUSIVE
            resnet conv1 largest left-out error of the quadratic | - | - | 0.1 | INCONCLUSIVE
            resnet fc2 least R^2 of the quadratic | - | - | 0.99 | INCONCLUSIVE
            resnet fc2 largest left-out error of the quadratic | - | - | 0.1 | INCONCLUSIVE
            resnet conv1 tr S does not vary | - | - | - | -
            resnet fc2 tr S does not vary | - | - | - | -
            loss at minimum resnet 0 | 0.004 | - | 0.005 | -
            """);
  }

  private static PathFit constant(String layer) {
    CovariancePoint point = new CovariancePoint(0, 0, 0, 1, 4, 0);
    PolynomialFit any = fit(0, 1);
    Map<NoiseShape, LinearModel> shapes =
        Map.of(
            NoiseShape.QUADRATIC,
            shape(1, 1, 0, 0),
            NoiseShape.CONE,
            shape(1, 1, 0, 0),
            NoiseShape.QUARTIC,
            shape(1, 1, 0, 0));
    return new PathFit(
        new CovariancePath(layer, 0, 1, List.of(point)), List.of(any, any, any, any), any, shapes);
  }

  /** The vertex of 1 + s/2 + 2 s² is −1/8, a quarter of the half width; 0.375 of 0.5. */
  @Test
  void everyCellIsThatOfItsPath() {
    PanelResult one =
        new PanelResult(
            panel("resnet", Map.of("conv1", 0.5)),
            MINIMA.subList(1, 2),
            List.of(path("conv1", 1, 30, 8, 0.875, 0.5)));

    Findings found = CovarianceNumbers.findings(List.of(one));

    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            network,seed,step,loss,train_accuracy,converged
            resnet,1,60,0.003,0.875,true
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            layer,factor,seed,fit,r_squared,aicc,cross_validated_error,vertex,share_of_the_square
            resnet conv1,30.0,1,degree 1,0.5,50.0,5.0,,
            resnet conv1,30.0,1,degree 2,0.875,87.5,8.75,-0.25,0.75
            resnet conv1,30.0,1,degree 3,0.995,99.5,9.95,,
            resnet conv1,30.0,1,degree 4,0.996,99.6,9.96,,
            resnet conv1,30.0,1,even quadratic,0.25,25.0,2.5,,
            resnet conv1,30.0,1,cone,0.8125,,1.875,,
            resnet conv1,30.0,1,quartic,0.991,,0.09000000000000008,,
            """);
    // 4 (1 ∓ 1/4 + 1/2)
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            layer,factor,seed,i,shift,distance,loss,noise_strength,gradient_norm_squared,quadratic_fit
            resnet conv1,30.0,1,-1,-0.5,-1.5,0.25,4.5,0.01,5.0
            resnet conv1,30.0,1,0,0.0,0.0,0.125,4.0,0.02,4.0
            resnet conv1,30.0,1,1,0.5,1.5,0.375,8.0,0.03,7.0
            """);
  }
}
