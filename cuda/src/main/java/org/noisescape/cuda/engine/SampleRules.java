package org.noisescape.cuda.engine;

import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.Tensor;

/** A convolution's gradients sample by sample: W̄_n = ȳ_nᵀ U_n, a batch of products a chunk. */
final class SampleRules {
  private final UnfoldPlan plan;
  private final ConvolutionGeometry g;
  private final ConvolutionKernels kernels;
  private final SampleKernels sampleKernels;
  private final RowMajor products;
  private final UnfoldMemory memory;
  private final int outputs;
  private final long size;

  SampleRules(
      UnfoldPlan plan,
      ConvolutionKernels kernels,
      SampleKernels sampleKernels,
      RowMajor products,
      UnfoldMemory memory) {
    this.plan = plan;
    this.g = plan.geometry();
    this.kernels = kernels;
    this.sampleKernels = sampleKernels;
    this.products = products;
    this.memory = memory;
    this.outputs = g.outputChannels();
    this.size = g.weightSize();
  }

  /** rows_n ← (∂/∂w, ∂/∂b) of sample n, or ∂/∂w where a row has no more columns. */
  void gradients(Tensor x, Tensor yBar, Tensor rows) {
    long rowSize = rows.dim(2);
    for (UnfoldMemory.Chunk chunk : memory.explicitChunks()) {
      long first = chunk.sample() * rowSize;
      Block target = new Block(Block.of(rows, chunk.replica(), first).address(), rowSize);
      if (plan.reorders()) {
        Block gradients = new Block(memory.gradients(), size);
        multiply(x, yBar, chunk, gradients);
        kernels.deliver(g, gradients, target, chunk.samples(), false);
      } else {
        multiply(x, yBar, chunk, target);
      }
      if (rowSize > size) {
        Block bias = new Block(Block.of(rows, chunk.replica(), first + size).address(), rowSize);
        biasPartials(yBar, chunk, memory.sums());
        sampleKernels.columnSums(memory.sums(), 1, outputs, bias, chunk.samples(), false);
      }
    }
  }

  /**
   * w̄ ← the sum of the samples' gradients, norms_n ← norms_n + their squared norms, with the
   * bias's or without.
   */
  void gradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, boolean add, boolean withBias, Tensor norms) {
    int parts = SampleKernels.squareParts(size);
    long sum = memory.sums();
    for (UnfoldMemory.Chunk chunk : memory.explicitChunks()) {
      int samples = chunk.samples();
      long bias = sum + Double.BYTES * size;
      long squares = bias + (long) Double.BYTES * samples * outputs;
      multiply(x, yBar, chunk, new Block(memory.gradients(), size));
      if (withBias) {
        biasPartials(yBar, chunk, bias);
      }
      sampleKernels.squarePartials(memory.gradients(), samples, size, parts, squares);
      sampleKernels.addNorms(
          squares,
          parts,
          bias,
          withBias ? outputs : 0,
          Block.of(norms, chunk.replica(), chunk.sample()).address(),
          samples);
      sampleKernels.sumSamples(memory.gradients(), samples, size, sum, chunk.sample() == 0);
      if (chunk.sample() + samples == plan.samples()) {
        Block target = Block.of(wBar, chunk.replica(), 0);
        if (plan.reorders()) {
          kernels.deliverWide(g, new Block(sum, 0), target, add);
        } else {
          kernels.deliverWide(size, new Block(sum, 0), target, add);
        }
      }
    }
  }

  private void multiply(Tensor x, Tensor yBar, UnfoldMemory.Chunk chunk, Block gradients) {
    int positions = g.positions();
    products.multiply(
        new RowMajor.Shape(
            true,
            false,
            outputs,
            g.patchSize(),
            positions,
            (long) positions * outputs,
            (long) positions * g.patchSize(),
            gradients.stride(),
            chunk.samples()),
        plan.output(yBar, chunk).address(),
        plan.patches(x, chunk).address(),
        false,
        gradients.address());
  }

  /** partial (samples, C_out) ← ȳ_n summed over the positions. */
  private void biasPartials(Tensor yBar, UnfoldMemory.Chunk chunk, long partial) {
    long stride = (long) g.positions() * outputs;
    Block each = new Block(plan.output(yBar, chunk).address(), stride);
    sampleKernels.columnPartials(each, g.positions(), outputs, 1, partial, chunk.samples());
  }
}
