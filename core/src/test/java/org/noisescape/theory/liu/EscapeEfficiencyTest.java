package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class EscapeEfficiencyTest {
  private static final Hessian HESSIAN = Hessian.of(DiscreteTimeTest.K);
  private static final GradientNoiseCovariance NOISE =
      GradientNoiseCovariance.of(DiscreteTimeTest.C);

  @Test
  void discreteEfficiencyIsTheLossOfTheSteppedCovariance() {
    for (double rate : new double[] {0.1, 1.0, 1.7}) {
      RealMatrix sigma = MatrixUtils.createRealMatrix(3, 3);
      RealMatrix decay =
          MatrixUtils.createRealIdentityMatrix(3).subtract(HESSIAN.matrix().scalarMultiply(rate));
      for (int step = 1; step <= 20; step++) {
        sigma =
            decay.multiply(sigma).multiply(decay).add(NOISE.matrix().scalarMultiply(rate * rate));
        double loss = 0.5 * HESSIAN.matrix().multiply(sigma).getTrace();
        assertThat(EscapeEfficiency.discrete(rate, step, HESSIAN, NOISE))
            .isCloseTo(loss, within(1e-12 * loss));
      }
    }
  }

  @Test
  void continuousEfficiencyIsTheIntegralOfTheLyapunovEquation() {
    // dΣ/dt = -λ(KΣ + ΣK) + λ²C by Euler with a step of 1e-4, error of first order
    double rate = 0.5;
    RealMatrix sigma = MatrixUtils.createRealMatrix(3, 3);
    double step = 1e-4;
    for (int i = 0; i < 30_000; i++) {
      RealMatrix drift = HESSIAN.matrix().multiply(sigma);
      sigma =
          sigma
              .subtract(drift.add(drift.transpose()).scalarMultiply(step * rate))
              .add(NOISE.matrix().scalarMultiply(step * rate * rate));
    }
    double loss = 0.5 * HESSIAN.matrix().multiply(sigma).getTrace();
    assertThat(EscapeEfficiency.continuous(rate, 3, HESSIAN, NOISE))
        .isCloseTo(loss, within(2 * step * loss));
  }

  @Test
  void discreteEfficiencyIsNeverBelowTheContinuousOne() {
    for (int i = 1; i < 100; i++) {
      double rate = 2.0 * i / 100;
      Hessian hessian = Hessian.diagonal(1);
      GradientNoiseCovariance noise = GradientNoiseCovariance.isotropic(1, 1);
      for (long steps : new long[] {0, 1, 2, 3, 10, 1000}) {
        assertThat(EscapeEfficiency.discrete(rate, steps, hessian, noise))
            .isGreaterThanOrEqualTo(EscapeEfficiency.continuous(rate, steps, hessian, noise));
      }
    }
  }

  @Test
  void longTimesGiveTheApproximationErrorAndOneStepTheTraceOfHessianAndNoise() {
    double limit = ApproximationError.of(HeavyBallSgd.sgd(1.5), HESSIAN, NOISE);
    assertThat(EscapeEfficiency.discrete(1.5, 10_000, HESSIAN, NOISE))
        .isCloseTo(limit, within(1e-12 * limit));
    double product = HESSIAN.matrix().multiply(NOISE.matrix()).getTrace();
    assertThat(EscapeEfficiency.discrete(1.5, 1, HESSIAN, NOISE))
        .isCloseTo(1.125 * product, within(1e-12));
    assertThat(EscapeEfficiency.anisotropyRatio(1.5, 1, HESSIAN, NOISE))
        .isCloseTo(product / (NOISE.trace() * HESSIAN.trace() / 3), within(1e-12));
  }

  @Test
  void alignedNoiseOfAnIllConditionedHessianEscapesFasterByTheDimension() {
    // k = (1, D^-2, …), C = K: the ratio is D Σk²/(Σk)², of the order D^(2d-1) with d capped by l =
    // 1
    int d = 50;
    double[] values = new double[d];
    java.util.Arrays.fill(values, 1.0 / (d * d));
    values[0] = 1;
    Hessian hessian = Hessian.diagonal(values);
    double ratio =
        EscapeEfficiency.anisotropyRatio(
            0.1, 1, hessian, GradientNoiseCovariance.proportional(1, hessian));
    assertThat(ratio).isGreaterThan(0.9 * d).isLessThan(d);
  }

  @Test
  void argumentsOutsideTheDomainAreNamed() {
    assertThatThrownBy(() -> EscapeEfficiency.discrete(2, 1, Hessian.diagonal(1), NOISE))
        .hasMessageContaining("no stationary state");
    assertThatThrownBy(() -> EscapeEfficiency.discrete(0.1, -1, HESSIAN, NOISE))
        .hasMessageContaining("steps");
    assertThatThrownBy(
            () ->
                EscapeEfficiency.anisotropyRatio(
                    0.1, 1, HESSIAN, GradientNoiseCovariance.isotropic(0, 3)))
        .hasMessageContaining("needs noise");
  }
}
