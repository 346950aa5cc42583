package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;

/**
 * Combinations of many rows: a vector of channels after another, its coefficients kept. Methods are
 * long for the reason of {@link RowCombination}.
 */
final class ColumnCombination {
  private static final int LANES = DoubleLanes.D.length();

  private ColumnCombination() {}

  /** Of one, two or more arrays. */
  static void run(CombinedTerms o, double floor, long first, long last) {
    boolean tail = o.tail.from() < o.channels;
    if (o.count() == 1) {
      one(o, floor, first, last);
      if (tail) {
        tailOfOne(o, floor, first, last);
      }
    } else if (o.count() == 2) {
      two(o, floor, first, last);
      if (tail) {
        tailOfTwo(o, floor, first, last);
      }
    } else {
      more(o, floor, first, last);
      if (tail) {
        tailOfMore(o, floor, first, last);
      }
    }
  }

  private static void one(CombinedTerms o, double floor, long first, long last) {
    long a = o.array(0);
    for (int c = 0; c < o.tail.from(); c += LANES) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(o.factor(0), c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        o.store(floor, DoubleLanes.load(o.wide, a, at).fma(ofA, constant), at);
      }
    }
  }

  private static void tailOfOne(CombinedTerms o, double floor, long first, long last) {
    long a = o.array(0);
    int c = o.tail.from();
    DoubleVector constant = of(o.of(0), c);
    DoubleVector ofA = of(o.factor(0), c);
    for (long m = first; m < last; m++) {
      long at = m * o.channels + c;
      o.storeTail(floor, o.tail.load(o.wide, a, at).fma(ofA, constant), at);
    }
  }

  private static void two(CombinedTerms o, double floor, long first, long last) {
    long a = o.array(0);
    long b = o.array(1);
    for (int c = 0; c < o.tail.from(); c += LANES) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(o.factor(0), c);
      DoubleVector ofB = of(o.factor(1), c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        DoubleVector v = DoubleLanes.load(o.wide, a, at).fma(ofA, constant);
        o.store(floor, DoubleLanes.load(o.wide, b, at).fma(ofB, v), at);
      }
    }
  }

  private static void tailOfTwo(CombinedTerms o, double floor, long first, long last) {
    long a = o.array(0);
    long b = o.array(1);
    int c = o.tail.from();
    DoubleVector constant = of(o.of(0), c);
    DoubleVector ofA = of(o.factor(0), c);
    DoubleVector ofB = of(o.factor(1), c);
    for (long m = first; m < last; m++) {
      long at = m * o.channels + c;
      DoubleVector v = o.tail.load(o.wide, a, at).fma(ofA, constant);
      o.storeTail(floor, o.tail.load(o.wide, b, at).fma(ofB, v), at);
    }
  }

  /** Three or four: of three the last takes part twice, the second time with zeros. */
  private static void more(CombinedTerms o, double floor, long first, long last) {
    long a = o.array(0);
    long b = o.array(1);
    long d = o.array(2);
    long e = o.count() == 4 ? o.array(3) : d;
    double[] fourth = o.count() == 4 ? o.factor(3) : o.zeros;
    for (int c = 0; c < o.tail.from(); c += LANES) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(o.factor(0), c);
      DoubleVector ofB = of(o.factor(1), c);
      DoubleVector ofD = of(o.factor(2), c);
      DoubleVector ofE = of(fourth, c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        DoubleVector v = DoubleLanes.load(o.wide, a, at).fma(ofA, constant);
        v = DoubleLanes.load(o.wide, b, at).fma(ofB, v);
        v = DoubleLanes.load(o.wide, d, at).fma(ofD, v);
        o.store(floor, DoubleLanes.load(o.wide, e, at).fma(ofE, v), at);
      }
    }
  }

  private static void tailOfMore(CombinedTerms o, double floor, long first, long last) {
    long a = o.array(0);
    long b = o.array(1);
    long d = o.array(2);
    long e = o.count() == 4 ? o.array(3) : d;
    double[] fourth = o.count() == 4 ? o.factor(3) : o.zeros;
    int c = o.tail.from();
    DoubleVector constant = of(o.of(0), c);
    DoubleVector ofA = of(o.factor(0), c);
    DoubleVector ofB = of(o.factor(1), c);
    DoubleVector ofD = of(o.factor(2), c);
    DoubleVector ofE = of(fourth, c);
    for (long m = first; m < last; m++) {
      long at = m * o.channels + c;
      DoubleVector v = o.tail.load(o.wide, a, at).fma(ofA, constant);
      v = o.tail.load(o.wide, b, at).fma(ofB, v);
      v = o.tail.load(o.wide, d, at).fma(ofD, v);
      o.storeTail(floor, o.tail.load(o.wide, e, at).fma(ofE, v), at);
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }
}
