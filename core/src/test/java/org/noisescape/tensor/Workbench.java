package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Tensors of one check: on closing, inputs must be unchanged, and so must be the memory between the
 * rows of strided tensors.
 */
final class Workbench implements AutoCloseable {
  /** How the tensors lie in memory. */
  enum Layout {
    /** Rows follow each other. */
    CONTIGUOUS,
    /** Rows are slices, not aligned, of a wider tensor. */
    STRIDED
  }

  private static final int BEFORE = 3;
  private static final int AFTER = 18;

  /** Negative, so that no activation keeps it, and exact in float32. */
  private static final double SENTINEL = -12345.6875;

  /** A tensor and the wider one it is cut from. */
  private record Piece(Tensor tensor, Tensor whole) {}

  private final Engine engine;
  private final Layout layout;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Tensor, double[]> inputs = new LinkedHashMap<>();
  private final List<Arena> arenas = new ArrayList<>();

  Workbench(Engine engine, Layout layout) {
    this.engine = engine;
    this.layout = layout;
  }

  Layout layout() {
    return layout;
  }

  /** A tensor that the operation must not change. */
  Tensor input(DType dtype, double[] values, int... shape) {
    Tensor tensor = inOut(dtype, values, shape);
    inputs.put(tensor, values.clone());
    return tensor;
  }

  /** An int32 tensor that the operation must not change. */
  Tensor input(int[] values, int... shape) {
    return input(DType.INT32, Arrays.stream(values).asDoubleStream().toArray(), shape);
  }

  /** A tensor that the operation changes. */
  Tensor inOut(DType dtype, double[] values, int... shape) {
    Tensor tensor = place(dtype, shape);
    write(tensor, values);
    return tensor;
  }

  /** A tensor that the operation must overwrite: not-a-number everywhere, −1 where integer. */
  Tensor output(DType dtype, int... shape) {
    double[] values = new double[size(shape)];
    Arrays.fill(values, dtype.isFloating() ? Double.NaN : -1);
    return inOut(dtype, values, shape);
  }

  /** Keys of replicas first, first + 1, …, always contiguous. */
  Tensor keys(long seed, int first, int replicas) {
    int[] words = new int[2 * replicas];
    RandomKey[] keys = RandomKey.replicas(seed, Purpose.ADDITIVE_NOISE, first, replicas);
    for (int r = 0; r < replicas; r++) {
      words[2 * r] = (int) keys[r].value();
      words[2 * r + 1] = (int) (keys[r].value() >>> 32);
    }
    return input(words, replicas, 2);
  }

  /** A contiguous step counter, which operations may advance. */
  Tensor step(long value) {
    Tensor step = engine.tensor(DType.INT32, 2);
    pieces.add(new Piece(step, step));
    engine.memory().write(step, (int) value, (int) (value >>> 32));
    return step;
  }

  /** Closes an arena with the rest. */
  void own(Arena arena) {
    arenas.add(arena);
  }

  /** All elements. */
  double[] read(Tensor tensor) {
    return tensor.dtype().isFloating()
        ? engine.memory().readDoubles(tensor)
        : Arrays.stream(engine.memory().readInts(tensor)).asDoubleStream().toArray();
  }

  /** Fixed standard normals, rounded to float32 so that they mean the same in both types. */
  static double[] normals(int seed, int size) {
    RandomStream stream = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(size);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }

  /** Product of the lengths. */
  static int size(int... shape) {
    return Math.toIntExact(Tensor.elements(shape));
  }

  @Override
  public void close() {
    inputs.forEach(
        (tensor, values) ->
            assertThat(Arrays.equals(read(tensor), values))
                .as("input %s is unchanged", tensor)
                .isTrue());
    for (Piece piece : pieces) {
      if (piece.whole() != piece.tensor()) {
        checkNeighbours(piece);
      }
    }
    for (Piece piece : pieces) {
      piece.whole().arena().close();
    }
    arenas.forEach(Arena::close);
  }

  private void checkNeighbours(Piece piece) {
    double[] whole = read(piece.whole());
    int width = (int) piece.whole().rowSize();
    int used = (int) piece.tensor().rowSize();
    for (int i = 0; i < whole.length; i++) {
      int column = i % width;
      if (column < BEFORE || column >= BEFORE + used) {
        assertThat(whole[i])
            .as("memory beside row %d of %s, column %d", i / width, piece.tensor(), column - BEFORE)
            .isEqualTo(sentinel(piece.tensor().dtype()));
      }
    }
  }

  private Tensor place(DType dtype, int[] shape) {
    int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    Tensor whole;
    Tensor tensor;
    if (layout == Layout.CONTIGUOUS) {
      whole = engine.tensor(dtype, shape);
      tensor = whole;
    } else {
      whole = engine.tensor(dtype, shape[0], BEFORE + size(inner) + AFTER);
      double[] sentinels = new double[(int) whole.size()];
      Arrays.fill(sentinels, sentinel(dtype));
      write(whole, sentinels);
      tensor = whole.slice(BEFORE, inner);
    }
    pieces.add(new Piece(tensor, whole));
    return tensor;
  }

  private static double sentinel(DType dtype) {
    return dtype.isFloating() ? SENTINEL : (int) SENTINEL;
  }

  private void write(Tensor tensor, double[] values) {
    if (tensor.dtype().isFloating()) {
      engine.memory().write(tensor, values);
    } else {
      engine.memory().write(tensor, Arrays.stream(values).mapToInt(v -> (int) v).toArray());
    }
  }
}
