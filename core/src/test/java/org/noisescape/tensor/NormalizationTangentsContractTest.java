package org.noisescape.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tangents of normalisation and of its adjoint, and gradients of single samples. */
class NormalizationTangentsContractTest extends EngineContract {
  private static void tangent(NormalizationScene scene, boolean moves) {
    NormalizationScene.Expected expected = scene.matrixExpected();
    for (int i = 0; i < scene.units(); i++) {
      Dual[] beta = scene.ofChannels(scene.beta, scene.betaDot, i);
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
    for (int i = 0; i < scene.units(); i++) {
      NormalizationOracle oracle = scene.oracle(i, moves);
      Dual[] yBar = scene.yBar(i);
      if (wanted) {
        scene.dots(x, i, oracle.backward(yBar));
      }
      scene.affine(gamma, beta, i, oracle, yBar, true);
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
        scene -> {
          boolean fixed = scene.origin == Moments.Origin.FIXED;
          for (int samples = 1; samples <= scene.rows; samples++) {
            boolean apart = scene.sharing.sets() == 1 ? fixed : samples == scene.sharing.sets();
            if (apart && scene.rows % samples == 0) {
              sampleGradients(scene, samples);
            }
          }
        });
  }

  private static void sampleGradients(NormalizationScene scene, int samples) {
    int channels = scene.channels;
    int each = scene.rows / samples;
    NormalizationScene.Expected expected = scene.expected(scene.replicas * samples * 2 * channels);
    for (int i = 0; i < scene.units(); i++) {
      NormalizationOracle oracle = scene.oracle(i, false);
      Dual[] yBar = scene.yBar(i);
      for (int k = 0; k < scene.groupChannels(); k++) {
        int c = scene.channel(i, k);
        for (int n = 0; n < scene.setRows() / each; n++) {
          int sample = scene.sharing.sets() == 1 ? n : scene.set(i);
          int at = (c / channels * samples + sample) * 2 * channels + c % channels;
          int from = k * scene.setRows() + n * each;
          expected.value(at, oracle.gammaBar(yBar, from, from + each));
          expected.value(at + channels, NormalizationOracle.betaBar(yBar, from, from + each));
        }
      }
    }
    Tensor rows = scene.bench.output(scene.subject.dtype(), scene.replicas, samples, 2 * channels);
    scene.plan.sampleGradients(
        scene.matrix(scene.x), scene.moments(), scene.matrix(scene.yBar), rows);
    expected.check("N = " + samples, rows);
  }
}
