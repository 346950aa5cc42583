package org.noisescape.engine.host;

import java.util.Arrays;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/** A process of its own that says what a sum over samples comes to on some threads. */
final class ThreadsChild {
  private static final ConvolutionGeometry GEOMETRY =
      new ConvolutionGeometry(16, 16, 16, 16, 3, 3, 1, 1);
  private static final int SAMPLES = 50;

  private ThreadsChild() {}

  /** Argument: the number of threads. */
  public static void main(String[] arguments) {
    try {
      System.out.println(digest(Integer.parseInt(arguments[0])));
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Of the gradient of a convolution's weights. */
  static String digest(int threads) {
    try (Engine engine = Engines.open("host", threads);
        Arena arena = engine.arena()) {
      ConvolutionPlan plan =
          engine.convolution().plan(GEOMETRY, Activation.RELU, DType.FLOAT32, 1, SAMPLES, arena);
      int image = GEOMETRY.height() * GEOMETRY.width();
      Tensor x = arena.reserve(DType.FLOAT32, 1, SAMPLES, image * GEOMETRY.inputChannels());
      Tensor y =
          arena.reserve(
              DType.FLOAT32, 1, SAMPLES, GEOMETRY.positions() * GEOMETRY.outputChannels());
      Tensor weights = arena.reserve(DType.FLOAT32, 1, (int) GEOMETRY.weightSize());
      arena.commit();
      fill(engine, x, 1);
      fill(engine, y, 2);
      plan.weightGradient(x, y, weights, null, Accumulation.OVERWRITE);
      return Integer.toHexString(Arrays.hashCode(engine.memory().readDoubles(weights)));
    }
  }

  private static void fill(Engine engine, Tensor tensor, int seed) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] values = new double[Math.toIntExact(tensor.size())];
    Arrays.setAll(values, i -> stream.nextGaussian());
    engine.memory().write(tensor, values);
  }
}
