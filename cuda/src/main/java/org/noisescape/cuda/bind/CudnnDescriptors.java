package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.noisescape.cuda.bind.CudnnConvolution.Pass;

/** Descriptors of the images, filters and results of a convolution, and of itself. */
final class CudnnDescriptors {
  private static final int FLOAT = 0;
  private static final int DOUBLE = 1;
  private static final int NCHW = 0;
  private static final int NHWC = 1;
  private static final int CROSS_CORRELATION = 1;
  private static final int DEFAULT_MATH = 0;
  private static final int FMA_MATH = 3;

  private final Cudnn cudnn;
  private final long images;
  private final long filters;
  private final long results;
  private final long convolution;

  CudnnDescriptors(Cudnn cudnn, CudnnConvolution.Sizes sizes) {
    this.cudnn = cudnn;
    int type = sizes.wide() ? DOUBLE : FLOAT;
    int format = sizes.channelsLast() ? NHWC : NCHW;
    images = cudnn.createDescriptor("Tensor");
    filters = cudnn.createDescriptor("Filter");
    results = cudnn.createDescriptor("Tensor");
    convolution = cudnn.createDescriptor("Convolution");
    cudnn.describe(
        "cudnnSetTensor4dDescriptor",
        images,
        format,
        type,
        sizes.images(),
        sizes.channels(),
        sizes.height(),
        sizes.width());
    cudnn.describe(
        "cudnnSetTensor4dDescriptor",
        results,
        format,
        type,
        sizes.images(),
        sizes.filters(),
        sizes.outputHeight(),
        sizes.outputWidth());
    // the type comes before the layout here
    cudnn.describe(
        "cudnnSetFilter4dDescriptor",
        filters,
        type,
        format,
        sizes.filters(),
        sizes.channels(),
        sizes.kernelHeight(),
        sizes.kernelWidth());
    cudnn.describe(
        "cudnnSetConvolution2dDescriptor",
        convolution,
        sizes.padding(),
        sizes.padding(),
        sizes.stride(),
        sizes.stride(),
        1,
        1,
        CROSS_CORRELATION,
        type);
    // the default lets float32 be rounded to TF32, and is exact for float64
    int math = sizes.wide() || sizes.tf32() ? DEFAULT_MATH : FMA_MATH;
    cudnn.describe("cudnnSetConvolutionMathType", convolution, math);
  }

  long convolution() {
    return convolution;
  }

  /** Of what a pass is given, in the order x, w, y, the first. */
  long first(Pass pass) {
    return pass == Pass.INPUT_GRADIENT ? filters : images;
  }

  /** Of what a pass is given, the second. */
  long second(Pass pass) {
    return pass == Pass.FORWARD ? filters : results;
  }

  /** Of what a pass gives. */
  long wanted(Pass pass) {
    return switch (pass) {
      case FORWARD -> results;
      case INPUT_GRADIENT -> images;
      case WEIGHT_GRADIENT -> filters;
    };
  }

  /** Sizes that cuDNN itself derives for the results: N, C, H, W. */
  int[] resultSizes() {
    try (Arena memory = Arena.ofConfined()) {
      MemorySegment sizes = memory.allocate(ValueLayout.JAVA_INT, 4);
      long n = sizes.address();
      cudnn.describe(
          "cudnnGetConvolution2dForwardOutputDim",
          convolution,
          images,
          filters,
          n,
          n + 4,
          n + 8,
          n + 12);
      return sizes.toArray(ValueLayout.JAVA_INT);
    }
  }

  void close() {
    cudnn.destroyDescriptor("Convolution", convolution);
    cudnn.destroyDescriptor("Tensor", results);
    cudnn.destroyDescriptor("Filter", filters);
    cudnn.destroyDescriptor("Tensor", images);
  }
}
