package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.CudnnConvolution;
import org.noisescape.cuda.bind.CudnnConvolution.Pass;
import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Convolution by cuDNN, replica by replica; what it does not support, and everything about single
 * samples, by unfolded images.
 *
 * <p>Filters that lie askew go through scratch memory: a view of θ may start anywhere, and cuDNN's
 * kernels want aligned memory. θ itself starts on a boundary, so that which kernel runs depends on
 * the network only. Images go through it where their layout changes; where they do not and lie
 * askew, unfolded images do it.
 */
final class CudnnPlan extends UnfoldPlan {
  private static final Logger LOG = LoggerFactory.getLogger(CudnnPlan.class);

  private final Device device;
  private final ConvolutionGeometry g;
  private final CudaArena arena;
  private final boolean channelsLast;
  private final boolean movesInput;
  private final boolean movesOutput;
  private final CudnnConvolution convolution;
  private CudnnChoice forward;
  private CudnnChoice inputGradient;
  private CudnnChoice weightGradient;
  private final int pixels;
  private final int positions;
  private final long outputAt;
  private final long filterAt;
  private final long workspaceAt;

  /** That a pass has come to. */
  private int replica;

  /** Whose elements lie in the scratch memory already, as cuDNN wants them; null for none. */
  private Tensor moved;

  CudnnPlan(
      Device device,
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      CudaArena arena) {
    super(device, geometry, activation, dtype, replicas, samples, arena, UnfoldMemory.BUDGET);
    this.device = device;
    this.g = geometry;
    this.arena = arena;
    this.pixels = g.height() * g.width();
    this.positions = g.positions();
    channelsLast = CudnnChoice.channelsLast(dtype, device.precision());
    // one channel or one pixel lies the same either way
    movesInput = !channelsLast && g.inputChannels() > 1 && pixels > 1;
    movesOutput = !channelsLast && g.outputChannels() > 1 && positions > 1;
    convolution =
        new CudnnConvolution(
            device.cudnn().orElseThrow(),
            device.cudnnHandle(),
            sizes(geometry, dtype, samples, device.precision()));
    arena.onClose(convolution::close);
    forward = choose(Pass.FORWARD);
    inputGradient = choose(Pass.INPUT_GRADIENT);
    weightGradient = choose(Pass.WEIGHT_GRADIENT);
    long bytes = dtype.bytes();
    long input = movesInput ? bytes * samples * pixels * g.inputChannels() : 0;
    long output = movesOutput ? bytes * samples * positions * g.outputChannels() : 0;
    outputAt = UnfoldMemory.aligned(input);
    filterAt = outputAt + UnfoldMemory.aligned(output);
    workspaceAt = filterAt + UnfoldMemory.aligned(g.weightSize() * bytes);
    for (CudnnChoice choice : new CudnnChoice[] {forward, inputGradient, weightGradient}) {
      if (choice != null) {
        arena.shareScratch(workspaceAt + UnfoldMemory.aligned(choice.workspace()));
      }
    }
  }

  private CudnnChoice choose(Pass pass) {
    CudnnChoice choice = CudnnChoice.of(convolution, pass, device.allowsTransforms());
    LOG.debug("{} {} {}: {}", pass, g, dtype(), choice == null ? "unfolded images" : choice);
    return choice;
  }

  /** What cuDNN is told of a convolution of one replica. */
  static CudnnConvolution.Sizes sizes(
      ConvolutionGeometry g, DType dtype, int samples, Precision precision) {
    return new CudnnConvolution.Sizes(
        samples,
        g.inputChannels(),
        g.height(),
        g.width(),
        g.outputChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        g.stride(),
        g.padding(),
        g.outputHeight(),
        g.outputWidth(),
        dtype == DType.FLOAT64,
        CudnnChoice.channelsLast(dtype, precision),
        precision == Precision.TF32);
  }

