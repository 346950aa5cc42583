package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** What a combination of arrays with coefficients of the channels is made of, and where it goes. */
final class CombinedTerms {
  static final int COUNT = 5;

  final boolean wide;
  final int channels;
  final LaneTail tail;

  /** Coefficients of an array that takes part for nothing. */
  final double[] zeros;

  private final double[][] coefficients;

  /** The arrays that are there, and the numbers of their terms. */
  private final long[] present = new long[COUNT];

  private final int[] terms = new int[COUNT];
  private int count;
  private long out;

  CombinedTerms(boolean wide, int channels) {
    this.wide = wide;
    this.channels = channels;
    this.tail = new LaneTail(channels);
    int stride = DoubleLanes.padded(channels);
    this.zeros = new double[stride];
    this.coefficients = new double[COUNT][stride];
  }

  /** Addresses of one replica; 0 for what is not there. */
  void arrays(long x, long xDot, long yBar, long yBarDot, long result) {
    count = 0;
    add(1, x);
    add(2, xDot);
    add(3, yBar);
    add(4, yBarDot);
    out = result;
  }

  private void add(int term, long array) {
    if (array != 0) {
      present[count] = array;
      terms[count++] = term;
    }
  }

  /** The coefficients of a term, 0 the constant. */
  double[] of(int term) {
    return coefficients[term];
  }

  /** Number of arrays that are there. */
  int count() {
    return count;
  }

  /** One of them. */
  long array(int i) {
    return present[i];
  }

  /** Its coefficients. */
  double[] factor(int i) {
    return coefficients[terms[i]];
  }

  /** Stores what is below a floor as that: no branch, which would put vectors on the heap. */
  void store(double floor, DoubleVector v, long at) {
    DoubleLanes.store(v.blend(floor, v.compare(VectorOperators.LT, floor)), wide, out, at);
  }

  /** The same of the last channels. */
  void storeTail(double floor, DoubleVector v, long at) {
    tail.store(v.blend(floor, v.compare(VectorOperators.LT, floor)), wide, out, at);
  }
}
