package org.noisescape.engine.host;

import jdk.incubator.vector.DoubleVector;

/** Combinations of a few rows, one after another: vectors of channels, each with its coefficients. */
final class RowCombination {
  private static final int LANES = DoubleLanes.D.length();

  private RowCombination() {}

  static void run(CombinedTerms o, boolean relu, long first, long last) {
    switch (o.count()) {
      case 1 -> one(o, relu, first, last);
      case 2 -> two(o, relu, first, last);
      default -> more(o, relu, first, last);
    }
  }

  private static void one(CombinedTerms o, boolean relu, long first, long last) {
    double[] constant = o.of(0);
    double[] ofA = o.factor(0);
    long a = o.array(0);
    int end = o.tail.from();
    for (long m = first; m < last; m++) {
      long at = m * o.channels;
      for (int c = 0; c < end; c += LANES) {
        o.store(relu, DoubleLanes.load(o.wide, a, at + c).fma(of(ofA, c), of(constant, c)), at + c);
      }
      if (end < o.channels) {
        DoubleVector v = o.tail.load(o.wide, a, at + end).fma(of(ofA, end), of(constant, end));
        o.storeTail(relu, v, at + end);
      }
    }
  }

  private static void two(CombinedTerms o, boolean relu, long first, long last) {
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
        o.store(relu, DoubleLanes.load(o.wide, b, at + c).fma(of(ofB, c), v), at + c);
      }
      if (end < o.channels) {
        DoubleVector v = o.tail.load(o.wide, a, at + end).fma(of(ofA, end), of(constant, end));
        o.storeTail(relu, o.tail.load(o.wide, b, at + end).fma(of(ofB, end), v), at + end);
      }
    }
  }

  /** Three or four: of three the last takes part twice, the second time with zeros. */
  private static void more(CombinedTerms o, boolean relu, long first, long last) {
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
        o.store(relu, DoubleLanes.load(o.wide, e, at + c).fma(of(ofE, c), v), at + c);
      }
    }
    if (end < o.channels) {
      ColumnCombination.moreOfTail(o, relu, first, last);
    }
  }

  private static DoubleVector of(double[] values, int c) {
    return DoubleVector.fromArray(DoubleLanes.D, values, c);
  }
}