  @Override
  protected void computeForward(Tensor x, Tensor w, Tensor b, Tensor y) {
    if (!suits(forward, x, y)) {
      super.computeForward(x, w, b, y);
      return;
    }
    try {
      for (replica = 0; replica < replicas(); replica++) {
        convolve(x, w, y, replica, Block.of(b, replica, 0).address(), false);
      }
    } catch (CudaException e) {
      forward = null;
      requireRefusal(e);
      super.computeForward(x, w, b, y);
      return;
    }
    if (!movesOutput) {
      activate(y, b);
    }
  }

  /**
   * Goes on where cuDNN does not do what it said it supports: the pass is then done by unfolded
   * images. Not where something has been written, the device is lost, or a recording, which the
   * error has spoilt, has to be begun again.
   */
  private void requireRefusal(CudaException e) {
    if (replica > 0 || device.isRecording() || !device.isUsable()) {
      throw e;
    }
    LOG.warn("{}; this pass is computed without cuDNN from now on", e.getMessage());
  }

  @Override
  protected void computeLinear(Tensor x, Tensor w, Tensor y, Accumulation accumulation) {
    if (!suits(forward, x, y)) {
      super.computeLinear(x, w, y, accumulation);
      return;
    }
    try {
      for (replica = 0; replica < replicas(); replica++) {
        convolve(x, w, y, replica, 0, accumulation == Accumulation.ADD);
      }
    } catch (CudaException e) {
      forward = null;
      requireRefusal(e);
      super.computeLinear(x, w, y, accumulation);
    }
  }

  /**
   * Whether cuDNN does it: there is an algorithm, and what it reads and writes in place lies on
   * boundaries of 16 bytes in every replica, as its kernels for channels last demand. Source: cuDNN
   * 9 developer guide, legacy API, data and filter formats.
   */
  private boolean suits(CudnnChoice choice, Tensor in, Tensor out) {
    return choice != null && (movesInput || isAligned(in)) && (movesOutput || isAligned(out));
  }

  private boolean isAligned(Tensor tensor) {
    return Block.of(tensor, 0, 0).movesInFours(dtype().bytes());
  }

  /** One replica; the bias is taken, and the activation applied, only where y is moved. */
  private void convolve(Tensor x, Tensor w, Tensor y, int r, long bias, boolean add) {
    long images = input(x, r);
    long filter = filter(w, r);
    long target = Block.of(y, r, 0).address();
    if (!movesOutput) {
      run(Pass.FORWARD, forward, images, filter, add, target);
      return;
    }
    long moved = arena.scratch() + outputAt;
    run(Pass.FORWARD, forward, images, filter, false, moved);
    int channels = g.outputChannels();
    kernels()
        .fromChannelsFirst(moved, target, samples(), positions, channels, bias, activation(), add);
  }

  /** ȳ is moved once for both gradients, where the scratch memory has room for all of it. */
  @Override
  protected void computeBackward(
      Tensor x,
      Tensor w,
      Tensor y,
      Tensor yBar,
      Tensor xBar,
      Tensor wBar,
      Tensor bBar,
      Accumulation accumulation) {
    if (replicas() > 1 || !movesOutput || !suits(weightGradient, x, yBar)) {
      super.computeBackward(x, w, y, yBar, xBar, wBar, bBar, accumulation);
      return;
    }
    pull(y, yBar);
    moved = yBar;
    try {
      if (xBar != null) {
        computeInputGradient(w, yBar, xBar, Accumulation.OVERWRITE);
      }
      computeWeightGradient(x, yBar, wBar, bBar, accumulation);
    } finally {
      moved = null;
    }
  }

  /** ȳ ← ȳ · act′(y), here and in the scratch memory. */
  private void pull(Tensor y, Tensor yBar) {
    if (activation() == Activation.IDENTITY) {
      output(yBar, 0);
      return;
    }
    long bar = Block.of(yBar, 0, 0).address();
    long target = arena.scratch() + outputAt;
    kernels()
        .pullToChannelsFirst(
            Block.of(y, 0, 0).address(),
            bar,
            activation(),
            target,
            samples(),
            positions,
            g.outputChannels());
  }

