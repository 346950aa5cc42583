package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;

/** The kernels of {@code convolution.cu} of one element type; what they do is said there. */
final class ConvolutionKernels {
  private static final String FILE = "convolution";

  /** Rows and threads of a tile of a transpose. */
  private static final int TILE = 32;

  private static final long MAXIMAL_BLOCKS = 1 << 20;

  private final int bytes;
  private final Kernel unfold;
  private final Kernel unfoldFours;
  private final Kernel fold;
  private final Kernel foldFours;
  private final Kernel channelsLast;
  private final Kernel deliver;
  private final Kernel deliverWide;
  private final Kernel toChannelsFirst;
  private final Kernel pullToChannelsFirst;
  private final Kernel fromChannelsFirst;

  ConvolutionKernels(Device device, DType dtype) {
    bytes = dtype.bytes();
    unfold = device.kernels().get(FILE, dtype, "unfold");
    unfoldFours = device.kernels().get(FILE, dtype, "unfold4");
    fold = device.kernels().get(FILE, dtype, "fold");
    foldFours = device.kernels().get(FILE, dtype, "fold4");
    channelsLast = device.kernels().get(FILE, dtype, "channels_last");
    deliver = device.kernels().get(FILE, dtype, "deliver");
    deliverWide = device.kernels().get(FILE, dtype, "deliver_wide");
    toChannelsFirst = device.kernels().get(FILE, dtype, "to_channels_first");
    pullToChannelsFirst = device.kernels().get(FILE, dtype, "pull_to_channels_first");
    fromChannelsFirst = device.kernels().get(FILE, dtype, "from_channels_first");
  }

  /** Appends the sizes that a kernel takes as GEOMETRY. */
  static Kernel with(Kernel kernel, ConvolutionGeometry g) {
    return kernel
        .with(g.height())
        .with(g.width())
        .with(g.inputChannels())
        .with(g.kernelHeight())
        .with(g.kernelWidth())
        .with(g.stride())
        .with(g.padding())
        .with(g.outputHeight())
        .with(g.outputWidth());
  }

  /** patches (rows, images·T, kh·kw·C_in) ← the windows of x, the channel running fastest. */
  void unfold(ConvolutionGeometry g, Block x, Block patches, int images, int rows) {
    boolean fours = inFours(g.inputChannels(), x, patches);
    long elements = (long) images * g.positions() * g.patchSize();
    Kernel kernel = pointers(fours ? unfoldFours : unfold, x, patches).with(images).with(rows);
    with(kernel, g).over(fours ? elements / 4 : elements, rows);
  }

  /** x ← the sums of the patches its pixels are in (added to what was there if asked). */
  void fold(ConvolutionGeometry g, Block patches, Block x, int images, int rows, boolean add) {
    boolean fours = inFours(g.inputChannels(), patches, x);
    long elements = (long) images * g.height() * g.width() * g.inputChannels();
    Kernel kernel = pointers(fours ? foldFours : fold, patches, x).with(images).with(rows);
    with(kernel.with(add ? 1 : 0), g).over(fours ? elements / 4 : elements, rows);
  }

  /** Weights (C_out, C_in, kh, kw) → (C_out, kh, kw, C_in). */
  void channelsLast(ConvolutionGeometry g, Block w, Block target, int rows) {
    pointers(channelsLast, w, target)
        .with(g.inputChannels())
        .with(area(g))
        .with(g.weightSize())
        .with(rows)
        .over(g.weightSize(), rows);
  }

  /** Gradients (C_out, kh, kw, C_in) → (C_out, C_in, kh, kw), added to what was there if asked. */
  void deliver(ConvolutionGeometry g, Block source, Block target, int rows, boolean add) {
    deliver(deliver, source, target, g.inputChannels(), area(g), g.weightSize(), rows, add);
  }

  /** As {@link #deliver(ConvolutionGeometry, Block, Block, int, boolean)} from float64. */
  void deliverWide(ConvolutionGeometry g, Block source, Block target, boolean add) {
    deliver(deliverWide, source, target, g.inputChannels(), area(g), g.weightSize(), 1, add);
  }

  /** A copy of so many elements, added to what was there if asked. */
  void deliver(long size, Block source, Block target, boolean add) {
    deliver(deliver, source, target, 1, 1, size, 1, add);
  }

  /** As {@link #deliver(long, Block, Block, boolean)} from float64. */
  void deliverWide(long size, Block source, Block target, boolean add) {
    deliver(deliverWide, source, target, 1, 1, size, 1, add);
  }

  private static void deliver(
      Kernel kernel,
      Block source,
      Block target,
      int channels,
      int area,
      long size,
      int rows,
      boolean add) {
    pointers(kernel, source, target)
        .with(channels)
        .with(area)
        .with(size)
        .with(rows)
        .with(add ? 1 : 0)
        .over(size, rows);
  }

  /** (images, pixels, channels) → (images, channels, pixels). */
  void toChannelsFirst(long source, long target, int images, int pixels, int channels) {
    toChannelsFirst
        .with(source)
        .with(target)
        .with(images)
        .with(pixels)
        .with(channels)
        .launch(tiles(images, pixels, channels), 1, 1, Kernel.THREADS, 0);
  }

  /** As {@link #toChannelsFirst} of ȳ · act′(y), which becomes ȳ too. */
  void pullToChannelsFirst(
      long y, long yBar, Activation activation, long target, int images, int pixels, int channels) {
    pullToChannelsFirst
        .with(y)
        .with(yBar)
        .with(activation.ordinal())
        .with(target)
        .with(images)
        .with(pixels)
        .with(channels)
        .launch(tiles(images, pixels, channels), 1, 1, Kernel.THREADS, 0);
  }

  /**
   * (images, channels, pixels) → (images, pixels, channels).
   *
   * @param bias address of the bias to add before the activation, 0 for neither
   */
  void fromChannelsFirst(
      long source,
      long target,
      int images,
      int pixels,
      int channels,
      long bias,
      Activation activation,
      boolean add) {
    fromChannelsFirst
        .with(source)
        .with(target)
        .with(images)
        .with(pixels)
        .with(channels)
        .with(bias)
        .with(activation.ordinal())
        .with(add ? 1 : 0)
        .launch(tiles(images, pixels, channels), 1, 1, Kernel.THREADS, 0);
  }

  private static int tiles(int images, int pixels, int channels) {
    long tiles = (pixels + TILE - 1) / TILE * (long) ((channels + TILE - 1) / TILE);
    return (int) Math.min(images * tiles, MAXIMAL_BLOCKS);
  }

  private boolean inFours(int channels, Block a, Block b) {
    return channels % 4 == 0 && a.movesInFours(bytes) && b.movesInFours(bytes);
  }

  private static Kernel pointers(Kernel kernel, Block a, Block b) {
    return kernel.with(a.address()).with(a.stride()).with(b.address()).with(b.stride());
  }

  private static int area(ConvolutionGeometry g) {
    return g.kernelHeight() * g.kernelWidth();
  }
}
