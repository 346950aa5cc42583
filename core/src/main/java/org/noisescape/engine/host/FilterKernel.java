package org.noisescape.engine.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/** One row of a filter of gradients, each moment loaded and stored once. */
final class FilterKernel implements Workers.Task {
  private static final VectorSpecies<Float> S = Float32Kernels.S;
  private static final VectorSpecies<Double> D = DoubleLanes.D;

  /** Bytes of the widest vectors. */
  private static final long ROOM = 256;

  // one thread only comes to the end of a row
  private final MemorySegment memory = Arena.ofAuto().allocate(3 * ROOM, ROOM);
  private final long room = memory.address();
  private final double[] weights = new double[FilterWeight.COUNT];
  private FilterMap map;
  private boolean wide;
  private long u;
  private long m;
  private long v;

  /** Chooses map and type, and takes the weights that lie at an address. */
  void of(FilterMap chosen, DType dtype, long row) {
    map = chosen;
    wide = dtype == DType.FLOAT64;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Float64Kernels.get(row, i);
    }
  }

  /** Addresses of the vectors; 0 for none. */
  void at(long direction, long first, long second) {
    u = direction;
    m = first;
    v = second;
  }

  @Override
  public void run(long from, long to) {
    int bytes = wide ? 8 : 4;
    long lanes = wide ? D.length() : S.length();
    long whole = from + (to - from) / lanes * lanes;
    vectors(u + bytes * from, row(m, bytes * from), row(v, bytes * from), bytes * (whole - from));
    if (whole < to) {
      rest(bytes * whole, bytes * (to - whole));
    }
  }

  private static long row(long vector, long offset) {
    return vector == 0 ? 0 : vector + offset;
  }

  /** The elements behind the last whole vector, by way of memory with room for one. */
  private void rest(long offset, long bytes) {
    copy(row(u, offset), room, bytes);
    copy(row(m, offset), room + ROOM, bytes);
    copy(row(v, offset), room + 2 * ROOM, bytes);
    vectors(room, m == 0 ? 0 : room + ROOM, v == 0 ? 0 : room + 2 * ROOM, 1);
    copy(room, row(u, offset), bytes);
    copy(room + ROOM, row(m, offset), bytes);
    copy(room + 2 * ROOM, row(v, offset), bytes);
  }

  private static void copy(long source, long target, long bytes) {
    if (source != 0 && target != 0) {
      MemorySegment.copy(Native.ALL, source, Native.ALL, target, bytes);
    }
  }

  private void vectors(long direction, long first, long second, long bytes) {
    if (wide) {
      doubles(direction, first, second, bytes);
    } else {
      floats(direction, first, second, bytes);
    }
  }

  /** So many bytes of the vectors, rounded up to whole lanes. */
  private void floats(long direction, long first, long second, long bytes) {
    FloatVector kept = single(FilterWeight.KEPT);
    FloatVector entering = single(FilterWeight.ENTERING);
    FloatVector direct = single(FilterWeight.DIRECT);
    FloatVector ofMoment = single(FilterWeight.MOMENT);
    FloatVector former = single(FilterWeight.FORMER);
    FloatVector squareKept = single(FilterWeight.SQUARE_KEPT);
    FloatVector squareEntering = single(FilterWeight.SQUARE_ENTERING);
    FloatVector root = single(FilterWeight.ROOT);
    FloatVector bound = single(FilterWeight.BOUND);
    FilterMap chosen = map;
    for (long i = 0; i < bytes; i += S.vectorByteSize()) {
      FloatVector input = load(direction + i);
      FloatVector sum = input.mul(direct);
      if (first != 0) {
        FloatVector before = load(first + i);
        FloatVector moment = before.fma(kept, input.mul(entering));
        store(moment, first + i);
        sum = moment.fma(ofMoment, before.fma(former, sum));
      }
      if (second != 0) {
        FloatVector square = load(second + i).fma(squareKept, input.mul(input).mul(squareEntering));
        store(square, second + i);
        sum = sum.div(square.sqrt().fma(root, bound));
      } else if (chosen == FilterMap.SIGN) {
        sum =
            sum.blend(1f, sum.compare(VectorOperators.GT, 0f))
                .blend(-1f, sum.compare(VectorOperators.LT, 0f));
      } else if (chosen == FilterMap.CLAMP) {
        sum = sum.min(bound).max(bound.neg());
      }
      store(sum, direction + i);
    }
  }

  private void doubles(long direction, long first, long second, long bytes) {
    DoubleVector kept = wide(FilterWeight.KEPT);
    DoubleVector entering = wide(FilterWeight.ENTERING);
    DoubleVector direct = wide(FilterWeight.DIRECT);
    DoubleVector ofMoment = wide(FilterWeight.MOMENT);
    DoubleVector former = wide(FilterWeight.FORMER);
    DoubleVector squareKept = wide(FilterWeight.SQUARE_KEPT);
    DoubleVector squareEntering = wide(FilterWeight.SQUARE_ENTERING);
    DoubleVector root = wide(FilterWeight.ROOT);
    DoubleVector bound = wide(FilterWeight.BOUND);
    FilterMap chosen = map;
    for (long i = 0; i < bytes; i += D.vectorByteSize()) {
      DoubleVector input = loadWide(direction + i);
      DoubleVector sum = input.mul(direct);
      if (first != 0) {
        DoubleVector before = loadWide(first + i);
        DoubleVector moment = before.fma(kept, input.mul(entering));
        store(moment, first + i);
        sum = moment.fma(ofMoment, before.fma(former, sum));
      }
      if (second != 0) {
        DoubleVector square =
            loadWide(second + i).fma(squareKept, input.mul(input).mul(squareEntering));
        store(square, second + i);
        sum = sum.div(square.sqrt().fma(root, bound));
      } else if (chosen == FilterMap.SIGN) {
        sum =
            sum.blend(1, sum.compare(VectorOperators.GT, 0))
                .blend(-1, sum.compare(VectorOperators.LT, 0));
      } else if (chosen == FilterMap.CLAMP) {
        sum = sum.min(bound).max(bound.neg());
      }
      store(sum, direction + i);
    }
  }

  private FloatVector single(FilterWeight weight) {
    return FloatVector.broadcast(S, (float) weights[weight.at()]);
  }

  private DoubleVector wide(FilterWeight weight) {
    return DoubleVector.broadcast(D, weights[weight.at()]);
  }

  private static FloatVector load(long address) {
    return Float32Kernels.load(address);
  }

  private static void store(FloatVector value, long address) {
    Float32Kernels.store(value, address);
  }

  private static DoubleVector loadWide(long address) {
    return DoubleLanes.doubles(address, 0);
  }

  private static void store(DoubleVector value, long address) {
    value.intoMemorySegment(Native.ALL, address, ByteOrder.nativeOrder());
  }
}
