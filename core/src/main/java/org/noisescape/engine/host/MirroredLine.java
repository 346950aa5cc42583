package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Pixels of a line in their opposite order, in words of four bytes. */
final class MirroredLine {
  private static final VectorSpecies<Integer> S = IntVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int WORD = Integer.BYTES;

  /** By words of a pixel: the whole pixels of a vector in their opposite order. */
  private static final VectorShuffle<Integer>[] BACKWARDS = backwards();

  private MirroredLine() {}

  @SuppressWarnings("unchecked")
  private static VectorShuffle<Integer>[] backwards() {
    VectorShuffle<Integer>[] shuffles = new VectorShuffle[LANES / 2 + 1];
    for (int words = 1; words < shuffles.length; words++) {
      int size = words;
      int pixels = LANES / words;
      shuffles[words] =
          VectorShuffle.fromOp(
              S,
              lane ->
                  lane < pixels * size ? (pixels - 1 - lane / size) * size + lane % size : lane);
    }
    return shuffles;
  }

  /**
   * Copies the pixel at an address and those before it to an address and behind it.
   *
   * @param from the last pixel of the source
   * @param to the first pixel of the target
   */
  static void copy(long from, long to, int pixels, int pixelBytes) {
    int words = pixelBytes / WORD;
    int block = words < BACKWARDS.length ? LANES / words : Integer.MAX_VALUE;
    // lanes beyond the whole pixels: of the pixel before, which must be there, and the pixel
    // behind, which is put right later
    int beyond = block == Integer.MAX_VALUE || block * words == LANES ? 0 : 1;
    int x = 0;
    if (pixels >= block + 2 * beyond) {
      for (; x < beyond; x++) {
        pixel(from, to, x, pixelBytes);
      }
      VectorShuffle<Integer> backwards = BACKWARDS[words];
      for (; x + block + beyond <= pixels; x += block) {
        block(from, to, x, block, pixelBytes, backwards);
      }
      if (beyond == 0 && x < pixels) {
        block(from, to, pixels - block, block, pixelBytes, backwards);
        return;
      }
    }
    for (; x < pixels; x++) {
      pixel(from, to, x, pixelBytes);
    }
  }

  private static void block(
      long from, long to, int x, int pixels, int pixelBytes, VectorShuffle<Integer> backwards) {
    long first = from - (long) (x + pixels - 1) * pixelBytes;
    IntVector.fromMemorySegment(S, Native.ALL, first, ByteOrder.nativeOrder())
        .rearrange(backwards)
        .intoMemorySegment(Native.ALL, to + (long) x * pixelBytes, ByteOrder.nativeOrder());
  }

  private static void pixel(long from, long to, int x, int bytes) {
    long source = from - (long) x * bytes;
    long target = to + (long) x * bytes;
    for (int i = 0; i < bytes; i += WORD) {
      Native.ALL.set(Native.INT, target + i, Native.ALL.get(Native.INT, source + i));
    }
  }
}
