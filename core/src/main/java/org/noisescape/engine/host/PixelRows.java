package org.noisescape.engine.host;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.tensor.Tensor;

/**
 * Rows of pixels k/255, k = 0 … 255, kept as bytes: a quarter of what has to come from memory when
 * rows are read in random order, and the same bits once they are numbers again.
 */
final class PixelRows {
  private static final VectorSpecies<Float> S = Float32Kernels.S;
  private static final int LANES = S.length();
  private static final VectorSpecies<Byte> BYTES =
      LANES == 16 ? ByteVector.SPECIES_128 : LANES == 8 ? ByteVector.SPECIES_64 : null;
  private static final int LINE = 64;
  private static final float WHITE = 255;
  private static final float INVERSE = 1 / WHITE;

  private final Arena memory = Arena.ofAuto();
  private final int length;
  private final int stride;
  private final long base;

  private PixelRows(int rows, int length) {
    this.length = length;
    this.stride = (length + LINE - 1) / LINE * LINE;
    this.base = memory.allocate((long) rows * stride, LINE).address();
  }

  /** Bytes of rows that are made numbers again. */
  long rowBytes() {
    return 4L * stride;
  }

  /**
   * Keeps a copy; null where a number is none of the 256, to the last bit, or the machine's vectors
   * are too short.
   *
   * @param features (N, D) float32
   */
  static PixelRows of(Tensor features) {
    if (BYTES == null) {
      return null;
    }
    PixelRows rows = new PixelRows(features.dim(0), features.dim(1));
    for (int n = 0; n < features.dim(0); n++) {
      if (!rows.keep(n, Native.address(features) + n * Native.rowBytes(features))) {
        return null;
      }
    }
    return rows;
  }

  private boolean keep(int row, long from) {
    long to = base + (long) row * stride;
    for (int i = 0; i < length; i++) {
      float value = Native.ALL.get(Native.FLOAT, from + 4L * i);
      int level = (int) (value * WHITE + 0.5f);
      if (level < 0
          || level > 255
          || Float.floatToRawIntBits(level / WHITE) != Float.floatToRawIntBits(value)) {
        return false;
      }
      Native.ALL.set(ValueLayout.JAVA_BYTE, to + i, (byte) level);
    }
    return true;
  }

  /**
   * Makes some rows numbers.
   *
   * @param rows which
   * @param to where the first one goes; the others follow, {@link #rowBytes} apart
   */
  void read(int[] rows, long to) {
    for (int s = 0; s < rows.length; s++) {
      read(base + (long) rows[s] * stride, to + s * rowBytes());
    }
  }

  /** k/255, correctly rounded by a step of Newton's from k·(1/255) (Markstein 1990). */
  private void read(long from, long to) {
    FloatVector inverse = FloatVector.broadcast(S, INVERSE);
    FloatVector minusWhite = FloatVector.broadcast(S, -WHITE);
    for (int i = 0; i < length; i += LANES) {
      FloatVector level =
          (FloatVector)
              ByteVector.fromMemorySegment(BYTES, Native.ALL, from + i, ByteOrder.nativeOrder())
                  .convertShape(VectorOperators.ZERO_EXTEND_B2I, IntVector.SPECIES_PREFERRED, 0)
                  .convertShape(VectorOperators.I2F, S, 0);
      FloatVector quotient = level.mul(inverse);
      FloatVector rest = quotient.fma(minusWhite, level);
      Float32Kernels.store(rest.fma(inverse, quotient), to + 4L * i);
    }
  }
}
