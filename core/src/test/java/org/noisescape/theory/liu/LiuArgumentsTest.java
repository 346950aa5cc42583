package org.noisescape.theory.liu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.testing.WrongArguments.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiuArgumentsTest {
  private static final double[] NO_NUMBER_ABOVE_0 = {Double.NaN, 0, -1};
  private static final double[] NO_NUMBER_FROM_0 = {Double.NaN, -1};
  private static final Hessian HESSIAN = Hessian.diagonal(1, 2);
  private static final GradientNoiseCovariance NOISE = GradientNoiseCovariance.isotropic(1, 2);

  @Test
  void matrices() {
    refused("the Hessian must have at least one row", () -> Hessian.of(new double[0][]));
    refused("the Hessian must be square", () -> Hessian.of(new double[][] {{1, 0}}));
    refused("the Hessian must be finite", v -> Hessian.diagonal(1, v), Double.NaN);
    refused("the Hessian must be positive definite", v -> Hessian.diagonal(1, v), 0, -1);
    refused("the Hessian must be symmetric", () -> Hessian.of(new double[][] {{2, 1}, {0, 2}}));
    refused("a noise covariance", v -> GradientNoiseCovariance.isotropic(v, 2), -1);
    refused(
        "the noise has 1 components",
        () -> HESSIAN.trace(k -> k, GradientNoiseCovariance.isotropic(1, 1)));
    refused("C and K do not commute", () -> commuting(new double[][] {{2, 1}, {1, 2}}));
    refused(
        "the preconditioner",
        v ->
            PreconditionedCovariance.covariance(new double[][] {{v, 0}, {0, 1}}, 0, HESSIAN, NOISE),
        0,
        -1,
        Double.NaN);
  }

  private static double[][] commuting(double[][] noise) {
    return DiscreteTime.commutingCovariance(
        HeavyBallSgd.sgd(0.1), HESSIAN, GradientNoiseCovariance.of(noise));
  }

  /** Symmetry, definiteness and commutation are asked for relative to the size of the entries. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-8, 1, 1e8})
  void matricesOfAnySize(double size) {
    double[][] symmetric = scaled(size, 2, 1, 1 + 1e-13, 3);
    assertThat(Hessian.of(symmetric).entries()[1])
        .containsExactly(symmetric[1], within(size * 1e-12));
    assertThat(GradientNoiseCovariance.of(symmetric).entries()[1])
        .containsExactly(symmetric[1], within(size * 1e-12));
    refused("the Hessian must be symmetric", () -> Hessian.of(scaled(size, 2, 1, 1.01, 3)));
    refused("a noise covariance", () -> GradientNoiseCovariance.of(scaled(size, 1, 2, 2, 1)));
    GradientNoiseCovariance.of(scaled(size, 1, 1, 1, 1));
    HeavyBallSgd rule = HeavyBallSgd.sgd(0.1 / size);
    Hessian hessian = Hessian.of(scaled(size, 2, 1, 1, 3));
    refused(
        "C and K do not commute",
        () ->
            DiscreteTime.commutingCovariance(
                rule, hessian, GradientNoiseCovariance.of(scaled(size, 2, 1, 1, 3.01))));
    DiscreteTime.commutingCovariance(
        rule, hessian, GradientNoiseCovariance.of(scaled(size, 2, 1, 1, 3 + 1e-13)));
  }

  private static double[][] scaled(double size, double a, double b, double c, double d) {
    return new double[][] {{size * a, size * b}, {size * c, size * d}};
  }

  /** What may be zero, one, or all of the data. */
  @Test
  void endsOfTheDomainsPass() {
    assertThat(new MixedNoise(0, 0).covariance(0.1, HESSIAN)[0]).containsExactly(0, 0);
    assertThat(MiniBatch.withoutReplacement(2, 2).covarianceFactor()).isZero();
    assertThat(MiniBatch.withoutReplacement(1, 2).covarianceFactor()).isEqualTo(1);
    assertThat(new NaturalGradient(0.1, 0).miniBatchApproximationError(HESSIAN, 0)).isPositive();
    // the whole way cooled by the bottom of the well, or by the top of the barrier
    assertThat(new KramersRate(1, 2, -1, 1, 1).continuous(1))
        .isCloseTo(Math.exp(-1) / (2 * Math.PI), within(1e-16));
    assertThat(new KramersRate(1, 2, -1, 0, 1).continuous(1))
        .isCloseTo(Math.exp(-2) / (2 * Math.PI), within(1e-16));
    assertThat(new KramersRate(1, 2, -4, 0.25, 10).scaled(3))
        .isEqualTo(new KramersRate(3, 6, -12, 0.25, 10));
  }

  @Test
  void rulesOfSgd() {
    refused("learning rate", v -> new HeavyBallSgd(v, 0), NO_NUMBER_ABOVE_0);
    refused("learning rate", v -> new HeavyBallSgd(v, 0), Double.POSITIVE_INFINITY);
    refused("momentum", v -> new HeavyBallSgd(0.1, v), Double.NaN, -0.1, 1);
    refused("momentum", v -> HeavyBallSgd.largestLearningRate(v, HESSIAN), Double.NaN, -0.1, 1);
    refused("learning rate", v -> new QuasiHyperbolicSgd(v, 0, 0), NO_NUMBER_ABOVE_0);
    refused("momentum", v -> new QuasiHyperbolicSgd(0.1, v, 0), Double.NaN, -0.1, 1);
    refused("nu", v -> new QuasiHyperbolicSgd(0.1, 0, v), Double.NaN, -0.1, 1.1);
    refused("learning rate", v -> new DampedNewton(v, 0), NO_NUMBER_ABOVE_0);
    refused("momentum", v -> new DampedNewton(0.1, v), Double.NaN, -0.1, 1);
    refused("learning rate", v -> new NaturalGradient(v, 0), NO_NUMBER_ABOVE_0);
    refused("momentum", v -> new NaturalGradient(0.1, v), Double.NaN, -0.1, 1);
    NaturalGradient natural = new NaturalGradient(0.1, 0);
    refused("noise factor", v -> natural.miniBatchCovariance(HESSIAN, v), NO_NUMBER_FROM_0);
    refused("noise factor", v -> natural.miniBatchApproximationError(HESSIAN, v), NO_NUMBER_FROM_0);
  }

  /** The bound itself is unstable, what lies below is not. */
  @Test
  void learningRatesWithoutAStationaryState() {
    String message = "no stationary state at learning rate";
    HeavyBallSgd atBound = HeavyBallSgd.sgd(1);
    refused(message, () -> DiscreteTime.covariance(atBound, HESSIAN, NOISE));
    refused(message, () -> DiscreteTime.commutingCovariance(atBound, HESSIAN, NOISE));
    refused(message, () -> ApproximationError.of(atBound, HESSIAN, NOISE));
    refused(message, () -> new MixedNoise(1, 1).covariance(1, HESSIAN));
    refused(message, () -> new DampedNewton(2, 0));
    refused(message, () -> EscapeEfficiency.discrete(1, 1, HESSIAN, NOISE));
    BayesianLearningRate bayes = new BayesianLearningRate(10, 2);
    refused(message, () -> bayes.divergence(1, HESSIAN));
    refused(message, () -> bayes.derivative(1, HESSIAN));
    refused(message, () -> new KramersRate(1, 2, -1, 0.5, 1).discrete(1));
    QuasiHyperbolicSgd quasi = new QuasiHyperbolicSgd(1, 0, 0.5);
    refused(message, () -> quasi.covariance(HESSIAN, NOISE));
    refused(message, () -> quasi.approximationError(HESSIAN, NOISE));
    refused(message, () -> quasi.gain(2));
  }

  @Test
  void batches() {
    refused("batch", v -> MiniBatch.withReplacement((int) v), 0, -1);
    refused("the factor of a covariance", v -> new MiniBatch(1, v), NO_NUMBER_FROM_0);
    refused("a batch drawn without", v -> MiniBatch.withoutReplacement((int) v, 5), 6);
    refused("a batch drawn without", v -> MiniBatch.withoutReplacement(1, (int) v), 1);
    refused("batch", v -> new BayesianLearningRate(10, (int) v), 0, 10, 11);
    refused("both parts of the noise", v -> new MixedNoise(v, 0), NO_NUMBER_FROM_0);
    refused("both parts of the noise", v -> new MixedNoise(0, v), NO_NUMBER_FROM_0);
    refused(
        "learning rate", v -> new BayesianLearningRate(10, 2).continuousDivergence(v, HESSIAN), 0);
  }

  @Test
  void regression() {
    double[][] inputs = {{1, 0}, {0, 1}, {1, 1}};
    double[] targets = {1, 2, 3};
    MiniBatch one = MiniBatch.withReplacement(1);
    refused(
        "variance of the residuals",
        v -> RegressionNoise.gaussianInputs(inputs, v, SquareLoss.PLAIN, one),
        NO_NUMBER_FROM_0);
    refused(
        "one target for each",
        () -> RegressionNoise.ofSamples(inputs, new double[2], SquareLoss.PLAIN, one));
    refused(
        "one target for each",
        () -> RegressionNoise.ofSamples(new double[0][], new double[0], SquareLoss.PLAIN, one));
    MiniBatch large = MiniBatch.withoutReplacement(4, 5);
    refused(
        "batch 4 is larger",
        () -> RegressionNoise.ofSamples(inputs, targets, SquareLoss.PLAIN, large));
    // with replacement a batch may be larger than the data
    RegressionNoise.ofSamples(inputs, targets, SquareLoss.PLAIN, MiniBatch.withReplacement(4));
  }

  @Test
  void escapes() {
    refused("barrier", v -> new KramersRate(v, 1, -1, 0.5, 1), NO_NUMBER_ABOVE_0);
    refused("curvature at the minimum", v -> new KramersRate(1, v, -1, 0.5, 1), NO_NUMBER_ABOVE_0);
    refused("curvature at the top", v -> new KramersRate(1, 1, -v, 0.5, 1), NO_NUMBER_ABOVE_0);
    refused("midpoint", v -> new KramersRate(1, 1, -1, v, 1), Double.NaN, -0.1, 1.1);
    refused("batch", v -> new KramersRate(1, 1, -1, 0.5, v), Double.NaN, 0.5);
    KramersRate good = new KramersRate(1, 1, -1, 0.5, 1);
    refused("learning rate", good::continuous, NO_NUMBER_ABOVE_0);
    refused("learning rate", good::discrete, NO_NUMBER_ABOVE_0);
    refused("steps", v -> EscapeEfficiency.continuous(0.1, (long) v, HESSIAN, NOISE), -1);
    refused("steps", v -> EscapeEfficiency.discrete(0.1, (long) v, HESSIAN, NOISE), -1);
    refused(
        "learning rate", v -> EscapeEfficiency.continuous(v, 1, HESSIAN, NOISE), NO_NUMBER_ABOVE_0);
    refused("the ratio", () -> EscapeEfficiency.anisotropyRatio(0.1, 0, HESSIAN, NOISE));
    refused(
        "the ratio",
        () ->
            EscapeEfficiency.anisotropyRatio(
                0.1, 1, HESSIAN, GradientNoiseCovariance.isotropic(0, 2)));
  }
}
