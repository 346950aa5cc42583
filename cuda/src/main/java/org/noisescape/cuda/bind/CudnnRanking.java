package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What cuDNN's rules of thumb say about the algorithms of a pass, the one they hold fastest first.
 *
 * <p>Nothing is timed: for one library and device the answer depends on the sizes only. Source:
 * cuDNN 9 API reference, cudnnConvolutionFwdAlgoPerf_t and its two siblings, which have one layout.
 */
final class CudnnRanking {
  private static final int MOST = 16;
  private static final int BYTES = 48;
  private static final int STATUS = 4;
  private static final int DETERMINISM = 24;
  private static final int DETERMINISTIC = 1;

  private CudnnRanking() {}

  /** Numbers of the algorithms that give the same bits every time; empty where cuDNN cannot say. */
  static int[] reproducible(
      NativeLibrary library,
      String pass,
      long handle,
      long first,
      long second,
      long convolution,
      long wanted) {
    try (Arena memory = Arena.ofConfined()) {
      MemorySegment found = memory.allocate(ValueLayout.JAVA_INT);
      MemorySegment list = memory.allocate((long) MOST * BYTES, 8);
      int status =
          library.call(
              "cudnnGetConvolution" + pass + "Algorithm_v7",
              handle,
              first,
              second,
              convolution,
              wanted,
              MOST,
              found.address(),
              list.address());
      int count = status == 0 ? found.get(ValueLayout.JAVA_INT, 0) : 0;
      int[] algorithms = new int[count];
      int kept = 0;
      for (int i = 0; i < count; i++) {
        long at = (long) i * BYTES;
        boolean does = list.get(ValueLayout.JAVA_INT, at + STATUS) == 0;
        if (does && list.get(ValueLayout.JAVA_INT, at + DETERMINISM) == DETERMINISTIC) {
          algorithms[kept++] = list.get(ValueLayout.JAVA_INT, at);
        }
      }
      return java.util.Arrays.copyOf(algorithms, kept);
    }
  }
}
