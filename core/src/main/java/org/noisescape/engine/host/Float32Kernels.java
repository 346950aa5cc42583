package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Elementwise;

/** float32 kernels by the Vector API, on addresses. */
final class Float32Kernels {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Doubles, as many bits as S; two of them hold the lanes of one S. */
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** Floats, as many lanes as D. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  private static final VectorShuffle<Double>[] UPPER_HALVES = upperHalves(D);
  private static final VectorShuffle<Float>[] UPPER_LANES = upperHalves(S);

  private Float32Kernels() {}

  static FloatVector load(VectorSpecies<Float> species, long address, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(
        species, Native.ALL, address, java.nio.ByteOrder.nativeOrder(), mask);
  }

  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(S, Native.ALL, address, java.nio.ByteOrder.nativeOrder());
  }

  static void store(FloatVector v, long address) {
    v.intoMemorySegment(Native.ALL, address, java.nio.ByteOrder.nativeOrder());
  }

  static void store(FloatVector v, long address, VectorMask<Float> mask) {
    v.intoMemorySegment(Native.ALL, address, java.nio.ByteOrder.nativeOrder(), mask);
  }

  static void axpby(float alpha, long x, float beta, long y, long from, long to) {
    long i = from;
    for (; i + S.length() <= to; i += S.length()) {
      FloatVector v = load(x + 4 * i).mul(alpha);
      store(beta == 0 ? v : load(y + 4 * i).fma(FloatVector.broadcast(S, beta), v), y + 4 * i);
    }
    for (; i < to; i++) {
      float v = alpha * Native.ALL.get(Native.FLOAT, x + 4 * i);
      float old = Native.ALL.get(Native.FLOAT, y + 4 * i);
      Native.ALL.set(Native.FLOAT, y + 4 * i, beta == 0 ? v : Math.fma(old, beta, v));
    }
  }

  /** out ← operation(a, b) on elements from … to. */
  static void elementwise(Elementwise operation, long a, long b, long out, long from, long to) {
    for (long i = from; i < to; i += S.length()) {
      VectorMask<Float> mask = S.indexInRange(i, to);
      FloatVector x = load(S, a + 4 * i, mask);
      FloatVector y = load(S, b + 4 * i, mask);
      store(elementwise(operation, x, y), out + 4 * i, mask);
    }
  }

  private static FloatVector elementwise(Elementwise operation, FloatVector x, FloatVector y) {
    return switch (operation) {
      case MULTIPLY -> x.mul(y);
      case DIVIDE -> x.div(y);
      case SQRT -> x.sqrt();
      case SIGN ->
          x.blend(1f, x.compare(VectorOperators.GT, 0f))
              .blend(-1f, x.compare(VectorOperators.LT, 0f));
    };
  }

  /** What x is raised to where it is smaller: a branch would put vectors on the heap. */
  private static float floor(Activation activation) {
    return activation == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
  }

  /** ȳ where the value y of ReLU is positive, else 0. */
  private static FloatVector rectified(FloatVector y, FloatVector yBar) {
    return FloatVector.zero(y.species()).blend(yBar, y.compare(VectorOperators.GT, 0f));
  }

  /** One row of x ← act(x + bias). */
  static void biasActivation(Activation activation, long bias, long x, int columns) {
    if (Float32Curves.has(activation)) {
      biasActivation(Activation.IDENTITY, bias, x, columns);
      Float32Curves.value(activation, x, x, 0, columns);
      return;
    }
    float floor = floor(activation);
    for (int i = 0; i < columns; i += S.length()) {
      VectorMask<Float> mask = S.indexInRange(i, columns);
      FloatVector v = load(S, x + 4L * i, mask).add(load(S, bias + 4L * i, mask));
      store(v.max(floor), x + 4L * i, mask);
    }
  }

  /** y ← act(x) on elements from … to. */
  static void activation(Activation activation, long x, long y, long from, long to) {
    if (Float32Curves.has(activation)) {
      Float32Curves.value(activation, x, y, from, to);
      return;
    }
    float floor = floor(activation);
    for (long i = from; i < to; i += S.length()) {
      VectorMask<Float> mask = S.indexInRange(i, to);
      store(load(S, x + 4 * i, mask).max(floor), y + 4 * i, mask);
    }
  }

  /** ȳ ← ȳ·act′(y) on elements from … to. */
  static void activationBackward(Activation activation, long y, long yBar, long from, long to) {
    if (Float32Curves.has(activation)) {
      Float32Curves.scale(activation, y, yBar, from, to);
      return;
    }
    if (activation == Activation.IDENTITY) {
      return;
    }
    for (long i = from; i < to; i += S.length()) {
      VectorMask<Float> mask = S.indexInRange(i, to);
      FloatVector v = rectified(load(S, y + 4 * i, mask), load(S, yBar + 4 * i, mask));
      store(v, yBar + 4 * i, mask);
    }
  }

  /** ȳ ← ȳ·act′(y) and b̄ ← (b̄ +) Σ_m ȳ_m on columns from … to of a matrix. */
  static void activationBackwardBias(
      Activation activation,
      long y,
      long yBar,
      long biasBar,
      boolean add,
      long rows,
      long columns,
      long from,
      long to) {
    Activation joined = activation;
    if (Float32Curves.has(activation)) {
      for (long m = 0; m < rows; m++) {
        long row = 4 * m * columns;
        Float32Curves.scale(activation, y + row, yBar + row, from, to);
      }
      joined = Activation.IDENTITY;
    }
    for (long c = from; c < to; c += S.length()) {
      VectorMask<Float> mask = S.indexInRange(c, to);
      FloatVector sum = FloatVector.zero(S);
      for (long m = 0; m < rows; m++) {
        long at = 4 * (m * columns + c);
        FloatVector v = load(S, yBar + at, mask);
        if (joined != Activation.IDENTITY) {
          v = rectified(load(S, y + at, mask), v);
          store(v, yBar + at, mask);
        }
        sum = sum.add(v);
      }
      store(add ? sum.add(load(S, biasBar + 4 * c, mask)) : sum, biasBar + 4 * c, mask);
    }
  }

  /** Σ x_i y_i in float64. */
  static double dot(long x, long y, long from, long to) {
    // two chains of sums hide half of an addition's latency
    DoubleVector even = DoubleVector.zero(D);
    DoubleVector odd = DoubleVector.zero(D);
    long i = from;
    for (; i + 2 * D.length() <= to; i += 2 * D.length()) {
      long next = i + D.length();
      even = wide(x + 4 * i).fma(wide(y + 4 * i), even);
      odd = wide(x + 4 * next).fma(wide(y + 4 * next), odd);
    }
    DoubleVector sum = even.add(odd);
    for (; i + D.length() <= to; i += D.length()) {
      sum = wide(x + 4 * i).fma(wide(y + 4 * i), sum);
    }
    double total = total(sum);
    for (; i < to; i++) {
      total +=
          (double) Native.ALL.get(Native.FLOAT, x + 4 * i)
              * Native.ALL.get(Native.FLOAT, y + 4 * i);
    }
    return total;
  }

  /** Σ x_i² in float64; as dot, with each element loaded and widened once. */
  static double squaredNorm(long x, int size) {
    DoubleVector even = DoubleVector.zero(D);
    DoubleVector odd = DoubleVector.zero(D);
    int pairs = size & -2 * D.length();
    for (int i = 0; i < pairs; i += 2 * D.length()) {
      DoubleVector a = wide(x + 4L * i);
      DoubleVector b = wide(x + 4L * i + 4L * D.length());
      even = a.fma(a, even);
      odd = b.fma(b, odd);
    }
    double total = total(even.add(odd));
    for (int i = pairs; i < size; i++) {
      double value = Native.ALL.get(Native.FLOAT, x + 4L * i);
      total = Math.fma(value, value, total);
    }
    return total;
  }

  /** out ← out + (offset + a) b, out float64. */
  static void addProducts(double offset, long a, long b, long out, long from, long to) {
    long i = from;
    for (; i + 2 * D.length() <= to; i += 2 * D.length()) {
      addProduct(offset, a + 4 * i, b + 4 * i, out + 8 * i);
      long next = i + D.length();
      addProduct(offset, a + 4 * next, b + 4 * next, out + 8 * next);
    }
    for (; i < to; i++) {
      double factor = offset + Native.ALL.get(Native.FLOAT, a + 4 * i);
      double term = Native.ALL.get(Native.FLOAT, b + 4 * i);
      Float64Kernels.set(out, i, Math.fma(factor, term, Float64Kernels.get(out, i)));
    }
  }

  private static void addProduct(double offset, long a, long b, long out) {
    DoubleVector held =
        DoubleVector.fromMemorySegment(D, Native.ALL, out, java.nio.ByteOrder.nativeOrder());
    wide(a)
        .add(offset)
        .fma(wide(b), held)
        .intoMemorySegment(Native.ALL, out, java.nio.ByteOrder.nativeOrder());
  }

  /** The sum of the lanes, by halves: reduceLanes(ADD) leaves the order open. */
  private static double total(DoubleVector v) {
    DoubleVector sum = v;
    for (VectorShuffle<Double> upper : UPPER_HALVES) {
      sum = sum.add(sum.rearrange(upper));
    }
    return sum.lane(0);
  }

  /** The same of single lanes. */
  static float total(FloatVector v) {
    FloatVector sum = v;
    for (VectorShuffle<Float> upper : UPPER_LANES) {
      sum = sum.add(sum.rearrange(upper));
    }
    return sum.lane(0);
  }

  @SuppressWarnings("unchecked")
  private static <E> VectorShuffle<E>[] upperHalves(VectorSpecies<E> species) {
    int lanes = species.length();
    VectorShuffle<E>[] shuffles = new VectorShuffle[Integer.numberOfTrailingZeros(lanes)];
    for (int i = 0; i < shuffles.length; i++) {
      shuffles[i] = VectorShuffle.iota(species, lanes >> (i + 1), 1, true);
    }
    return shuffles;
  }

  /** sum ← x, or sum ← sum + x; returns Σ x_i² in float64. */
  static double accumulate(long x, long sum, boolean overwrite, long size) {
    axpby(1, x, overwrite ? 0 : 1, sum, 0, size);
    return squaredNorm(x, Math.toIntExact(size));
  }

  /** As many floats as a double vector has lanes, widened. */
  private static DoubleVector wide(long address) {
    FloatVector half =
        FloatVector.fromMemorySegment(HALF, Native.ALL, address, java.nio.ByteOrder.nativeOrder());
    return (DoubleVector) half.convertShape(VectorOperators.F2D, D, 0);
  }
}