  @Override
  protected void computeInputGradient(
      Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    if (!suits(inputGradient, xBar, yBar)) {
      moved = null;
      super.computeInputGradient(w, yBar, xBar, accumulation);
      return;
    }
    try {
      pullBack(w, yBar, xBar, accumulation == Accumulation.ADD);
    } catch (CudaException e) {
      inputGradient = null;
      moved = null;
      requireRefusal(e);
      super.computeInputGradient(w, yBar, xBar, accumulation);
    }
  }

  private void pullBack(Tensor w, Tensor yBar, Tensor xBar, boolean add) {
    for (replica = 0; replica < replicas(); replica++) {
      long results = output(yBar, replica);
      long filter = filter(w, replica);
      long target = Block.of(xBar, replica, 0).address();
      if (movesInput) {
        long moved = arena.scratch();
        run(Pass.INPUT_GRADIENT, inputGradient, filter, results, false, moved);
        int channels = g.inputChannels();
        kernels()
            .fromChannelsFirst(
                moved, target, samples(), pixels, channels, 0, Activation.IDENTITY, add);
      } else {
        run(Pass.INPUT_GRADIENT, inputGradient, filter, results, add, target);
      }
    }
  }

  @Override
  protected void computeWeightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation) {
    if (!suits(weightGradient, x, yBar)) {
      super.computeWeightGradient(x, yBar, wBar, bBar, accumulation);
      return;
    }
    boolean add = accumulation == Accumulation.ADD;
    try {
      correlate(x, yBar, wBar, add);
    } catch (CudaException e) {
      weightGradient = null;
      requireRefusal(e);
      super.computeWeightGradient(x, yBar, wBar, bBar, accumulation);
      return;
    }
    biasGradient(yBar, bBar, add);
  }

  private void correlate(Tensor x, Tensor yBar, Tensor wBar, boolean add) {
    Block filter = new Block(arena.scratch() + filterAt, 0);
    boolean inPlace = !add && isReadAsItIs(wBar);
    for (replica = 0; replica < replicas(); replica++) {
      long images = input(x, replica);
      long results = output(yBar, replica);
      long target = inPlace ? Block.of(wBar, replica, 0).address() : filter.address();
      run(Pass.WEIGHT_GRADIENT, weightGradient, images, results, false, target);
      if (inPlace) {
        continue;
      }
      if (channelsLast && reorders()) {
        kernels().deliver(g, filter, Block.of(wBar, replica, 0), 1, add);
      } else {
        kernels().deliver(g.weightSize(), filter, Block.of(wBar, replica, 0), add);
      }
    }
  }

  private void run(Pass pass, CudnnChoice choice, long a, long b, boolean add, long c) {
    device.cudnn(); // its context follows the thread
    long workspace = arena.scratch() + workspaceAt;
    convolution.run(pass, choice.algorithm(), a, b, workspace, choice.workspace(), add, c);
  }

  /** Images of a replica as cuDNN wants them. */
  private long input(Tensor x, int r) {
    long source = Block.of(x, r, 0).address();
    return movesInput ? move(source, 0, pixels, g.inputChannels()) : source;
  }

  /** Outputs of a replica as cuDNN wants them. */
  private long output(Tensor y, int r) {
    long source = Block.of(y, r, 0).address();
    if (y == moved) {
      return arena.scratch() + outputAt;
    }
    return movesOutput ? move(source, outputAt, positions, g.outputChannels()) : source;
  }

  private long move(long source, long at, int places, int channels) {
    long target = arena.scratch() + at;
    kernels().toChannelsFirst(source, target, samples(), places, channels);
    return target;
  }

  /** Whether filters lie where, and in the order, that cuDNN wants them. */
  private boolean isReadAsItIs(Tensor w) {
    return !(channelsLast && reorders()) && isAligned(w);
  }

  private long filter(Tensor w, int r) {
    Block source = Block.of(w, r, 0);
    if (isReadAsItIs(w)) {
      return source.address();
    }
    long target = arena.scratch() + filterAt;
    if (channelsLast && reorders()) {
      kernels().channelsLast(g, source, new Block(target, 0), 1);
    } else {
      device.copy(target, source.address(), g.weightSize() * dtype().bytes());
    }
    return target;
  }
}
