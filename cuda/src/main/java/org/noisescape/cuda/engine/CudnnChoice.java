package org.noisescape.cuda.engine;

import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.noisescape.cuda.bind.CudnnConvolution;
import org.noisescape.cuda.bind.CudnnConvolution.Pass;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;

/**
 * Which layout and which of cuDNN's algorithms a pass takes: the one place to change after
 * measuring.
 *
 * <p>A function of geometry, element type, precision and the library, never of a measurement, so
 * that a run repeats bit by bit; and, unless transforms are allowed, of algorithms only that sum
 * the products of a convolution themselves. Winograd's and Fourier transforms lose digits, and make
 * of a sum that is exactly zero rounding noise of either sign, which an activation's derivative
 * would be drawn by. NVIDIA documents as not reproducible ({@code cudnnConvolutionBackwardData}
 * with algorithm 0, {@code cudnnConvolutionBackwardFilter} with 0 and 3: atomic operations); all
 * others give the same bits on the same device. Source: cuDNN 9 developer guide, reproducibility.
 *
 * @param algorithm its number in the pass's enumeration
 * @param workspace bytes it needs
 */
record CudnnChoice(int algorithm, long workspace) {
  /** IMPLICIT_PRECOMP_GEMM, IMPLICIT_GEMM, GEMM. */
  private static final int[] FORWARD = {1, 0, 2};

  /** ALGO_1, for images and for filters. */
  private static final int[] GRADIENT = {1};

  /** An algorithm that needs more is passed over. */
  private static final long MAXIMAL_WORKSPACE = 1L << 30;

  /**
   * Whether cuDNN sees the images as they lie, channels last.
   *
   * <p>Tensor cores want that; kernels that compute in float32 and float64 are made for NCHW, which
   * is worth a transpose of what goes in and out.
   */
  static boolean channelsLast(DType dtype, Precision precision) {
    return dtype == DType.FLOAT32 && precision == Precision.TF32;
  }

  /**
   * The first algorithm that does the convolution within bounds: of those above, or of all that
   * repeat, in the order that cuDNN holds fastest, then in that above; null where none does.
   */
  static CudnnChoice of(CudnnConvolution convolution, Pass pass, boolean transforms) {
    int[] direct = pass == Pass.FORWARD ? FORWARD : GRADIENT;
    int[] ranked =
        IntStream.of(convolution.reproducible(pass))
            .filter(number -> transforms || IntStream.of(direct).anyMatch(a -> a == number))
            .toArray();
    CudnnChoice fastest = first(convolution, pass, ranked);
    return fastest != null ? fastest : first(convolution, pass, direct);
  }

  private static CudnnChoice first(CudnnConvolution convolution, Pass pass, int[] algorithms) {
    for (int algorithm : algorithms) {
      OptionalLong workspace = convolution.workspace(pass, algorithm);
      if (workspace.isPresent() && workspace.getAsLong() <= MAXIMAL_WORKSPACE) {
        return new CudnnChoice(algorithm, workspace.getAsLong());
      }
    }
    return null;
  }
}
