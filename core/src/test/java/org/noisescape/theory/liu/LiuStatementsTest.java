package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of Liu et al. (2021) that no formula of ours stands for. */
class LiuStatementsTest {
  private static final double RATE = 1.1;
  private static final double MU = 0.6;
  private static final RealMatrix K = MomentRecursion.matrix(DiscreteTimeTest.K);
  private static final RealMatrix C = MomentRecursion.matrix(DiscreteTimeTest.C);
  private static final RealMatrix ONE = MatrixUtils.createRealIdentityMatrix(3);

  /** Section 2 has O((1 − λk)²), which would vanish at λk = 1. */
  @Test
  void continuousTimeWithoutNoiseErrsByTheRateAndTheMoreTheLarger() {
    assertThat(oneStep(1e-4) / (0.5 * 1e-8)).isCloseTo(1, within(1e-4));
    assertThat(worst(1e-3) / (1e-3 / (2 * Math.E))).isCloseTo(1, within(2e-3));
    double before = 0;
    for (double x = 0.05; x < 1; x += 0.05) {
      assertThat(worst(x)).isGreaterThan(before);
      before = worst(x);
    }
    assertThat(worst(1)).isCloseTo(1 / Math.E, within(1e-15));
  }

  private static double oneStep(double x) {
    return Math.exp(-x) - (1 - x);
  }

  /** Largest |(1 − x)ᵗ − e^(−xt)| over t. */
  private static double worst(double x) {
    double worst = 0;
    for (int t = 1; t * x < 20; t++) {
      worst = Math.max(worst, Math.abs(Math.pow(1 - x, t) - Math.exp(-x * t)));
    }
    return worst;
  }

  /** Table 1 has λ/(2(1 − μ)) in this place, of the rule that is not normalised. */
  @ParameterizedTest
  @CsvSource({"0,0", "0.5,0", "0.5,0.7", "0.9,1"})
  void quasiHyperbolicCovarianceToFirstOrderKnowsNoMomentum(double mu, double nu) {
    double rate = 1e-5;
    QuasiHyperbolicSgd rule = new QuasiHyperbolicSgd(rate, mu, nu);
    assertThat(rule.gain(2.5) / (rate / 2 / 2.5)).isCloseTo(1, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, MU})
  void covarianceCommutesWithTheHessianExactlyWhereTheNoiseDoes(double mu) {
    HeavyBallSgd rule = new HeavyBallSgd(RATE, mu);
    RealMatrix commuting = K.multiply(K).add(ONE.scalarMultiply(0.3));
    assertThat(commutator(covariance(rule, commuting), K).getNorm1()).isLessThan(1e-13);
    // the other way: the noise of a covariance that commutes, Eq. 16 read from left to right
    assertThat(commutator(equation16(mu, commuting), K).getNorm1()).isLessThan(1e-13);
    assertThat(commutator(covariance(rule, C), K).getNorm1()).isGreaterThan(0.1);
    assertThat(commutator(equation16(mu, C), K).getNorm1()).isGreaterThan(0.1);
  }

  @Test
  void formWithCommutatorsIsTheMatrixEquation() {
    RealMatrix sigma = covariance(new HeavyBallSgd(RATE, MU), C);
    RealMatrix left = commuting(sigma).add(first(sigma)).add(second(sigma));
    assertThat(left.subtract(C.scalarMultiply(RATE * RATE)).getNorm1()).isLessThan(1e-13);
    assertThat(left.subtract(equation16(MU, sigma)).getNorm1()).isLessThan(1e-13);
  }

  /** With λ on the right; Eq. 26 is printed with λ². */
  @Test
  void tracesOfTheCommutatorsVanish() {
    RealMatrix sigma = covariance(new HeavyBallSgd(RATE, MU), C);
    RealMatrix s = function(k -> 1 / (2 - RATE / (1 + MU) * k));
    for (RealMatrix part : new RealMatrix[] {first(sigma), second(sigma)}) {
      assertThat(part.getNorm1()).isGreaterThan(0.05);
      assertThat(s.multiply(part).getTrace()).isCloseTo(0, within(1e-14));
    }
    double right = RATE * s.multiply(C).getTrace();
    assertThat((1 - MU) * K.multiply(sigma).getTrace()).isCloseTo(right, within(1e-13));
  }

  @Test
  void discreteTimeCostsMoreAndTheSharperDirectionTheMore() {
    HeavyBallSgd rule = new HeavyBallSgd(0.5, 0.5);
    GradientNoiseCovariance noise = GradientNoiseCovariance.isotropic(1, 2);
    assertThat(ContinuousTime.approximationError(rule, noise)).isEqualTo(0.5);
    assertThat(ApproximationError.of(rule, Hessian.diagonal(1, 0.5), noise))
        .isCloseTo(0.25 * (1.2 + 12.0 / 11), within(1e-15));
    double before = 1;
    for (double k : new double[] {0.1, 0.5, 1, 2, 4, 5.9}) {
      GradientNoiseCovariance one = GradientNoiseCovariance.isotropic(1, 1);
      double ratio =
          ApproximationError.of(rule, Hessian.diagonal(k), one)
              / ContinuousTime.approximationError(rule, one);
      assertThat(ratio).isGreaterThan(before);
      before = ratio;
    }
  }

