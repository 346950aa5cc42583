package org.noisescape.cuda.engine;

import java.util.OptionalLong;
import org.noisescape.cuda.bind.CudnnConvolution;
import org.noisescape.cuda.bind.CudnnConvolution.Pass;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;

/**
 * Which layout and which of cuDNN's algorithms a pass takes: the one place to change after
 * measuring.
 *
 * <p>A function of geometry, element type, precision and the library, never of a measurement, so
 * that a run repeats bit by bit. NVIDIA documents as not reproducible ({@code
 * cudnnConvolutionBackwardData} with algorithm 0, {@code cudnnConvolutionBackwardFilter} with 0 and
 * 3: atomic operations); all others give the same bits on the same device. Source: cuDNN 9
 * developer guide, reproducibility.
 *
 * @param algorithm its number in the pass's enumeration
 * @param workspace bytes it needs
 */
record CudnnChoice(int algorithm, long workspace) {
  /** IMPLICIT_PRECOMP_GEMM, IMPLICIT_GEMM, WINOGRAD, WINOGRAD_NONFUSED. */
  private static final int[] FORWARD = {1, 0, 6, 7};

  /** ALGO_1, WINOGRAD, WINOGRAD_NONFUSED. */
  private static final int[] INPUT_GRADIENT = {1, 4, 5};

  /** ALGO_1, WINOGRAD_NONFUSED. */
  private static final int[] WEIGHT_GRADIENT = {1, 5};

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
   * The first algorithm that does the convolution within bounds: of those that cuDNN says repeat,
   * in the order it holds fastest, then of our own list; null where none does.
   */
  static CudnnChoice of(CudnnConvolution convolution, Pass pass) {
    CudnnChoice ranked = first(convolution, pass, convolution.reproducible(pass));
    return ranked != null ? ranked : first(convolution, pass, preferred(pass));
  }

  private static CudnnChoice first(CudnnConvolution convolution, Pass pass, int[] algorithms) {
    for (int algorithm : algorithms) {
      if (isAtomic(pass, algorithm)) {
        continue;
      }
      OptionalLong workspace = convolution.workspace(pass, algorithm);
      if (workspace.isPresent() && workspace.getAsLong() <= MAXIMAL_WORKSPACE) {
        return new CudnnChoice(algorithm, workspace.getAsLong());
      }
    }
    return null;
  }

  /** Whether NVIDIA documents an algorithm as using atomic operations. */
  private static boolean isAtomic(Pass pass, int algorithm) {
    return switch (pass) {
      case FORWARD -> false;
      case INPUT_GRADIENT -> algorithm == 0;
      case WEIGHT_GRADIENT -> algorithm == 0 || algorithm == 3;
    };
  }

  private static int[] preferred(Pass pass) {
    return switch (pass) {
      case FORWARD -> FORWARD;
      case INPUT_GRADIENT -> INPUT_GRADIENT;
      case WEIGHT_GRADIENT -> WEIGHT_GRADIENT;
    };
  }
}
