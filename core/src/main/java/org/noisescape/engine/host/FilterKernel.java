package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/** One row of a filter of gradients, each moment loaded and stored once. */
final class FilterKernel implements Workers.Task {
  private static final VectorSpecies<Float> S = Float32Kernels.S;
  private static final VectorSpecies<Double> D = DoubleLanes.D;

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
    int lanes = wide ? D.length() : S.length();
    long whole = from + (to - from) / lanes * lanes;
    if (wide) {
      for (long i = from; i < whole; i += lanes) {
        doubles(i, D.maskAll(true));
      }
      if (whole < to) {
        doubles(whole, D.indexInRange(whole, to));
      }
    } else {
      for (long i = from; i < whole; i += lanes) {
        floats(i, S.maskAll(true));
      }
      if (whole < to) {
        floats(whole, S.indexInRange(whole, to));
      }
    }
  }

  private float single(FilterWeight weight) {
    return (float) weights[weight.at()];
  }

  private double weight(FilterWeight weight) {
    return weights[weight.at()];
  }

  private void floats(long i, VectorMask<Float> mask) {
    FloatVector entering = load(u + 4 * i, mask);
    FloatVector sum = entering.mul(single(FilterWeight.DIRECT));
    if (m != 0) {
      FloatVector former = load(m + 4 * i, mask);
      FloatVector moment =
          former.fma(broadcast(FilterWeight.KEPT), entering.mul(single(FilterWeight.ENTERING)));
      store(moment, m + 4 * i, mask);
      sum =
          moment.fma(
              broadcast(FilterWeight.MOMENT), former.fma(broadcast(FilterWeight.FORMER), sum));
    }
    if (v != 0) {
      FloatVector square =
          load(v + 4 * i, mask)
              .fma(
                  broadcast(FilterWeight.SQUARE_KEPT),
                  entering.mul(entering).mul(single(FilterWeight.SQUARE_ENTERING)));
      store(square, v + 4 * i, mask);
      sum =
          sum.div(
              square.sqrt().fma(broadcast(FilterWeight.ROOT), broadcast(FilterWeight.BOUND)));
    } else if (map == FilterMap.SIGN) {
      sum =
          sum.blend(1f, sum.compare(VectorOperators.GT, 0f))
              .blend(-1f, sum.compare(VectorOperators.LT, 0f));
    } else if (map == FilterMap.CLAMP) {
      float bound = single(FilterWeight.BOUND);
      sum = sum.min(bound).max(-bound);
    }
    store(sum, u + 4 * i, mask);
  }

  private void doubles(long i, VectorMask<Double> mask) {
    DoubleVector entering = loadWide(u + 8 * i, mask);
    DoubleVector sum = entering.mul(weight(FilterWeight.DIRECT));
    if (m != 0) {
      DoubleVector former = loadWide(m + 8 * i, mask);
      DoubleVector moment =
          former.fma(wide(FilterWeight.KEPT), entering.mul(weight(FilterWeight.ENTERING)));
      store(moment, m + 8 * i, mask);
      sum = moment.fma(wide(FilterWeight.MOMENT), former.fma(wide(FilterWeight.FORMER), sum));
    }
    if (v != 0) {
      DoubleVector square =
          loadWide(v + 8 * i, mask)
              .fma(
                  wide(FilterWeight.SQUARE_KEPT),
                  entering.mul(entering).mul(weight(FilterWeight.SQUARE_ENTERING)));
      store(square, v + 8 * i, mask);
      sum = sum.div(square.sqrt().fma(wide(FilterWeight.ROOT), wide(FilterWeight.BOUND)));
    } else if (map == FilterMap.SIGN) {
      sum =
          sum.blend(1, sum.compare(VectorOperators.GT, 0))
              .blend(-1, sum.compare(VectorOperators.LT, 0));
    } else if (map == FilterMap.CLAMP) {
      double bound = weight(FilterWeight.BOUND);
      sum = sum.min(bound).max(-bound);
    }
    store(sum, u + 8 * i, mask);
  }

  private FloatVector broadcast(FilterWeight weight) {
    return FloatVector.broadcast(S, single(weight));
  }

  private DoubleVector wide(FilterWeight weight) {
    return DoubleVector.broadcast(D, weight(weight));
  }

  private static FloatVector load(long address, VectorMask<Float> mask) {
    return Float32Kernels.load(S, address, mask);
  }

  private static void store(FloatVector value, long address, VectorMask<Float> mask) {
    Float32Kernels.store(value, address, mask);
  }

  private static DoubleVector loadWide(long address, VectorMask<Double> mask) {
    return DoubleVector.fromMemorySegment(
        D, Native.ALL, address, ByteOrder.nativeOrder(), mask);
  }

  private static void store(DoubleVector value, long address, VectorMask<Double> mask) {
    value.intoMemorySegment(Native.ALL, address, ByteOrder.nativeOrder(), mask);
  }
}
