package org.noisescape.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/** Pixels k/255 kept as bytes have every bit of the numbers they were. */
class PixelRowsTest {
  private static final int ROWS = 7;

  private static float[] levels(int length) {
    float[] x = new float[ROWS * length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i % 256) / 255f;
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 63, 64, 65, 257, 784})
  void everyLevelComesBackToTheLastBit(int length) {
    float[] x = levels(length);
    try (Engine engine = Engines.open("host", 1);
        Arena arena = engine.arena()) {
      Tensor features = arena.reserve(DType.FLOAT32, ROWS, length);
      arena.commit();
      engine.memory().write(features, x, 0);
      PixelRows pixels = PixelRows.of(features);
      assumeThat(pixels).as("vectors of 256 bits or more").isNotNull();
      int[] drawn = {4, 0, 6, 6};
      int stride = (int) pixels.rowBytes() / 4;
      Tensor read = arena(engine, drawn.length, stride);
      pixels.read(drawn, Native.address(read));
      float[] values = new float[drawn.length * stride];
      engine.memory().read(read, values, 0);
      for (int s = 0; s < drawn.length; s++) {
        for (int i = 0; i < length; i++) {
          assertThat(values[s * stride + i]).isEqualTo(x[drawn[s] * length + i]);
        }
      }
      read.arena().close();
    }
  }

  private static Tensor arena(Engine engine, int rows, int length) {
    Arena arena = engine.arena();
    Tensor tensor = arena.reserve(DType.FLOAT32, rows, length);
    arena.commit();
    return tensor;
  }

  @ParameterizedTest
  @ValueSource(floats = {-0f, Float.NaN, 0.5f, 1.0000001f, -1 / 255f, 256 / 255f, 1e30f})
  void aNumberThatIsNoLevelIsRefused(float number) {
    float[] x = levels(20);
    x[ROWS * 20 - 1] = number;
    try (Engine engine = Engines.open("host", 1);
        Arena arena = engine.arena()) {
      Tensor features = arena.reserve(DType.FLOAT32, ROWS, 20);
      arena.commit();
      engine.memory().write(features, x, 0);
      assertThat(PixelRows.of(features)).isNull();
    }
  }
}
