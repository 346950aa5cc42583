package org.noisescape.engine.host;

import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;
import org.noisescape.tensor.Activation;

/**
 * Long formulas as three short loops over a block of elements, with memory of the thread's own for
 * what goes from one to the next.
 *
 * <p>In one loop, GELU is more than the compiler takes in, and vectors would lie on the heap; three
 * loops that are called as one of many stay apart.
 */
final class CurveBlock {
  /** A loop over so many elements, which are whole vectors; addresses as in Float32Curves.bend. */
  private interface Sweep {
    void run(CurveBlock own, long x, long xDot, long bar, long out, int count);
  }

  private static final int SIZE = 512;
  private static final int BYTES = 4 * Float32Kernels.S.length();
  private static final FloatVector THREE_CUBIC =
      CurveParts.constant((float) (3 * Activation.GELU_CUBIC));
  private static final FloatVector SIX_CUBIC =
      CurveParts.constant((float) (6 * Activation.GELU_CUBIC));
  private static final ThreadLocal<CurveBlock> OWN = ThreadLocal.withInitial(CurveBlock::new);

  /** xΦ(x). */
  static final Loops GELU = new Loops(new Gauss(), new Share(), new Product());

  /** Its slope times bar. */
  static final Loops GELU_SLOPE = new Loops(new Gauss(), new Share(), new Slope());

  /** Its bend and slope. */
  static final Loops GELU_BEND = new Loops(new Gauss(), new Share(), new Bend());

  /** Bend and slope of its approximation. */
  static final Loops GELU_TANH_BEND = new Loops(new Cubic(), new Logistic(), new CubicBend());

  private final long share;
  private final long gauss;

  private CurveBlock() {
    share = Arena.global().allocate(8L * SIZE, 64).address();
    gauss = share + 4L * SIZE;
  }

  /** Loops one after another, block by block. */
  static final class Loops {
    private final Sweep[] sweeps;

    private Loops(Sweep... sweeps) {
      this.sweeps = sweeps;
    }

    void run(long x, long xDot, long bar, long out, long from, long to) {
      CurveBlock own = OWN.get();
      for (long first = from; first < to; first += SIZE) {
        int count = (int) Math.min(SIZE, to - first);
        long at = 4 * first;
        for (Sweep sweep : sweeps) {
          sweep.run(own, x + at, xDot + at, bar + at, out + at, count);
        }
      }
    }
  }

  /** e^(−x²/2). */
  private static final class Gauss implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = CurveParts.within(Float32Kernels.load(x + i));
        Float32Kernels.store(CurveParts.gauss(v), own.gauss + i);
      }
    }
  }

  /** Φ(x). */
  private static final class Share implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = CurveParts.within(Float32Kernels.load(x + i));
        FloatVector e = Float32Kernels.load(own.gauss + i);
        Float32Kernels.store(CurveParts.share(v, e), own.share + i);
      }
    }
  }

  private static final class Product implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = Float32Kernels.load(x + i);
        Float32Kernels.store(v.mul(Float32Kernels.load(own.share + i)), out + i);
      }
    }
  }

  private static final class Slope implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = CurveParts.within(Float32Kernels.load(x + i));
        FloatVector density = Float32Kernels.load(own.gauss + i).mul(CurveParts.DENSITY);
        FloatVector slope = density.fma(v, Float32Kernels.load(own.share + i));
        Float32Kernels.store(slope.mul(Float32Kernels.load(out + i)), out + i);
      }
    }
  }

  private static final class Bend implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = CurveParts.within(Float32Kernels.load(x + i));
        FloatVector density = Float32Kernels.load(own.gauss + i).mul(CurveParts.DENSITY);
        FloatVector slope = density.fma(v, Float32Kernels.load(own.share + i));
        FloatVector bend = density.mul(CurveParts.TWO.sub(v.mul(v)));
        CurveBends.add(slope, bend, xDot + i, bar + i, out + i);
      }
    }
  }

  private static final class Cubic implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = CurveParts.near(Float32Kernels.load(x + i));
        Float32Kernels.store(CurveParts.cubic(v), own.share + i);
      }
    }
  }

  private static final class Logistic implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = Float32Kernels.load(own.share + i);
        Float32Kernels.store(CurveParts.sigmoid(v), own.share + i);
      }
    }
  }

  /** f″ = σ′ (2 v′ + x ((1 − 2σ) v′² + v″)), v″ = 6 b x. */
  private static final class CubicBend implements Sweep {
    @Override
    public void run(CurveBlock own, long x, long xDot, long bar, long out, int count) {
      for (long i = 0; i < 4L * count; i += BYTES) {
        FloatVector v = CurveParts.near(Float32Kernels.load(x + i));
        FloatVector square = v.mul(v);
        FloatVector s = Float32Kernels.load(own.share + i);
        FloatVector odds = CurveParts.odds(s);
        FloatVector steep = THREE_CUBIC.fma(square, CurveParts.GELU_LINEAR);
        FloatVector inner = CurveParts.ONE.sub(s.add(s)).mul(steep).mul(steep).mul(v);
        FloatVector bend = SIX_CUBIC.fma(square, inner).add(steep.add(steep)).mul(odds);
        CurveBends.add(steep.mul(v).fma(odds, s), bend, xDot + i, bar + i, out + i);
      }
    }
  }
}
