package org.noisescape.experiments.mori.cumulants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** Two networks, every number of them another. */
class CumulantFiguresTest {
  @Test
  void everyMarkIsThatOfItsDirection() {
    CumulantPoint one = tilted(CumulantFindingsTest.ONE);
    CumulantPoint two = tilted(CumulantFindingsTest.TWO);
    assertThat(FoundText.figures(CumulantFigures.of(List.of(one, two), "a network")))
        .isEqualTo(
            """
            lambda-hessian | s √(u·Su) | Λ(s) + s ḡ·u
            line replica 0: (-2, -3) (0, 0) (2, 3)
            line replica 1: (-2, -9) (0, 0) (2, 9)
            dashed Gaussian: (-2, 2) (0, 0) (2, 2)
            thin Laplace's law: (-1.35, 2.42193) (0, 0) (1.35, 2.42193)
            lambda-noise | s √(u·Su) | Λ(s) + s ḡ·u
            line replica 0: (-2, -5) (0, 0) (2, 5)
            line replica 1: (-2, -11) (0, 0) (2, 11)
            dashed Gaussian: (-2, 2) (0, 0) (2, 2)
            thin Laplace's law: (-1.35, 2.42193) (0, 0) (1.35, 2.42193)
            lambda-random | s √(u·Su) | Λ(s) + s ḡ·u
            line replica 0: (-2, -7) (0, 0) (2, 7)
            line replica 1: (-2, -13) (0, 0) (2, 13)
            dashed Gaussian: (-2, 2) (0, 0) (2, 2)
            thin Laplace's law: (-1.35, 2.42193) (0, 0) (1.35, 2.42193)
            batch-kurtosis | log Mini-batch B | log |excess kurtosis|
            points top eigenvector of H: (5, 0.4) (2, 0.7)
            dashed : (1, 2) (5, 0.4)
            thin : (1, 2) (5, 0.894427)
            points : (5, 0.32) (2, 2.8)
            dashed : (1, 8) (5, 1.6)
            points top eigenvector of S: (5, 0.8) (2, 1.4)
            dashed : (1, 4) (5, 0.8)
            thin : (1, 4) (5, 1.78885)
            points : (5, 0.4) (2, 3.5)
            dashed : (1, 10) (5, 2)
            points random direction: (5, 1.2) (2, 2.1)
            dashed : (1, 6) (5, 1.2)
            thin : (1, 6) (5, 2.68328)
            points : (5, 0.48) (2, 4.2)
            dashed : (1, 12) (5, 2.4)
            dashed over B:
            thin over √B:
            roots | c = L/L* | s* / s* of Gaussian noise
            points replica 0: (1.5, 1.2) (1.5, 0.8) (1.2, 1.25) (1.2, 2)
            points replica 1: (1.5, 0.875) (1.5, 0.535714) (1.2, 1.32) (1.2, 2.25)
            dashed Gaussian noise: (1, 1) (1.5, 1)
            thin linear regression, Gaussian inputs: (1, 1) (1.5, 2)
            """);
  }

  /** With the curvature times the tilt instead of the generating function. */
  private static CumulantPoint tilted(CumulantPoint of) {
    List<DirectionCumulants> directions =
        of.directions().stream()
            .map(
                d ->
                    new DirectionCumulants(
                        d.direction(),
                        d.curvature(),
                        d.mean(),
                        d.variance(),
                        d.skewness(),
                        d.excessKurtosis(),
                        d.evenRatio(),
                        d.failing(),
                        Arrays.stream(DirectionCumulants.tilts())
                            .map(z -> d.curvature() * z)
                            .toArray(),
                        d.batches()))
            .toList();
    return new CumulantPoint(of.seed(), of.loss(), of.converged(), directions, of.raised());
  }
}
