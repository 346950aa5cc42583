package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The last elements of a row, less than {@link DoubleLanes#D} has lanes, and whole rows with them.
 *
 * <p>Numbers of a row in an array are of {@link DoubleLanes#padded} length. Vectors do not overlap:
 * a load of what two stores wrote would wait for both.
 */
final class LaneTail {
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DoubleLanes.D.vectorBitSize() / 2));

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final int from;
  private final VectorMask<Double> doubles;
  private final VectorMask<Float> floats;

  /** Of rows of so many elements. */
  LaneTail(int size) {
    int count = size % DoubleLanes.D.length();
    this.from = size - count;
    this.doubles = DoubleLanes.D.indexInRange(0, count);
    this.floats = HALF.indexInRange(0, count);
  }

  /** Number of the first of them; the row's size where there are none. */
  int from() {
    return from;
  }

  /** The array ← a row's elements. */
  void read(boolean wide, long address, double[] into) {
    for (int i = 0; i < from; i += DoubleLanes.D.length()) {
      DoubleLanes.load(wide, address, i).intoArray(into, i);
    }
    if (from < into.length) {
      load(wide, address, from).intoArray(into, from);
    }
  }

  /** A row's elements ← the array, rounded to the type. */
  void write(double[] values, boolean wide, long address) {
    for (int i = 0; i < from; i += DoubleLanes.D.length()) {
      DoubleLanes.store(DoubleVector.fromArray(DoubleLanes.D, values, i), wide, address, i);
    }
    if (from < values.length) {
      store(DoubleVector.fromArray(DoubleLanes.D, values, from), wide, address, from);
    }
  }

  /** The tail from element i on, zero in the other lanes. */
  DoubleVector load(boolean wide, long address, long i) {
    return wide ? doubles(address + (i << 3)) : floats(address + (i << 2));
  }

  private DoubleVector doubles(long address) {
    return DoubleVector.fromMemorySegment(DoubleLanes.D, Native.ALL, address, ORDER, doubles);
  }

  private DoubleVector floats(long address) {
    FloatVector half = FloatVector.fromMemorySegment(HALF, Native.ALL, address, ORDER, floats);
    return (DoubleVector) half.convertShape(VectorOperators.F2D, DoubleLanes.D, 0);
  }

  /** Stores the tail, rounded to the type. */
  void store(DoubleVector v, boolean wide, long address, long i) {
    if (wide) {
      storeDoubles(v, address + 8 * i);
    } else {
      storeFloats(v, address + 4 * i);
    }
  }

  private void storeDoubles(DoubleVector v, long address) {
    v.intoMemorySegment(Native.ALL, address, ORDER, doubles);
  }

  private void storeFloats(DoubleVector v, long address) {
    FloatVector half = (FloatVector) v.convertShape(VectorOperators.D2F, HALF, 0);
    half.intoMemorySegment(Native.ALL, address, ORDER, floats);
  }
}
