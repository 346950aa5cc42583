package org.noisescape.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tangents of activations, and products of samples with weights. */
class TangentsContractTest extends EngineContract {
  /** M, C. */
  private static final int[][] SIZES = {
    {1, 1}, {7, 13}, {13, 1}, {1, 127}, {3, 15}, {2, 16}, {5, 17}, {131, 33}, {0, 5}, {3, 0}
  };

  /** Values of an activation, or its inputs where it reads those. */
  private static double[] values(Activation activation, int seed, int size) {
    double[] y = Workbench.normals(seed, size);
    for (int i = 0; i < size; i++) {
      y[i] = ActivationOracle.at(activation, y[i]);
    }
    return y;
  }

  private static void forward(
      Subject subject, Workbench bench, Activation activation, int replicas, int[] size) {
    int channels = size[1];
    int row = size[0] * channels;
    double[] y = values(activation, 1, replicas * row);
    double[] yDot = Workbench.normals(2, y.length);
    double[] biasDot = Workbench.normals(3, replicas * channels);
    int[] shape = {replicas, size[0], channels};
    Tensor value = bench.input(subject.dtype(), y, shape);
    Tensor bias = bench.input(subject.dtype(), biasDot, replicas, channels);
    Tensor with = bench.inOut(subject.dtype(), yDot, shape);
    Tensor without = bench.inOut(subject.dtype(), yDot, shape);
    subject.engine().tangents().activation(activation, value, bias, with);
    subject.engine().tangents().activation(activation, value, null, without);
    Tolerance.Expected withBias = new Tolerance.Expected(y.length, 4);
    Tolerance.Expected withoutBias = new Tolerance.Expected(y.length, 4);
    for (int i = 0; i < y.length; i++) {
      double b = biasDot[i / row * channels + i % channels];
      double derivative = ActivationOracle.derivative(activation, y[i]);
      withBias.values()[i] = derivative * (yDot[i] + b);
      withBias.magnitudes()[i] = (1 + y[i] * y[i]) * (Math.abs(yDot[i]) + Math.abs(b));
      withoutBias.values()[i] = derivative * yDot[i];
      withoutBias.magnitudes()[i] = (1 + y[i] * y[i]) * Math.abs(yDot[i]);
    }
    String what = activation + " M=" + size[0] + " C=" + channels;
    Tolerance.check(what, bench.read(with), withBias, subject.dtype());
    Tolerance.check(what + ", no bias", bench.read(without), withoutBias, subject.dtype());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void activationScalesTheTangentAndItsBiasByTheDerivative(Subject subject) {
    for (Activation activation : Activation.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int[] size : SIZES) {
              forward(subject, bench, activation, replicas, size);
            }
          });
    }
  }

  private static void backward(
      Subject subject, Workbench bench, Activation activation, int replicas, int[] size) {
    int channels = size[1];
    int row = size[0] * channels;
    double[] y = values(activation, 4, replicas * row);
    double[] yDot = Workbench.normals(5, y.length);
    double[] yBar = Workbench.normals(6, y.length);
    double[] yBarDot = Workbench.normals(7, y.length);
    double[] held = Workbench.normals(8, replicas * channels);
    Tolerance.Expected expected = new Tolerance.Expected(y.length, 6);
    Tolerance.Expected replaced = new Tolerance.Expected(held.length, size[0] + 6.0);
    for (int i = 0; i < y.length; i++) {
      double bent = ActivationOracle.slope(activation, y[i]) * yBar[i] * yDot[i];
      double magnitude =
          (1 + y[i] * y[i]) * Math.abs(yBarDot[i])
              + (1 + 2 * Math.abs(y[i])) * Math.abs(yBar[i] * yDot[i]);
      double value = ActivationOracle.derivative(activation, y[i]) * yBarDot[i] + bent;
      expected.values()[i] = value;
      expected.magnitudes()[i] = magnitude;
      replaced.values()[i / row * channels + i % channels] += value;
      replaced.magnitudes()[i / row * channels + i % channels] += magnitude;
    }
    int[] shape = {replicas, size[0], channels};
    Tensor[] inputs = {
      bench.input(subject.dtype(), y, shape),
      bench.input(subject.dtype(), yDot, shape),
      bench.input(subject.dtype(), yBar, shape)
    };
    String what = activation + " M=" + size[0] + " C=" + channels;
    Tensor alone = bench.inOut(subject.dtype(), yBarDot, shape);
    run(subject, activation, inputs, alone, null, Accumulation.OVERWRITE);
    Tolerance.check(what, bench.read(alone), expected, subject.dtype());
    Tensor target = bench.inOut(subject.dtype(), yBarDot, shape);
    Tensor bias = bench.output(subject.dtype(), replicas, channels);
    run(subject, activation, inputs, target, bias, Accumulation.OVERWRITE);
    Tolerance.check(what + ", with bias", bench.read(target), expected, subject.dtype());
    Tolerance.check(what + " bias", bench.read(bias), replaced, subject.dtype());
    Tensor again = bench.inOut(subject.dtype(), yBarDot, shape);
    Tensor sum = bench.inOut(subject.dtype(), held, replicas, channels);
    run(subject, activation, inputs, again, sum, Accumulation.ADD);
    for (int i = 0; i < held.length; i++) {
      replaced.add(i, held[i]);
    }
    Tolerance.check(what + " bias added", bench.read(sum), replaced, subject.dtype());
  }

  private static void run(
      Subject subject,
      Activation activation,
      Tensor[] inputs,
      Tensor yBarDot,
      Tensor biasBarDot,
      Accumulation accumulation) {
    subject
        .engine()
        .tangents()
        .activationBackward(
            activation, inputs[0], inputs[1], inputs[2], yBarDot, biasBarDot, accumulation);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void activationBackwardAddsTheBendOfTheActivation(Subject subject) {
    for (Activation activation : Activation.values()) {
      everywhere(
          subject,
          (bench, replicas) -> {
            for (int[] size : SIZES) {
              backward(subject, bench, activation, replicas, size);
            }
          });
    }
  }

  /**
   * ȳ act′(y) is a polynomial of degree three along a line where act′ reads the value, of which the
   * five-point formula gives the derivative exactly: (8 (F₁ − F₋₁) − (F₂ − F₋₂)) / 12 h.
   */
  @ParameterizedTest
  @MethodSource("subjects")
  void activationBackwardIsTheDerivativeOfThePullback(Subject subject) {
    double h = 0.25;
    int size = 33;
    for (Activation activation : Activation.values()) {
      if (activation.readsInput()) {
        continue;
      }
      try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
        double[] y = values(activation, 9, size);
        double[] yBar = Workbench.normals(10, size);
        double[] yBarDot = Workbench.normals(11, size);
        double[] yDot = new double[size];
        double[] expected = new double[size];
        double[] bounds = new double[size];
        for (int i = 0; i < size; i++) {
          // a line that stays on one side of the kink
          yDot[i] = y[i] * (i % 3 - 1);
        }
        for (int point : new int[] {-2, -1, 1, 2}) {
          double weight = (Math.abs(point) == 1 ? 8 : -1) * Integer.signum(point) / (12 * h);
          double[] moved = new double[size];
          double[] pulled = new double[size];
          for (int i = 0; i < size; i++) {
            moved[i] = y[i] + point * h * yDot[i];
            pulled[i] = yBar[i] + point * h * yBarDot[i];
          }
          Tensor value = bench.inOut(subject.dtype(), moved, 1, 1, size);
          Tensor target = bench.inOut(subject.dtype(), pulled, 1, 1, size);
          subject
              .engine()
              .pointwise()
              .activationBackward(activation, value, target, null, Accumulation.OVERWRITE);
          double[] read = bench.read(target);
          for (int i = 0; i < size; i++) {
            expected[i] += weight * read[i];
            double steep = (1 + Math.abs(moved[i])) * (1 + Math.abs(moved[i]));
            bounds[i] +=
                Math.abs(weight) * Tolerance.sum(subject.dtype(), 4, steep * Math.abs(pulled[i]));
          }
        }
        Tensor[] inputs = {
          bench.input(subject.dtype(), y, 1, 1, size),
          bench.input(subject.dtype(), yDot, 1, 1, size),
          bench.input(subject.dtype(), yBar, 1, 1, size)
        };
        Tensor tangent = bench.inOut(subject.dtype(), yBarDot, 1, 1, size);
        run(subject, activation, inputs, tangent, null, Accumulation.OVERWRITE);
        Tolerance.check(activation.name(), bench.read(tangent), expected, bounds);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void scaleSamplesMultipliesRowsInPlaceAndApart(Subject subject) {
    int[][] sizes = {{1, 1}, {7, 13}, {1, 127}, {13, 1}, {5, 33}, {0, 3}, {3, 0}};
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : sizes) {
            int samples = replicas * size[0];
            double[] weights = Workbench.normals(12, samples);
            double[] x = Workbench.normals(13, samples * size[1]);
            int[] shape = {replicas, size[0], size[1]};
            Tensor factors = bench.input(DType.FLOAT64, weights, replicas, size[0]);
            Tensor source = bench.input(subject.dtype(), x, shape);
            Tensor apart = bench.output(subject.dtype(), shape);
            Tensor inPlace = bench.inOut(subject.dtype(), x, shape);
            subject.engine().tangents().scaleSamples(factors, source, apart);
            subject.engine().tangents().scaleSamples(factors, inPlace, inPlace);
            Tolerance.Expected expected = new Tolerance.Expected(x.length, 1);
            for (int i = 0; i < x.length; i++) {
              expected.add(i, weights[i / size[1]] * x[i]);
            }
            Tolerance.check("apart", bench.read(apart), expected, subject.dtype());
            Tolerance.check("in place", bench.read(inPlace), expected, subject.dtype());
          }
        });
  }
}
