package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Max-pooling, its tangent and its adjoint: exact, ties and padding included. */
class PoolingContractTest extends EngineContract {
  private static final ConvolutionGeometry[] GEOMETRIES = {
    new ConvolutionGeometry(4, 6, 3, 3, 2, 2, 2, 0),
    new ConvolutionGeometry(7, 5, 17, 17, 2, 2, 2, 0),
    new ConvolutionGeometry(7, 8, 2, 2, 3, 3, 2, 1),
    new ConvolutionGeometry(5, 5, 16, 16, 3, 3, 1, 1),
    new ConvolutionGeometry(2, 2, 1, 1, 3, 3, 1, 1),
    new ConvolutionGeometry(6, 9, 10, 10, 3, 2, 3, 0),
    new ConvolutionGeometry(3, 3, 33, 33, 1, 1, 2, 0),
    new ConvolutionGeometry(5, 3, 4, 4, 5, 3, 1, 0),
  };

  /** Small negative integers: many ties, and zero padding would win. */
  private static double[] image(int size) {
    double[] values = Workbench.normals(1, size);
    for (int i = 0; i < size; i++) {
      values[i] = -1 - Math.floor(Math.abs(values[i]) * 1.5);
    }
    return values;
  }

  private static void check(
      Subject subject, Workbench bench, ConvolutionGeometry geometry, int replicas, int samples) {
    DType dtype = subject.dtype();
    ConvolutionOracle oracle = new ConvolutionOracle(geometry, replicas, samples);
    Arena arena = subject.engine().arena();
    MaxPoolPlan plan =
        subject.engine().convolution().maxPool(geometry, dtype, replicas, samples, arena);
    bench.own(arena.commit());
    int images = replicas * samples;
    double[] x = image(images * oracle.inputSize());
    int[] argmax = oracle.argmax(x);
    double[] yBar = Workbench.normals(2, argmax.length);
    double[] y = new double[argmax.length];
    Tolerance.Expected xBar =
        new Tolerance.Expected(x.length, geometry.kernelHeight() * geometry.kernelWidth());
    for (int i = 0; i < argmax.length; i++) {
      int source = i / oracle.outputSize() * oracle.inputSize() + argmax[i];
      y[i] = x[source];
      xBar.add(source, yBar[i]);
    }
    Tensor input = bench.input(dtype, x, replicas, samples, oracle.inputSize());
    Tensor output = bench.output(dtype, replicas, samples, oracle.outputSize());
    Tensor positions = bench.output(DType.INT32, replicas, samples, oracle.outputSize());
    plan.forward(input, output, positions);
    String what = "%s, N = %d".formatted(geometry, samples);
    assertThat(bench.read(output)).as(what).isEqualTo(y);
    assertThat(subject.engine().memory().readInts(positions)).as(what).isEqualTo(argmax);
    double[] xDot = Workbench.normals(3, x.length);
    double[] yDot = new double[argmax.length];
    for (int i = 0; i < argmax.length; i++) {
      yDot[i] = xDot[i / oracle.outputSize() * oracle.inputSize() + argmax[i]];
    }
    Tensor tangent = bench.input(dtype, xDot, replicas, samples, oracle.inputSize());
    Tensor outputTangent = bench.output(dtype, replicas, samples, oracle.outputSize());
    plan.tangent(tangent, positions, outputTangent);
    assertThat(bench.read(outputTangent)).as(what + " tangent").isEqualTo(yDot);
    Tensor cotangent = bench.input(dtype, yBar, replicas, samples, oracle.outputSize());
    Tensor gradient = bench.output(dtype, replicas, samples, oracle.inputSize());
    plan.inputGradient(cotangent, positions, gradient);
    Tolerance.check(what, bench.read(gradient), xBar, dtype);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void maximaTheirPositionsTangentsAndGradientsMatchTheWindows(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (ConvolutionGeometry geometry : GEOMETRIES) {
            check(subject, bench, geometry, replicas, 1);
            check(subject, bench, geometry, replicas, 3);
          }
        });
  }
}
