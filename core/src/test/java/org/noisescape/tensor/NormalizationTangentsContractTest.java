package org.noisescape.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tangents of normalisation and of its adjoint, and gradients of single samples. */
class NormalizationTangentsContractTest extends EngineContract {
  private static void tangent(NormalizationScene scene, boolean moves) {
    NormalizationScene.Expected expected = scene.matrixExpected();
    for (int i = 0; i < scene.gamma.length; i++) {
      Dual beta = Dual.of(scene.beta[i], scene.betaDot[i]);
      scene.dots(expected, i, scene.oracle(i, moves).forward(beta));
    }
    Tensor yDot = scene.output();
    scene.plan.tangent(
        scene.matrix(scene.x),
        scene.moments(),
        scene.vector(scene.gamma),
        moves ? scene.matrix(scene.xDot) : null,
        scene.vector(scene.gammaDot),
        scene.vector(scene.betaDot),
        yDot);
    expected.check("tangent, x moves: " + moves, yDot);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void tangentIsThatOfTheForwardPass(Subject subject) {
    NormalizationScene.everySize(
        subject,
        scene -> {
          tangent(scene, true);
          tangent(scene, false);
        });
  }

  private static void backwardTangent(
      NormalizationScene scene, boolean moves, boolean wanted, Accumulation accumulation) {
    NormalizationScene.Expected x = scene.matrixExpected();
    NormalizationScene.Expected gamma = scene.vectorExpected();
    NormalizationScene.Expected beta = scene.vectorExpected();
    for (int i = 0; i < scene.gamma.length; i++) {
      NormalizationOracle oracle = scene.oracle(i, moves);
      Dual[] yBar = scene.yBar(i);
      if (wanted) {
        scene.dots(x, i, oracle.backward(yBar));
      }
      gamma.dot(i, oracle.gammaBar(yBar, 0, scene.rows));
      beta.dot(i, NormalizationOracle.betaBar(yBar, 0, scene.rows));
    }
    Tensor xBarDot = wanted ? scene.output() : null;
    Tensor gammaBarDot = scene.target(accumulation, scene.gamma);
    Tensor betaBarDot = scene.target(accumulation, scene.beta);
    scene.plan.backwardTangent(
        scene.matrix(scene.x),
        scene.moments(),
        scene.vector(scene.gamma),
        moves ? scene.matrix(scene.xDot) : null,
        scene.vector(scene.gammaDot),
        scene.matrix(scene.yBar),
        scene.matrix(scene.yBarDot),
        xBarDot,
        gammaBarDot,
        betaBarDot,
        accumulation);
    String what = "x moves: %s, %s".formatted(moves, accumulation);
    if (wanted) {
      x.check("xBarDot, " + what, xBarDot);
    }
    gamma.plus(accumulation, scene.gamma).check("gammaBarDot, " + what, gammaBarDot);
    beta.plus(accumulation, scene.beta).check("betaBarDot, " + what, betaBarDot);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void backwardTangentIsThatOfTheBackwardPass(Subject subject) {
    NormalizationScene.everySize(
        subject,
        scene -> {
          backwardTangent(scene, true, true, Accumulation.OVERWRITE);
          backwardTangent(scene, false, true, Accumulation.ADD);
          backwardTangent(scene, true, false, Accumulation.ADD);
          backwardTangent(scene, false, false, Accumulation.OVERWRITE);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void sampleGradientsAreThoseOfTheSamplesOwnRows(Subject subject) {
    NormalizationScene.everySize(
        subject,
        Moments.Origin.FIXED,
        scene -> {
          for (int samples = 1; samples <= scene.rows; samples++) {
            if (scene.rows % samples == 0) {
              sampleGradients(scene, samples);
            }
          }
        });
  }

  private static void sampleGradients(NormalizationScene scene, int samples) {
    int channels = scene.channels;
    int each = scene.rows / samples;
    NormalizationScene.Expected expected = scene.expected(scene.replicas * samples * 2 * channels);
    for (int i = 0; i < scene.gamma.length; i++) {
      NormalizationOracle oracle = scene.oracle(i, false);
      Dual[] yBar = scene.yBar(i);
      for (int n = 0; n < samples; n++) {
        int at = (i / channels * samples + n) * 2 * channels + i % channels;
        expected.value(at, oracle.gammaBar(yBar, n * each, (n + 1) * each));
        Dual betaBar = NormalizationOracle.betaBar(yBar, n * each, (n + 1) * each);
        expected.value(at + channels, betaBar);
      }
    }
    Tensor rows = scene.bench.output(scene.subject.dtype(), scene.replicas, samples, 2 * channels);
    scene.plan.sampleGradients(
        scene.matrix(scene.x), scene.moments(), scene.matrix(scene.yBar), rows);
    expected.check("N = " + samples, rows);
  }
}
