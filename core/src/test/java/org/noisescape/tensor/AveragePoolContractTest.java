package org.noisescape.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Average-pooling and its adjoint. */
class AveragePoolContractTest extends EngineContract {
  private static final ConvolutionGeometry[] GEOMETRIES = {
    new ConvolutionGeometry(4, 6, 3, 3, 2, 2, 2, 0),
    new ConvolutionGeometry(4, 4, 64, 64, 4, 4, 4, 0),
    new ConvolutionGeometry(7, 5, 17, 17, 2, 2, 2, 0),
    new ConvolutionGeometry(7, 8, 2, 2, 3, 3, 2, 0),
    new ConvolutionGeometry(5, 5, 16, 16, 3, 3, 1, 0),
    new ConvolutionGeometry(1, 1, 1, 1, 1, 1, 1, 0),
    new ConvolutionGeometry(6, 9, 10, 10, 3, 2, 3, 0),
    new ConvolutionGeometry(3, 3, 33, 33, 1, 1, 2, 0),
    new ConvolutionGeometry(8, 8, 65, 65, 8, 8, 8, 0),
    new ConvolutionGeometry(5, 3, 4, 4, 5, 3, 1, 0),
  };

  /** A pair of a pixel and an output whose window it is in. */
  private interface Pair {
    void of(int x, int y);
  }

  private static void forEach(ConvolutionGeometry g, int images, Pair pair) {
    int channels = g.inputChannels();
    for (int y = 0; y < images * g.positions() * channels; y++) {
      int image = y / (g.positions() * channels);
      int position = y / channels % g.positions();
      int top = position / g.outputWidth() * g.stride();
      int left = position % g.outputWidth() * g.stride();
      for (int h = top; h < top + g.kernelHeight(); h++) {
        for (int w = left; w < left + g.kernelWidth(); w++) {
          pair.of(((image * g.height() + h) * g.width() + w) * channels + y % channels, y);
        }
      }
    }
  }

  private static void check(
      Subject subject, Workbench bench, ConvolutionGeometry g, int replicas, int samples) {
    DType dtype = subject.dtype();
    Arena arena = subject.engine().arena();
    AveragePoolPlan plan =
        subject.engine().convolution().averagePool(g, dtype, replicas, samples, arena);
    bench.own(arena.commit());
    int inputs = g.height() * g.width() * g.inputChannels();
    int outputs = g.positions() * g.inputChannels();
    double[] x = Workbench.normals(1, replicas * samples * inputs);
    double[] yBar = Workbench.normals(2, replicas * samples * outputs);
    int cells = g.kernelHeight() * g.kernelWidth();
    Tolerance.Expected y = new Tolerance.Expected(yBar.length, cells);
    Tolerance.Expected xBar = new Tolerance.Expected(x.length, cells);
    forEach(
        g,
        replicas * samples,
        (xi, yi) -> {
          y.add(yi, x[xi] / cells);
          xBar.add(xi, yBar[yi] / cells);
        });
    Tensor output = bench.output(dtype, replicas, samples, outputs);
    plan.forward(bench.input(dtype, x, replicas, samples, inputs), output);
    String what = "%s, N = %d".formatted(g, samples);
    Tolerance.check("means of " + what, bench.read(output), y, dtype);
    Tensor gradient = bench.output(dtype, replicas, samples, inputs);
    plan.inputGradient(bench.input(dtype, yBar, replicas, samples, outputs), gradient);
    Tolerance.check("gradients of " + what, bench.read(gradient), xBar, dtype);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void outputsAreMeansOfWindowsAndGradientsAreSpreadEvenly(Subject subject) {
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
