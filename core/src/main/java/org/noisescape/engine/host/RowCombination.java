package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;

/**
 * Combinations of a few rows, one after another: vectors of channels, each with its coefficients.
 *
 * <p>Methods are long on purpose: the compiler takes none of more than 325 bytes of code into
 * another, and a method that has taken in too much leaves vectors on the heap.
 */
final class RowCombination {
  private static final int LANES = DoubleLanes.D.length();

  private RowCombination() {}

  /** Of one, two or more arrays. */
  static void run(CombinedTerms o, double floor, long first, long last) {
    if (o.count() == 1) {
      double[] constant = o.of(0);
      double[] ofA = o.factor(0);
      long a = o.array(0);
      int end = o.tail.from();
      for (long m = first; m < last; m++) {
        long at = m * o.channels;
        for (int c = 0; c < end; c += LANES) {
          o.store(
              floor, DoubleLanes.load(o.wide, a, at + c).fma(of(ofA, c), of(constant, c)), at + c);
        }
        if (end < o.channels) {
          DoubleVector v = o.tail.load(o.wide, a, at + end).fma(of(ofA, end), of(constant, end));
          o.storeTail(floor, v, at + end);
        }
      }
    } else if (o.count() == 2) {
      double[] constant = o.of(0);
      double[] ofA = o.factor(0);
      double[] ofB = o.factor(1);
      long a = o.array(0);
      long b = o.array(1);
      int end = o.tail.from();
      for (long m = first; m < last; m++) {
        long at = m * o.channels;
        for (int c = 0; c < end; c += LANES) {
          DoubleVector v = DoubleLanes.load(o.wide, a, at + c).fma(of(ofA, c), of(constant, c));
          o.store(floor, DoubleLanes.load(o.wide, b, at + c).fma(of(ofB, c), v), at + c);
        }
        if (end < o.channels) {
          DoubleVector v = o.tail.load(o.wide, a, at + end);
          DoubleVector w = o.tail.load(o.wide, b, at + end);
          v = v.fma(of(ofA, end), of(constant, end));
          o.storeTail(floor, w.fma(of(ofB, end), v), at + end);
        }
      }
    } else {
      more(o, floor, first, last);
    }
  }

  /** Three or four: of three the last takes part twice, the second time with zeros. */
  private static void more(CombinedTerms o, double floor, long first, long last) {
    double[] constant = o.of(0);
    double[] ofA = o.factor(0);
    double[] ofB = o.factor(1);
    double[] ofD = o.factor(2);
    double[] ofE = o.count() == 4 ? o.factor(3) : o.zeros;
    long a = o.array(0);
    long b = o.array(1);
    long d = o.array(2);
    long e = o.count() == 4 ? o.array(3) : d;
    int end = o.tail.from();
    for (long m = first; m < last; m++) {
      long at = m * o.channels;
      for (int c = 0; c < end; c += LANES) {
        DoubleVector v = DoubleLanes.load(o.wide, a, at + c).fma(of(ofA, c), of(constant, c));
        v = DoubleLanes.load(o.wide, b, at + c).fma(of(ofB, c), v);
        v = DoubleLanes.load(o.wide, d, at + c).fma(of(ofD, c), v);
        o.store(floor, DoubleLanes.load(o.wide, e, at + c).fma(of(ofE, c), v), at + c);
      }
      if (end < o.channels) {
        DoubleVector v = o.tail.load(o.wide, a, at + end).fma(of(ofA, end), of(constant, end));
        v = o.tail.load(o.wide, b, at + end).fma(of(ofB, end), v);
        v = o.tail.load(o.wide, d, at + end).fma(of(ofD, end), v);
        o.storeTail(floor, o.tail.load(o.wide, e, at + end).fma(of(ofE, end), v), at + end);
      }
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }
}
