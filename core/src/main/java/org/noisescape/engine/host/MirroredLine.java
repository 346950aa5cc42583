package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Pixels of a line in their opposite order, in words of four bytes. */
final class MirroredLine {
  private static final VectorSpecies<Integer> S = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> FOUR = IntVector.SPECIES_128;
  private static final VectorShuffle<Integer> BACKWARDS =
      VectorShuffle.iota(S, S.length() - 1, -1, false);

  private static final int WORD = Integer.BYTES;

  private MirroredLine() {}

  /**
   * Copies the pixel at an address and those before it to an address and behind it.
   *
   * @param from the last pixel of the source
   * @param to the first pixel of the target
   */
  static void copy(long from, long to, int pixels, int pixelBytes) {
    if (pixelBytes == WORD && pixels >= S.length()) {
      int last = pixels - S.length();
      for (int x = 0; x < last; x += S.length()) {
        vector(from, to, x);
      }
      vector(from, to, last);
    } else if (pixelBytes > WORD && pixelBytes <= FOUR.vectorByteSize() && pixels > 1) {
      // each copy takes up to a pixel too much, which the next one puts right
      pixel(from, to, pixelBytes);
      for (int x = 1; x < pixels - 1; x++) {
        IntVector.fromMemorySegment(
                FOUR, Native.ALL, from - (long) x * pixelBytes, ByteOrder.nativeOrder())
            .intoMemorySegment(Native.ALL, to + (long) x * pixelBytes, ByteOrder.nativeOrder());
      }
      long last = (long) (pixels - 1) * pixelBytes;
      pixel(from - last, to + last, pixelBytes);
    } else {
      for (int x = 0; x < pixels; x++) {
        pixel(from - (long) x * pixelBytes, to + (long) x * pixelBytes, pixelBytes);
      }
    }
  }

  private static void vector(long from, long to, int x) {
    long last = from - (long) WORD * (x + S.length() - 1);
    IntVector.fromMemorySegment(S, Native.ALL, last, ByteOrder.nativeOrder())
        .rearrange(BACKWARDS)
        .intoMemorySegment(Native.ALL, to + (long) WORD * x, ByteOrder.nativeOrder());
  }

  private static void pixel(long from, long to, int bytes) {
    for (int i = 0; i < bytes; i += WORD) {
      Native.ALL.set(Native.INT, to + i, Native.ALL.get(Native.INT, from + i));
    }
  }
}
