package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Vectors;

/**
 * The bits of an operation do not depend on how often it ran before, that is, on whether the
 * virtual machine has compiled it yet: a resumed run starts cold where the first one was warm.
 */
class WarmUpTest {
  private static final int SIZE = 4099;
  private static final int CALLS = 1500;

  private final Engine engine = EngineUnderTest.HOST.engine();

  @Test
  void normalsKeepTheirBits() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      try (Arena arena = engine.arena()) {
        Tensor x = arena.reserve(dtype, 1, SIZE);
        Tensor sigma = arena.reserve(DType.FLOAT64, 1);
        Tensor keys = arena.reserve(DType.INT32, 1, 2);
        Tensor step = arena.reserve(DType.INT32, 2);
        arena.commit();
        engine.memory().write(sigma, 1.0);
        engine.memory().write(keys, 3, 5);
        sameBits(
            () -> {
              engine.memory().fill(x, 0);
              engine.random().addNormal(x, sigma, keys, step);
              return engine.memory().readDoubles(x);
            });
      }
    }
  }

  @Test
  void activationsKeepTheirBits() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (Activation activation : Activation.values()) {
        try (Arena arena = engine.arena()) {
          Tensor x = arena.reserve(dtype, 1, SIZE);
          Tensor y = arena.reserve(dtype, 1, SIZE);
          arena.commit();
          engine.memory().write(x, Vectors.normals(1, SIZE));
          sameBits(
              () -> {
                engine.pointwise().activate(activation, x, y);
                return engine.memory().readDoubles(y);
              });
        }
      }
    }
  }

  @Test
  void crossEntropiesKeepTheirBits() {
    int outputs = 13;
    int samples = 64;
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      try (Arena arena = engine.arena()) {
        Tensor output = arena.reserve(dtype, 1, samples, outputs);
        Tensor target = arena.reserve(dtype, 1, samples, outputs);
        Tensor bar = arena.reserve(dtype, 1, samples, outputs);
        Tensor scale = arena.reserve(DType.FLOAT64, 1);
        Tensor losses = arena.reserve(DType.FLOAT64, 1, samples);
        arena.commit();
        engine.memory().write(scale, 1.0);
        engine.memory().write(output, Vectors.normals(1, samples * outputs));
        engine.memory().fill(target, 1.0 / outputs);
        sameBits(
            () -> {
              engine.pointwise().softmaxCrossEntropy(output, target, samples, scale, losses, bar);
              return engine.memory().readDoubles(bar);
            });
      }
    }
  }

  @Test
  void sumsOfProductsKeepTheirBits() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      try (Arena arena = engine.arena()) {
        Tensor x = arena.reserve(dtype, 1, SIZE);
        Tensor out = arena.reserve(DType.FLOAT64, 1);
        arena.commit();
        engine.memory().write(x, Vectors.normals(1, SIZE));
        sameBits(
            () -> {
              engine.reduction().dot(x, x, out);
              return engine.memory().readDoubles(out);
            });
      }
    }
  }

  private static void sameBits(Supplier<double[]> operation) {
    double[] first = operation.get();
    for (int call = 1; call < CALLS; call++) {
      double[] now = operation.get();
      if (!Arrays.equals(now, first)) {
        assertThat(now).as("bits of call %d", call).isEqualTo(first);
      }
    }
  }
}
