package org.noisescape.cuda.bind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;

/**
 * One convolution of cuDNN and its two adjoints: descriptors of images, filters and results.
 *
 * <p>The legacy interface, whose algorithm is chosen by its number and stays what it is; the graph
 * interface chooses among engine configurations by a heuristic. Source: cuDNN 9 API reference,
 * cudnn_cnn library.
 */
public final class CudnnConvolution implements AutoCloseable {
  private static final int NOT_SUPPORTED = 3000;
  private static final int BAD_PARAMETER = 2000;
  private static final int CATEGORY = 1000;

  /** Host memory holding 0 and 1 in both types: 0f, 1f, 0d, 1d. */
  private static final MemorySegment SCALARS = scalars();

  /** What is computed; of images x, filters w and results y two are given, the third is wanted. */
  public enum Pass {
    /** y from x and w. */
    FORWARD("Forward"),
    /** x̄ from w and ȳ. */
    INPUT_GRADIENT("BackwardData"),
    /** w̄ from x and ȳ. */
    WEIGHT_GRADIENT("BackwardFilter");

    private final String function;

    Pass(String function) {
      this.function = function;
    }

    /** The part of cuDNN's names that says which pass. */
    String function() {
      return function;
    }
  }

  /**
   * Sizes and types.
   *
   * @param images N
   * @param channels C of x
   * @param height H of x
   * @param width W of x
   * @param filters channels of y
   * @param kernelHeight rows of the kernel
   * @param kernelWidth columns of the kernel
   * @param stride step, both directions
   * @param padding zeros on each side, both directions
   * @param outputHeight rows of y
   * @param outputWidth columns of y
   * @param wide whether elements are float64
   * @param channelsLast whether x and y are NHWC and w is KRSC, otherwise NCHW and KCRS
   * @param tf32 whether float32 factors may be rounded to TF32
   */
  public record Sizes(
      int images,
      int channels,
      int height,
      int width,
      int filters,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      int outputHeight,
      int outputWidth,
      boolean wide,
      boolean channelsLast,
      boolean tf32) {}

  private final Cudnn cudnn;
  private final long handle;
  private final boolean wide;
  private final CudnnDescriptors descriptors;
  private final MethodHandle[] functions = new MethodHandle[Pass.values().length];

  /**
   * Describes a convolution.
   *
   * @throws IllegalArgumentException without a handle, which some of cuDNN's functions do not check
   */
  public CudnnConvolution(Cudnn cudnn, long handle, Sizes sizes) {
    if (handle == 0) {
      throw new IllegalArgumentException("a convolution needs an open handle of cuDNN");
    }
    this.cudnn = cudnn;
    this.handle = handle;
    this.wide = sizes.wide;
    descriptors = new CudnnDescriptors(cudnn, sizes);
    Class<?> p = long.class;
    Class<?> n = int.class;
    for (Pass pass : Pass.values()) {
      functions[pass.ordinal()] =
          cudnn
              .library()
              .exact(
                  "cudnnConvolution" + pass.function(), n, p, p, p, p, p, p, p, n, p, p, p, p, p);
    }
  }

  /** Sizes that cuDNN itself derives for the results: N, C, H, W. */
  public int[] resultSizes() {
    return descriptors.resultSizes();
  }

  /** Bytes of workspace an algorithm needs; empty where it does not do this convolution. */
  public OptionalLong workspace(Pass pass, int algorithm) {
    String call = "cudnnGetConvolution" + pass.function() + "WorkspaceSize";
    try (Arena memory = Arena.ofConfined()) {
      MemorySegment bytes = memory.allocate(ValueLayout.JAVA_LONG);
      int status =
          cudnn
              .library()
              .call(
                  call,
                  handle,
                  descriptors.first(pass),
                  descriptors.second(pass),
                  descriptors.convolution(),
                  descriptors.wanted(pass),
                  algorithm,
                  bytes.address());
      // an algorithm that is not made for these sizes is reported as either
      if (isRefusal(status)) {
        return OptionalLong.empty();
      }
      cudnn.check(call, status, "preparing a convolution");
      return OptionalLong.of(bytes.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /** Whether a status says that this convolution is not to be had, not that something broke. */
  private static boolean isRefusal(int status) {
    int category = status / CATEGORY * CATEGORY;
    return category == NOT_SUPPORTED || category == BAD_PARAMETER;
  }

  /** Algorithms that repeat bit by bit, the one cuDNN holds fastest first. */
  public int[] reproducible(Pass pass) {
    return CudnnRanking.reproducible(
        cudnn.library(),
        pass.function(),
        handle,
        descriptors.first(pass),
        descriptors.second(pass),
        descriptors.convolution(),
        descriptors.wanted(pass));
  }

  /**
   * Puts a pass into the stream; what is given comes in the order x, w, y.
   *
   * @param pass what is computed
   * @param algorithm its number
   * @param a the first that is given; for the input gradient w
   * @param b the second that is given
   * @param workspace device memory
   * @param bytes its size
   * @param add whether the result is added to what was there
   * @param c the result
   */
  public void run(
      Pass pass, int algorithm, long a, long b, long workspace, long bytes, boolean add, long c) {
    long zero = SCALARS.address() + (wide ? 8 : 0);
    long one = zero + (wide ? 8 : 4);
    int status;
    try {
      status =
          (int)
              functions[pass.ordinal()].invokeExact(
                  handle,
                  one,
                  descriptors.first(pass),
                  a,
                  descriptors.second(pass),
                  b,
                  descriptors.convolution(),
                  algorithm,
                  workspace,
                  bytes,
                  add ? one : zero,
                  descriptors.wanted(pass),
                  c);
    } catch (Throwable e) {
      throw NativeLibrary.unexpected("cudnnConvolution" + pass.function(), e);
    }
    if (status != 0) {
      cudnn.check(
          "cudnnConvolution" + pass.function(), status, "convolving, algorithm " + algorithm);
    }
  }

  @Override
  public void close() {
    descriptors.close();
  }

  private static MemorySegment scalars() {
    MemorySegment memory = Arena.global().allocate(24, 8);
    memory.set(ValueLayout.JAVA_FLOAT, 4, 1);
    memory.set(ValueLayout.JAVA_DOUBLE, 16, 1);
    return memory;
  }
}
