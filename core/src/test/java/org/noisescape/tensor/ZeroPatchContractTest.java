package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A convolution is exactly its bias where the kernel sees zeros only, beside whatever other pixels:
 * otherwise rounding decides derivatives of ReLU wherever a picture's background is zero.
 */
class ZeroPatchContractTest extends EngineContract {
  /** Around the number from which engines take other algorithms, and odd ones. */
  private static final int[] CHANNELS = {1, 15, 16, 17, 32};

  private static final int REPLICAS = 2;
  private static final int SAMPLES = 2;

  /** (kernel, stride, padding). */
  private static final int[][] KERNELS = {{1, 1, 0}, {3, 1, 0}, {3, 1, 1}, {3, 2, 1}, {5, 1, 2}};

  private static List<ConvolutionGeometry> geometries() {
    List<ConvolutionGeometry> geometries = new ArrayList<>();
    for (int[] kernel : KERNELS) {
      for (int i = 0; i < CHANNELS.length; i++) {
        int outputs = CHANNELS[(i * 2 + 1) % CHANNELS.length];
        geometries.add(geometry(6 + i, CHANNELS[i], outputs, kernel));
      }
    }
    // layers of common networks
    geometries.add(geometry(28, 1, 32, 3, 1, 1));
    geometries.add(geometry(28, 16, 16, 3, 1, 1));
    geometries.add(geometry(14, 32, 64, 3, 1, 1));
    geometries.add(geometry(7, 64, 64, 3, 1, 1));
    return geometries;
  }

  private static ConvolutionGeometry geometry(int side, int inputs, int outputs, int... kernel) {
    return new ConvolutionGeometry(
        side, side + 1, inputs, outputs, kernel[0], kernel[0], kernel[1], kernel[2]);
  }

  /** Zeros, of both signs, but for a blob in the first and a single channel in the other sample. */
  private static double[] pictures(ConvolutionGeometry g) {
    int channels = g.inputChannels();
    int pixels = g.height() * g.width();
    double[] x = Workbench.normals(1, REPLICAS * SAMPLES * pixels * channels);
    for (int i = 0; i < x.length; i++) {
      int n = i / channels / pixels % SAMPLES;
      int row = i / channels % pixels / g.width();
      int column = i / channels % g.width();
      boolean shown =
          n == 0
              ? Math.hypot(row - g.height() / 2.0, column - g.width() / 2.0) < g.height() / 4.0
              // the last channel alone, so that no other tells that the pixel is not zero
              : row == g.height() / 2 && column == n && i % channels == channels - 1;
      x[i] = shown ? x[i] : Math.copySign(0, x[i]);
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aKernelThatSeesZerosOnlyGivesExactlyTheBias(Subject subject) {
    List<ConvolutionGeometry> geometries = geometries();
    for (int i = 0; i < geometries.size(); i++) {
      Activation activation = i % 3 == 0 ? Activation.IDENTITY : Activation.RELU;
      try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.STRIDED)) {
        check(subject, bench, geometries.get(i), activation);
      }
    }
  }

  private static void check(
      Subject subject, Workbench bench, ConvolutionGeometry g, Activation activation) {
    DType dtype = subject.dtype();
    Arena arena = subject.engine().arena();
    ConvolutionPlan plan =
        subject.engine().convolution().plan(g, activation, dtype, REPLICAS, SAMPLES, arena);
    bench.own(arena.commit());
    int weights = (int) g.weightSize();
    int channels = g.outputChannels();
    int size = g.positions() * channels;
    double[] x = pictures(g);
    double[] biases = Workbench.normals(3, REPLICAS * channels);
    biases[0] = 0;
    Tensor images =
        bench.input(dtype, x, REPLICAS, SAMPLES, g.height() * g.width() * g.inputChannels());
    Tensor w = bench.input(dtype, Workbench.normals(2, REPLICAS * weights), REPLICAS, weights);
    Tensor b = bench.input(dtype, biases, REPLICAS, channels);
    Tensor y = bench.output(dtype, REPLICAS, SAMPLES, size);
    boolean[] zero = zeroPositions(g, x, REPLICAS * SAMPLES);
    String where = "%s, %s".formatted(g, activation);

    plan.forward(images, w, b, y);
    for (int i = 0; i < biases.length; i++) {
      biases[i] = activation == Activation.RELU ? Math.max(biases[i], 0) : biases[i];
    }
    check(where, bench.read(y), zero, biases);
    plan.forward(images, w, null, y);
    check(where + ", no bias", bench.read(y), zero, new double[biases.length]);
    plan.linear(images, w, y, Accumulation.OVERWRITE);
    check(where + ", linear", bench.read(y), zero, new double[biases.length]);
  }

  /** Positions (R·N, T) whose patch is zero; there must be some of either kind. */
  private static boolean[] zeroPositions(ConvolutionGeometry g, double[] x, int images) {
    int channels = g.inputChannels();
    boolean[] zeroPixels = new boolean[x.length / channels];
    Arrays.fill(zeroPixels, true);
    for (int i = 0; i < x.length; i++) {
      zeroPixels[i / channels] &= x[i] == 0;
    }
    boolean[] zero = new boolean[images * g.positions()];
    Arrays.fill(zero, true);
    new ConvolutionOracle(oneChannel(g), 1, images)
        .forEachTerm((pixel, weight, position) -> zero[position] &= zeroPixels[pixel]);
    assertThat(zero).contains(true, false);
    return zero;
  }

  private static ConvolutionGeometry oneChannel(ConvolutionGeometry g) {
    return new ConvolutionGeometry(
        g.height(), g.width(), 1, 1, g.kernelHeight(), g.kernelWidth(), g.stride(), g.padding());
  }

  private static void check(String where, double[] y, boolean[] zero, double[] expected) {
    int channels = y.length / zero.length;
    int perReplica = zero.length / REPLICAS;
    int replicaChannels = expected.length / REPLICAS;
    for (int t = 0; t < zero.length; t++) {
      for (int o = 0; zero[t] && o < channels; o++) {
        double wanted = expected[t / perReplica * replicaChannels + o];
        if (y[t * channels + o] != wanted) {
          throw new AssertionError(
              "%s: position %d, channel %d is %s, expected %s"
                  .formatted(where, t, o, y[t * channels + o], wanted));
        }
      }
    }
  }
}
