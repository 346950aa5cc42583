package org.noisescape.engine.host;

import java.lang.foreign.Arena;
import org.noisescape.tensor.Activation;

/**
 * float32 activations but identity and ReLU, by the Vector API on addresses: values, products with
 * the derivative, and those with the second one.
 *
 * <p>Loops of {@link CurveValues}, {@link CurveSlopes} and {@link CurveBends} take whole vectors, a
 * loop a function: a branch between vectors, or masks beside long formulas, would put them on the
 * heap. What is left at the end of a range goes through a vector's memory of the thread's own.
 */
final class Float32Curves {
  private static final int LANES = Float32Kernels.S.length();

  /** Of the operands of {@link #bend}. */
  private static final ThreadLocal<Tail> TAIL = ThreadLocal.withInitial(Tail::new);

  private Float32Curves() {}

  /** Whether the activation is one of these. */
  static boolean has(Activation activation) {
    return activation != Activation.IDENTITY && activation != Activation.RELU;
  }

  /** y ← f(x) on elements from … to. */
  static void value(Activation activation, long x, long y, long from, long to) {
    long whole = to - (to - from) % LANES;
    CurveValues.value(activation, x, y, from, whole);
    if (whole < to) {
      Tail tail = TAIL.get();
      long own = tail.put(0, x, whole, to);
      CurveValues.value(activation, own, own, 0, LANES);
      tail.take(0, y, whole, to);
    }
  }

  /** bar ← f′·bar on elements from … to, f′ read off x, or off the value where it is one of it. */
  static void scale(Activation activation, long x, long bar, long from, long to) {
    long whole = to - (to - from) % LANES;
    CurveSlopes.scale(activation, x, bar, from, whole);
    if (whole < to) {
      Tail tail = TAIL.get();
      long at = tail.put(0, x, whole, to);
      long own = tail.put(1, bar, whole, to);
      CurveSlopes.scale(activation, at, own, 0, LANES);
      tail.take(1, bar, whole, to);
    }
  }

  /** barDot ← f′(x)·barDot + f″(x)·bar·xDot on elements from … to; f′ must read x. */
  static void bend(
      Activation activation, long x, long xDot, long bar, long barDot, long from, long to) {
    long whole = to - (to - from) % LANES;
    CurveBends.bend(activation, x, xDot, bar, barDot, from, whole);
    if (whole < to) {
      Tail tail = TAIL.get();
      long at = tail.put(0, x, whole, to);
      long dot = tail.put(1, xDot, whole, to);
      long factor = tail.put(2, bar, whole, to);
      long own = tail.put(3, barDot, whole, to);
      CurveBends.bend(activation, at, dot, factor, own, 0, LANES);
      tail.take(3, barDot, whole, to);
    }
  }

  /** Vectors that the ends of ranges are put into. */
  private static final class Tail {
    private final long memory = Arena.global().allocate(16L * LANES, 64).address();

    long put(int slot, long array, long from, long to) {
      long address = memory + 4L * slot * LANES;
      for (int i = 0; i < LANES; i++) {
        float value = from + i < to ? Native.ALL.get(Native.FLOAT, array + 4 * (from + i)) : 0;
        Native.ALL.set(Native.FLOAT, address + 4L * i, value);
      }
      return address;
    }

    void take(int slot, long array, long from, long to) {
      long address = memory + 4L * slot * LANES;
      for (long i = from; i < to; i++) {
        float value = Native.ALL.get(Native.FLOAT, address + 4 * (i - from));
        Native.ALL.set(Native.FLOAT, array + 4 * i, value);
      }
    }
  }
}
