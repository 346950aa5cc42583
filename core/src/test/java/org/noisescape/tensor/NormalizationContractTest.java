package org.noisescape.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Normalisation of channels and its adjoint. */
class NormalizationContractTest extends EngineContract {
  private static double range(double[] x) {
    double low = x[0];
    double high = x[0];
    for (double value : x) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void momentsAreMeansAndBiasedVariancesInFloat64(Subject subject) {
    NormalizationScene.everySize(
        subject,
        Moments.Origin.ROWS,
        scene -> {
          int moments = scene.mean.length / scene.replicas;
          Tensor mean = scene.bench.output(DType.FLOAT64, scene.replicas, moments);
          Tensor variance = scene.bench.output(DType.FLOAT64, scene.replicas, moments);
          scene.plan.moments(scene.matrix(scene.x), mean, variance);
          double[] meanBounds = new double[scene.mean.length];
          double[] varianceBounds = new double[scene.mean.length];
          for (int i = 0; i < scene.units(); i++) {
            double[] x = scene.elements(scene.x, i);
            double size = Math.abs(scene.mean[scene.moment(i, 0)]) + range(x);
            double meanBound = Tolerance.sum(DType.FLOAT64, x.length, size);
            for (int k = 0; k < scene.groupChannels(); k++) {
              meanBounds[scene.moment(i, k)] = meanBound;
              // about any value of the channel as origin, or about a rounded mean
              varianceBounds[scene.moment(i, k)] =
                  Tolerance.sum(DType.FLOAT64, x.length, range(x) * range(x))
                      + meanBound * meanBound;
            }
          }
          String where = "M = %d, C = %d, %s".formatted(scene.rows, scene.channels, scene.sharing);
          Tolerance.check("mean " + where, scene.bench.read(mean), scene.mean, meanBounds);
          Tolerance.check(
              "variance " + where, scene.bench.read(variance), scene.variance, varianceBounds);
        });
  }

  private static void forward(NormalizationScene scene, Activation activation) {
    NormalizationScene.Expected expected = scene.matrixExpected();
    for (int i = 0; i < scene.units(); i++) {
      Dual[] y = scene.oracle(i, false).forward(scene.ofChannels(scene.beta, scene.betaDot, i));
      for (int m = 0; m < y.length; m++) {
        Dual before = y[m];
        double value = ActivationOracle.value(activation, before.value());
        y[m] = new Dual(value, before.near() + 1, before.far() + 1, 0, 0, 0);
      }
      scene.values(expected, i, y);
    }
    Tensor y = scene.output();
    Tensor gamma = scene.vector(scene.gamma);
    Tensor beta = scene.vector(scene.beta);
    scene.plan.forward(activation, scene.matrix(scene.x), scene.moments(), gamma, beta, y);
    expected.check("forward " + activation, y);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void forwardIsTheActivatedScaledAndShiftedNormalizedInput(Subject subject) {
    for (Activation activation : Activation.values()) {
      boolean all = activation == Activation.IDENTITY;
      if (all) {
        NormalizationScene.everySize(subject, scene -> forward(scene, activation));
      } else {
        NormalizationScene.everySize(
            subject, Moments.Origin.ROWS, scene -> forward(scene, activation));
      }
    }
  }

  /** Expectations of one backward pass. */
  private static final class Backward {
    final NormalizationScene.Expected x;
    final NormalizationScene.Expected gamma;
    final NormalizationScene.Expected beta;

    Backward(NormalizationScene scene) {
      x = scene.matrixExpected();
      gamma = scene.vectorExpected();
      beta = scene.vectorExpected();
      for (int i = 0; i < scene.units(); i++) {
        NormalizationOracle oracle = scene.oracle(i, false);
        Dual[] yBar = scene.yBar(i);
        scene.values(x, i, oracle.backward(yBar));
        scene.affine(gamma, beta, i, oracle, yBar, false);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void backwardIsTheAdjoint(Subject subject) {
    NormalizationScene.everySize(
        subject,
        scene -> {
          for (Accumulation accumulation : Accumulation.values()) {
            Backward expected = new Backward(scene);
            Tensor xBar = scene.output();
            Tensor gammaBar = scene.target(accumulation, scene.gammaDot);
            Tensor betaBar = scene.target(accumulation, scene.betaDot);
            scene.plan.backward(
                scene.matrix(scene.x),
                scene.moments(),
                scene.vector(scene.gamma),
                scene.matrix(scene.yBar),
                xBar,
                gammaBar,
                betaBar,
                accumulation);
            expected.x.check("xBar " + accumulation, xBar);
            expected.gamma.plus(accumulation, scene.gammaDot).check("gammaBar", gammaBar);
            expected.beta.plus(accumulation, scene.betaDot).check("betaBar", betaBar);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void backwardComputesOnlyWhatIsAskedFor(Subject subject) {
    NormalizationScene.everySize(
        subject,
        scene -> {
          Accumulation accumulation = Accumulation.OVERWRITE;
          Backward expected = new Backward(scene);
          Tensor x = scene.matrix(scene.x);
          Tensor yBar = scene.matrix(scene.yBar);
          Tensor gamma = scene.vector(scene.gamma);
          Tensor xBar = scene.output();
          scene.plan.backward(x, scene.moments(), gamma, yBar, xBar, null, null, accumulation);
          expected.x.check("xBar alone", xBar);
          Tensor gammaBar = scene.target(accumulation, scene.gammaDot);
          Tensor betaBar = scene.target(accumulation, scene.betaDot);
          scene.plan.backward(
              x, scene.moments(), gamma, yBar, null, gammaBar, betaBar, accumulation);
          expected.gamma.check("gammaBar alone", gammaBar);
          expected.beta.check("betaBar alone", betaBar);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void gradientsMayReplaceTheParametersOrBeAddedToThem(Subject subject) {
    NormalizationScene.everySize(
        subject,
        scene -> {
          for (Accumulation accumulation : Accumulation.values()) {
            Backward expected = new Backward(scene);
            Tensor xBar = scene.output();
            Tensor gamma = scene.target(Accumulation.ADD, scene.gamma);
            Tensor beta = scene.target(Accumulation.ADD, scene.beta);
            scene.plan.backward(
                scene.matrix(scene.x),
                scene.moments(),
                gamma,
                scene.matrix(scene.yBar),
                xBar,
                gamma,
                beta,
                accumulation);
            expected.x.check("xBar in place " + accumulation, xBar);
            expected.gamma.plus(accumulation, scene.gamma).check("gamma in place", gamma);
            expected.beta.plus(accumulation, scene.beta).check("beta in place", beta);
          }
        });
  }
}
