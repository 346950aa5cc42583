package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Convolution as products with unfolded images, in chunks of samples or of whole replicas.
 *
 * <p>Patches U (N·T, kh·kw·C_in) and weights W (C_out, kh·kw·C_in), channels fastest in both: y = U
 * Wᵀ, Ū = ȳ W, W̄ = ȳᵀ U. Where the kernel is 1×1 without stride and padding U is the image itself.
 */
class UnfoldPlan extends ConvolutionPlan {
  private final ConvolutionGeometry g;
  private final int bytes;
  private final int positions;
  private final int patch;
  private final int outputs;
  private final boolean unfolds;
  private final boolean reorders;
  private final ConvolutionKernels kernels;
  private final SampleKernels sampleKernels;
  private final RowMajor products;
  private final UnfoldMemory memory;
  private final SampleRules sampleRules;
  private final GramForm gram;

  UnfoldPlan(
      Device device,
      ConvolutionGeometry geometry,
      Activation activation,
      DType dtype,
      int replicas,
      int samples,
      CudaArena arena,
      long budget) {
    super(geometry, activation, dtype, replicas, samples);
    this.g = geometry;
    this.bytes = dtype.bytes();
    this.positions = g.positions();
    this.patch = g.patchSize();
    this.outputs = g.outputChannels();
    boolean pointwise = g.kernelHeight() * g.kernelWidth() == 1;
    this.unfolds = !pointwise || g.stride() != 1 || g.padding() != 0;
    this.reorders = !pointwise && g.inputChannels() > 1;
    this.kernels = new ConvolutionKernels(device, dtype);
    this.sampleKernels = new SampleKernels(device, dtype);
    this.products = new RowMajor(device, dtype);
    boolean cheaper = GramForm.isCheaper(g);
    this.memory = new UnfoldMemory(g, bytes, replicas, samples, unfolds, cheaper, arena, budget);
    this.sampleRules = new SampleRules(this, kernels, sampleKernels, products, memory);
    this.gram = cheaper ? new GramForm(g, bytes, sampleKernels, products, memory) : null;
  }

  final ConvolutionKernels kernels() {
    return kernels;
  }

  /** Whether weights go through scratch memory, their channels made the fastest. */
  final boolean reorders() {
    return reorders;
  }

  @Override
  protected void computeForward(Tensor x, Tensor w, Tensor b, Tensor y) {
    multiply(x, w, y, false);
    activate(y, b);
  }

  @Override
  protected void computeLinear(Tensor x, Tensor w, Tensor y, Accumulation accumulation) {
    multiply(x, w, y, accumulation == Accumulation.ADD);
  }

  /** y ← act(y + b). */
  final void activate(Tensor y, Tensor b) {
    Tensor matrix = y.reshape(replicas(), samples() * positions, outputs);
    y.engine().pointwise().biasActivation(activation(), b, matrix);
  }

  private void multiply(Tensor x, Tensor w, Tensor y, boolean add) {
    Block weights = weights(w);
    for (UnfoldMemory.Chunk chunk : memory.chunks()) {
      Block u = patches(x, chunk);
      Block out = output(y, chunk);
      products.multiply(
          new RowMajor.Shape(
              false,
              true,
              chunk.samples() * positions,
              outputs,
              patch,
              u.stride(),
              weights.stride(),
              out.stride(),
              chunk.replicas()),
          u.address(),
          weights.address() + chunk.replica() * weights.stride() * bytes,
          add,
          out.address());
    }
  }

  @Override
  protected void computeInputGradient(
      Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    boolean add = accumulation == Accumulation.ADD;
    Block weights = weights(w);
    for (UnfoldMemory.Chunk chunk : memory.chunks()) {
      Block out = output(yBar, chunk);
      Block in = input(xBar, chunk);
      Block u = unfolds ? scratch(chunk) : in;
      products.multiply(
          new RowMajor.Shape(
              false,
              false,
              chunk.samples() * positions,
              patch,
              outputs,
              out.stride(),
              weights.stride(),
              u.stride(),
              chunk.replicas()),
          out.address(),
          weights.address() + chunk.replica() * weights.stride() * bytes,
          add && !unfolds,
          u.address());
      if (unfolds) {
        kernels.fold(g, u, in, chunk.samples(), chunk.replicas(), add);
      }
    }
  }

  @Override
  protected void computeWeightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation) {
    boolean add = accumulation == Accumulation.ADD;
    Block target = reorders ? new Block(memory.weights(), g.weightSize()) : Block.of(wBar, 0, 0);
    for (UnfoldMemory.Chunk chunk : memory.chunks()) {
      Block u = patches(x, chunk);
      Block out = output(yBar, chunk);
      products.multiply(
          new RowMajor.Shape(
              true,
              false,
              outputs,
              patch,
              chunk.samples() * positions,
              out.stride(),
              u.stride(),
              target.stride(),
              chunk.replicas()),
          out.address(),
          u.address(),
          chunk.sample() > 0 || (add && !reorders),
          target.address() + chunk.replica() * target.stride() * bytes);
    }
    if (reorders) {
      kernels.deliver(g, target, Block.of(wBar, 0, 0), replicas(), add);
    }
    biasGradient(yBar, bBar, add);
  }

  /** b̄ ← column sums of ȳ; nothing without b̄. */
  final void biasGradient(Tensor yBar, Tensor bBar, boolean add) {
    if (bBar == null) {
      return;
    }
    long rows = (long) samples() * positions;
    int parts = SampleKernels.columnParts(rows);
    sampleKernels.columnPartials(
        Block.of(yBar, 0, 0), rows, outputs, parts, memory.sums(), replicas());
    sampleKernels.columnSums(memory.sums(), parts, outputs, Block.of(bBar, 0, 0), replicas(), add);
  }

  @Override
  protected void computeWeightGradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms) {
    if (gram == null) {
      boolean add = accumulation == Accumulation.ADD;
      sampleRules.gradientAndNorms(x, yBar, wBar, add, bBar != null, norms);
      biasGradient(yBar, bBar, add);
    } else {
      computeWeightGradient(x, yBar, wBar, bBar, accumulation);
      gram.addNorms(x, yBar, bBar != null, norms);
    }
  }

  @Override
  protected void computeSampleGradients(Tensor x, Tensor yBar, Tensor rows) {
    sampleRules.gradients(x, yBar, rows);
  }

  /** The images of a chunk. */
  final Block input(Tensor x, UnfoldMemory.Chunk chunk) {
    long size = (long) g.height() * g.width() * g.inputChannels();
    return Block.of(x, chunk.replica(), chunk.sample() * size);
  }

  /** The outputs of a chunk. */
  final Block output(Tensor y, UnfoldMemory.Chunk chunk) {
    return Block.of(y, chunk.replica(), chunk.sample() * (long) positions * outputs);
  }

  /** The patches of a chunk: unfolded into scratch memory, or the images themselves. */
  final Block patches(Tensor x, UnfoldMemory.Chunk chunk) {
    Block in = input(x, chunk);
    if (!unfolds) {
      return in;
    }
    Block u = scratch(chunk);
    kernels.unfold(g, in, u, chunk.samples(), chunk.replicas());
    return u;
  }

  private Block scratch(UnfoldMemory.Chunk chunk) {
    return new Block(memory.patches(), (long) chunk.samples() * positions * patch);
  }

  /** Weights with channels fastest. */
  private Block weights(Tensor w) {
    Block given = Block.of(w, 0, 0);
    if (!reorders) {
      return given;
    }
    Block ordered = new Block(memory.weights(), g.weightSize());
    kernels.channelsLast(g, given, ordered, replicas());
    return ordered;
  }
}
