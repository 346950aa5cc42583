package org.noisescape.cuda.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Installation;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Tensor;

/** An engine with its device at hand, and tensors of it; their memory lives as long as it does. */
final class Bench implements AutoCloseable {
  private static final int BEFORE = 1;
  private static final int AFTER = 2;

  private final Device device;
  private final Engine engine;
  private final List<Tensor> tensors = new ArrayList<>();

  private Bench(Device device) {
    this.device = device;
    this.engine = new CudaEngine(device);
  }

  /** Aborts the test where there is neither a GPU nor an emulator. */
  static Bench open() {
    Installation installation = Installation.in(LibraryFinder.ofThisMachine());
    assumeTrue(installation.problem().isEmpty(), () -> installation.problem().orElse(""));
    return new Bench(new Device(installation, Precision.FLOAT32));
  }

  Device device() {
    return device;
  }

  Engine engine() {
    return engine;
  }

  /** Rows that follow each other from an aligned address on. */
  Tensor tensor(DType dtype, double[] values, int... shape) {
    Tensor tensor = kept(dtype, shape);
    engine.memory().write(tensor, values);
    return tensor;
  }

  /** Rows with gaps, off the alignment. */
  Tensor shifted(DType dtype, double[] values, int... shape) {
    int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    int row = Math.toIntExact(Tensor.elements(inner));
    Tensor tensor = kept(dtype, shape[0], BEFORE + row + AFTER).slice(BEFORE, inner);
    engine.memory().write(tensor, values);
    return tensor;
  }

  /** Zeros. */
  Tensor sums(int... shape) {
    return kept(DType.FLOAT64, shape);
  }

  Tensor ints(int[] values, int... shape) {
    Tensor tensor = kept(DType.INT32, shape);
    engine.memory().write(tensor, values);
    return tensor;
  }

  private Tensor kept(DType dtype, int... shape) {
    tensors.add(engine.tensor(dtype, shape));
    return tensors.getLast();
  }

  double[] read(Tensor tensor) {
    return engine.memory().readDoubles(tensor);
  }

  /** Fixed standard normals that both types hold exactly. */
  static double[] normals(int seed, int size) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }

  /** Distance from 1 to the next number. */
  static double epsilon(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
  }

  @Override
  public void close() {
    tensors.forEach(tensor -> tensor.arena().close());
    engine.close();
  }
}
