package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;

/** Combinations of many rows: a vector of channels after another, its coefficients kept. */
final class ColumnCombination {
  private static final int LANES = DoubleLanes.D.length();

  private ColumnCombination() {}

  static void run(CombinedTerms o, boolean relu, long first, long last) {
    switch (o.count()) {
      case 1 -> one(o, relu, first, last);
      case 2 -> two(o, relu, first, last);
      default -> more(o, relu, first, last);
    }
  }

  private static void one(CombinedTerms o, boolean relu, long first, long last) {
    long a = o.array(0);
    double[] factor = o.factor(0);
    int c = 0;
    for (; c < o.tail.from(); c += LANES) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(factor, c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        o.store(relu, DoubleLanes.load(o.wide, a, at).fma(ofA, constant), at);
      }
    }
    if (c < o.channels) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(factor, c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        o.storeTail(relu, o.tail.load(o.wide, a, at).fma(ofA, constant), at);
      }
    }
  }

  private static void two(CombinedTerms o, boolean relu, long first, long last) {
    long a = o.array(0);
    long b = o.array(1);
    int c = 0;
    for (; c < o.tail.from(); c += LANES) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(o.factor(0), c);
      DoubleVector ofB = of(o.factor(1), c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        DoubleVector v = DoubleLanes.load(o.wide, a, at).fma(ofA, constant);
        o.store(relu, DoubleLanes.load(o.wide, b, at).fma(ofB, v), at);
      }
    }
    if (c < o.channels) {
      DoubleVector constant = of(o.of(0), c);
      DoubleVector ofA = of(o.factor(0), c);
      DoubleVector ofB = of(o.factor(1), c);
      for (long m = first; m < last; m++) {
        long at = m * o.channels + c;
        DoubleVector v = o.tail.load(o.wide, a, at).fma(ofA, constant);
        o.storeTail(relu, o.tail.load(o.wide, b, at).fma(ofB, v), at);
      }
    }
  }

  /** Three or four: of three the last takes part twice, the second time with zeros. */
  private static void more(CombinedTerms o, boolean relu, long first, long last) {
    long a = o.array(0);
    long b = o.array(1);
    long d = o.array(2);
    long e = o.count() == 4 ? o.array(3) : d;
    double[] fourth = o.count() == 4 ? o.factor(3) : o.zeros;
    int c = 0;
    for (; c < o.tail.from(); c += LANES) {
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
        o.store(relu, DoubleLanes.load(o.wide, e, at).fma(ofE, v), at);
      }
    }
    if (c < o.channels) {
      moreOfTail(o, relu, first, last);
    }
  }

  /** The same of the last channels. */
  static void moreOfTail(CombinedTerms o, boolean relu, long first, long last) {
    int c = o.tail.from();
    boolean four = o.count() == 4;
    DoubleVector constant = of(o.of(0), c);
    DoubleVector ofA = of(o.factor(0), c);
    DoubleVector ofB = of(o.factor(1), c);
    DoubleVector ofD = of(o.factor(2), c);
    DoubleVector ofE = of(four ? o.factor(3) : o.zeros, c);
    long a = o.array(0);
    long b = o.array(1);
    long d = o.array(2);
    long e = four ? o.array(3) : d;
    for (long m = first; m < last; m++) {
      long at = m * o.channels + c;
      DoubleVector v = o.tail.load(o.wide, a, at).fma(ofA, constant);
      v = o.tail.load(o.wide, b, at).fma(ofB, v);
      v = o.tail.load(o.wide, d, at).fma(ofD, v);
      o.storeTail(relu, o.tail.load(o.wide, e, at).fma(ofE, v), at);
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }
}