  /** Appendix A with X = μI, where (1 − μ)I is printed, and a sum that ends at t − 2. */
  @Test
  void recurrenceOfAppendixGivesPathAndCovariance() {
    RealMatrix x = ONE.scalarMultiply(MU);
    RealMatrix both = x.add(ONE).subtract(K.scalarMultiply(RATE));
    int steps = 400;
    RealMatrix[] g = recurrence(x, both, steps);
    Random random = new Random(5);
    RealVector[] w = new RealVector[12];
    RealVector[] eta = new RealVector[w.length];
    for (int t = 0; t < w.length; t++) {
      eta[t] = MatrixUtils.createRealVector(random.doubles(3).toArray());
      w[t] = t < 2 ? eta[t].mapMultiply(3) : null;
      if (t >= 2) {
        RealVector momentum = w[t - 1].subtract(w[t - 2]).mapMultiply(MU);
        RealVector gradient = K.operate(w[t - 1]).subtract(eta[t - 1]);
        w[t] = w[t - 1].add(momentum).subtract(gradient.mapMultiply(RATE));
      }
    }
    int t = w.length - 1;
    RealVector sum = g[t - 1].operate(w[1]).subtract(x.multiply(g[t - 2]).operate(w[0]));
    for (int i = 0; i <= t - 2; i++) {
      sum = sum.add(g[i].operate(eta[t - 1 - i]).mapMultiply(RATE));
    }
    assertThat(sum.subtract(w[t]).getNorm()).isLessThan(1e-12);
    RealMatrix sigma = covariance(new HeavyBallSgd(RATE, MU), C);
    assertThat(series(g).subtract(sigma).getNorm1()).isLessThan(1e-10);
    RealMatrix printed = ONE.scalarMultiply(1 - MU);
    RealMatrix[] other = recurrence(printed, both.subtract(x).add(printed), steps);
    assertThat(series(other).subtract(sigma).getNorm1()).isGreaterThan(0.3 * sigma.getNorm1());
  }

  /** In one dimension, at the exact variance: more than a tenth of dλ²C is left. */
  @ParameterizedTest
  @CsvSource({"0.5,0.5", "0.3,0.9", "0.8,0.2"})
  void matrixEquationsOfQuasiHyperbolicMomentumDoNotHoldAsPrinted(double mu, double nu) {
    double rate = 0.4;
    double k = 1.5;
    double sigma = new QuasiHyperbolicSgd(rate, mu, nu).gain(k);
    double contraction = mu * (1 - rate * (1 - nu) * k);
    double q = sigma / (1 - contraction * contraction);
    double alpha = rate * (1 - nu + nu * (1 - mu));
    double x =
        (1 - mu * mu) * q
            + mu * alpha * k * k * sigma
            + rate * (-1 + mu * (1 + mu - mu * nu)) * k * sigma * k
            - rate * mu * (1 - nu) * alpha * k * 2 * k * q * k;
    double left =
        mu * (1 + mu) * 2 * x
            + rate * (1 - mu * nu * (2 + mu)) * 2 * x * k
            - 2 * mu * (1 + mu) * sigma
            + rate * mu * mu * (1 - nu) * 2 * k * sigma
            + rate * rate * (1 - mu * mu - 2 * mu * nu * (1 - mu)) * k * sigma * k;
    double right = (1 + mu * (mu - 2 * nu - 2 * mu * nu * (1 - nu))) * rate * rate;
    assertThat(Math.abs(left - right)).isGreaterThan(0.1 * Math.abs(right));
  }

  private static RealMatrix[] recurrence(RealMatrix x, RealMatrix both, int count) {
    RealMatrix[] g = new RealMatrix[count];
    g[0] = ONE;
    g[1] = both;
    for (int t = 2; t < count; t++) {
      g[t] = both.multiply(g[t - 1]).subtract(x.multiply(g[t - 2]));
    }
    return g;
  }

  private static RealMatrix series(RealMatrix[] g) {
    RealMatrix sum = ONE.scalarMultiply(0);
    for (RealMatrix each : g) {
      sum = sum.add(each.multiply(C).multiply(each).scalarMultiply(RATE * RATE));
    }
    return sum;
  }

  private static RealMatrix covariance(HeavyBallSgd rule, RealMatrix noise) {
    return MomentRecursion.matrix(
        DiscreteTime.covariance(
            rule, Hessian.of(DiscreteTimeTest.K), GradientNoiseCovariance.of(noise.getData())));
  }

  private static RealMatrix function(DoubleUnaryOperator f) {
    return Hessian.of(DiscreteTimeTest.K).function(f);
  }

  private static RealMatrix commutator(RealMatrix a, RealMatrix b) {
    return a.multiply(b).subtract(b.multiply(a));
  }

  /** Left side of Eq. 16. */
  private static RealMatrix equation16(double mu, RealMatrix sigma) {
    double square = RATE * RATE / (1 - mu * mu);
    RealMatrix once = K.multiply(sigma).add(sigma.multiply(K));
    RealMatrix twice = K.multiply(K).multiply(sigma).add(sigma.multiply(K).multiply(K));
    return once.scalarMultiply((1 - mu) * RATE)
        .subtract(K.multiply(sigma).multiply(K).scalarMultiply((1 + mu * mu) * square))
        .add(twice.scalarMultiply(mu * square));
  }

  /** The three terms of Eq. 17. */
  private static RealMatrix commuting(RealMatrix sigma) {
    return function(k -> (1 - MU) * RATE * k * (2 - RATE / (1 + MU) * k)).multiply(sigma);
  }

  private static RealMatrix first(RealMatrix sigma) {
    return function(k -> (1 - MU) * RATE * (1 - RATE / (1 + MU) * k))
        .multiply(commutator(sigma, K));
  }

  private static RealMatrix second(RealMatrix sigma) {
    return commutator(K, commutator(K, sigma)).scalarMultiply(MU / (1 - MU * MU) * RATE * RATE);
  }
}
