package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Elements of either type as lanes of doubles: for kernels that wait for memory anyway. */
final class DoubleLanes {
  static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

  /** Floats, as many lanes as D. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  private DoubleLanes() {}

  /** Elements i, i + 1, …, as many as D has lanes. */
  static DoubleVector load(boolean wide, long address, long i) {
    if (wide) {
      // not by a method of ours: where it is rare, its call would put every vector on the heap
      return DoubleVector.fromMemorySegment(
          D, Native.ALL, address + 8 * i, ByteOrder.nativeOrder());
    }
    FloatVector half =
        FloatVector.fromMemorySegment(HALF, Native.ALL, address + 4 * i, ByteOrder.nativeOrder());
    return (DoubleVector) half.convertShape(VectorOperators.F2D, D, 0);
  }

  /** The same of float64. */
  static DoubleVector doubles(long address, long i) {
    return DoubleVector.fromMemorySegment(D, Native.ALL, address + 8 * i, ByteOrder.nativeOrder());
  }

  /** Stores elements i, i + 1, …, rounded to the type. */
  static void store(DoubleVector v, boolean wide, long address, long i) {
    if (wide) {
      v.intoMemorySegment(Native.ALL, address + 8 * i, ByteOrder.nativeOrder());
    } else {
      FloatVector half = (FloatVector) v.convertShape(VectorOperators.D2F, HALF, 0);
      half.intoMemorySegment(Native.ALL, address + 4 * i, ByteOrder.nativeOrder());
    }
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
