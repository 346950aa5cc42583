package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elements of either type as lanes of doubles: for kernels that wait for memory anyway.
 *
 * <p>Methods with vectors are of at most 35 bytes of code, which the compiler takes into a loop
 * wherever they stand: where it leaves one out, every vector goes to the heap.
 */
final class DoubleLanes {
  static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** Floats, as many lanes as D. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private DoubleLanes() {}

  /** Elements i, i + 1, …, as many as D has lanes. */
  static DoubleVector load(boolean wide, long address, long i) {
    if (wide) {
      // not by the method below: its call would be left out where it is rare
      return DoubleVector.fromMemorySegment(D, Native.ALL, address + 8 * i, ORDER);
    }
    return floats(address + 4 * i);
  }

  private static DoubleVector floats(long address) {
    FloatVector half = FloatVector.fromMemorySegment(HALF, Native.ALL, address, ORDER);
    return (DoubleVector) half.convertShape(VectorOperators.F2D, D, 0);
  }

  /** The same of float64. */
  static DoubleVector doubles(long address, long i) {
    return DoubleVector.fromMemorySegment(D, Native.ALL, address + 8 * i, ORDER);
  }

  /** Stores elements i, i + 1, …, rounded to the type. */
  static void store(DoubleVector v, boolean wide, long address, long i) {
    if (wide) {
      v.intoMemorySegment(Native.ALL, address + (i << 3), ORDER);
    } else {
      storeFloats(v, address + (i << 2));
    }
  }

  private static void storeFloats(DoubleVector v, long address) {
    FloatVector half = (FloatVector) v.convertShape(VectorOperators.D2F, HALF, 0);
    half.intoMemorySegment(Native.ALL, address, ORDER);
  }

  /** The length of an array of n numbers that is taken in whole vectors. */
  static int padded(int n) {
    return (n + D.length() - 1) / D.length() * D.length();
  }

  /** Element i. */
  static double get(boolean wide, long address, long i) {
    return wide ? Float64Kernels.get(address, i) : Native.ALL.get(Native.FLOAT, address + 4 * i);
  }

  /** Sets element i. */
  static void set(boolean wide, long address, long i, double value) {
    if (wide) {
      Float64Kernels.set(address, i, value);
    } else {
      Native.ALL.set(Native.FLOAT, address + 4 * i, (float) value);
    }
  }
}
