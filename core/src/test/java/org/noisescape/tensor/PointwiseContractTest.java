package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations and their derivatives. */
class PointwiseContractTest extends EngineContract {
  /** M, C. */
  private static final int[][] SIZES = {
    {1, 1}, {7, 13}, {13, 1}, {1, 127}, {3, 15}, {2, 16}, {5, 17}, {31, 33}
  };

  @ParameterizedTest
  @MethodSource("subjects")
  void biasActivationAddsEachChannelsBiasFirst(Subject subject) {
    for (Activation activation : Activation.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int[] size : SIZES) {
              int channels = size[1];
              int row = size[0] * channels;
              double[] x = Workbench.normals(1, replicas * row);
              double[] bias = Workbench.normals(2, replicas * channels);
              Tensor target = bench.inOut(subject.dtype(), x, replicas, size[0], channels);
              Tensor biasTensor = bench.input(subject.dtype(), bias, replicas, channels);
              subject.engine().pointwise().biasActivation(activation, biasTensor, target);
              double[] expected = new double[x.length];
              double[] bounds = new double[x.length];
              for (int i = 0; i < x.length; i++) {
                double b = bias[i / row * channels + i % channels];
                expected[i] = ActivationOracle.value(activation, x[i] + b);
                bounds[i] = Tolerance.function(subject.dtype(), Math.abs(x[i]) + Math.abs(b));
              }
              Tolerance.check(
                  activation + " M=" + size[0] + " C=" + channels,
                  bench.read(target),
                  expected,
                  bounds);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void activateWorksInPlaceAndApart(Subject subject) {
    for (Activation activation : Activation.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int length : LENGTHS) {
              double[] x = Workbench.normals(3, replicas * length);
              double[] expected = new double[x.length];
              double[] bounds = new double[x.length];
              for (int i = 0; i < x.length; i++) {
                expected[i] = ActivationOracle.value(activation, x[i]);
                bounds[i] = Tolerance.function(subject.dtype(), x[i]);
              }
              Tensor source = bench.input(subject.dtype(), x, replicas, length);
              Tensor apart = bench.output(subject.dtype(), replicas, length);
              Tensor inPlace = bench.inOut(subject.dtype(), x, replicas, length);
              subject.engine().pointwise().activate(activation, source, apart);
              subject.engine().pointwise().activate(activation, inPlace, inPlace);
              Tolerance.check(activation + " apart", bench.read(apart), expected, bounds);
              Tolerance.check(activation + " in place", bench.read(inPlace), expected, bounds);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void activationsSaturateWithoutOverflow(Subject subject) {
    double[] x = {-1e4, -100, -40, 40, 100, 1e4};
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      for (Activation activation : Activation.values()) {
        Tensor target = bench.inOut(subject.dtype(), x, 1, x.length);
        subject.engine().pointwise().activate(activation, target, target);
        double[] expected = new double[x.length];
        double[] bounds = new double[x.length];
        for (int i = 0; i < x.length; i++) {
          expected[i] = ActivationOracle.value(activation, x[i]);
          bounds[i] = Tolerance.function(subject.dtype(), 0);
        }
        Tolerance.check(activation.toString(), bench.read(target), expected, bounds);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void notANumberPassesThroughEveryActivation(Subject subject) {
    double[] x = new double[19];
    x[0] = Double.NaN;
    x[18] = Double.NaN;
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      for (Activation activation : Activation.values()) {
        Tensor target = bench.inOut(subject.dtype(), x, 1, 1, x.length);
        Tensor bias = bench.input(subject.dtype(), new double[x.length], 1, x.length);
        subject.engine().pointwise().biasActivation(activation, bias, target);
        double[] y = bench.read(target);
        assertThat(new double[] {y[0], y[18]}).as(activation.name()).containsOnly(Double.NaN);
        assertThat(y[9]).as(activation.name()).isNotNaN();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void backwardScalesByTheDerivativeAndSumsTheBias(Subject subject) {
    for (Activation activation : Activation.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int[] size : SIZES) {
              checkBackward(subject, bench, activation, replicas, size[0], size[1]);
            }
          });
    }
  }

  private static void checkBackward(
      Subject subject, Workbench bench, Activation activation, int replicas, int m, int channels) {
    DType dtype = subject.dtype();
    Pointwise pointwise = subject.engine().pointwise();
    double[] y = Workbench.normals(4, replicas * m * channels);
    double[] yBar = Workbench.normals(5, y.length);
    double[] held = Workbench.normals(6, replicas * channels);
    Tolerance.Expected scaled = new Tolerance.Expected(y.length, 4);
    Tolerance.Expected sums = new Tolerance.Expected(held.length, m + 4.0);
    for (int i = 0; i < y.length; i++) {
      y[i] = ActivationOracle.at(activation, y[i]);
      double term = yBar[i] * ActivationOracle.derivative(activation, y[i]);
      int channel = i / (m * channels) * channels + i % channels;
      scaled.values()[i] = term;
      scaled.magnitudes()[i] = Math.abs(yBar[i]);
      sums.values()[channel] += term;
      sums.magnitudes()[channel] += Math.abs(yBar[i]);
    }
    Tensor value = bench.input(dtype, y, replicas, m, channels);
    for (Accumulation accumulation : Accumulation.values()) {
      Tensor cotangent = bench.inOut(dtype, yBar, replicas, m, channels);
      Tensor biasBar =
          accumulation == Accumulation.ADD
              ? bench.inOut(dtype, held, replicas, channels)
              : bench.output(dtype, replicas, channels);
      pointwise.activationBackward(activation, value, cotangent, biasBar, accumulation);
      String what = "%s %s M=%d C=%d".formatted(activation, accumulation, m, channels);
      Tolerance.check(what, bench.read(cotangent), scaled, dtype);
      if (accumulation == Accumulation.ADD) {
        for (int i = 0; i < held.length; i++) {
          sums.add(i, held[i]);
        }
      }
      Tolerance.check(what + " bias", bench.read(biasBar), sums, dtype);
    }
    Tensor alone = bench.inOut(dtype, yBar, replicas, m, channels);
    pointwise.activationBackward(activation, value, alone, null, Accumulation.OVERWRITE);
    Tolerance.check(activation + " without bias", bench.read(alone), scaled, dtype);
  }
}
