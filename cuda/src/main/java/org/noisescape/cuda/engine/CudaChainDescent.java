package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.DescentPlan;

/**
 * A chain of dense layers, a block a replica: parameters, mini-batch and activations lie in shared
 * memory as {@code dense_chain.cu} lays them out.
 */
final class CudaChainDescent extends FusedDescent {
  /** Layers that the kernel takes. */
  static final int MAXIMAL_DEPTH = 6;

  private static final int WARP = 32;
  private static final int FEWEST_WARPS = 8;
  private static final int MOST_WARPS = 16;

  /** Samples that a warp takes at once when it looks: LOOK_SAMPLES of the kernel. */
  private static final int LOOK_SAMPLES = 4;

  /** The chain itself: CHAIN_BYTES of the kernel. */
  private static final int CHAIN_BYTES = 144;

  private final DenseChain chain;
  private final Kernel kernel;
  private final int threads;
  private final long sharedBytes;

  CudaChainDescent(DenseChain chain, DescentPlan plan, Device device) {
    super(plan, device);
    this.chain = chain;
    this.kernel = device.kernels().get("dense_chain", plan.theta().dtype(), "dense_chain");
    this.threads = threads(chain.inputs());
    this.sharedBytes = bytes();
  }

  /** Shared memory of a block. */
  long sharedBytes() {
    return sharedBytes;
  }

  /** Threads of a block: those that leave the fewest idle in the last round over the columns. */
  private static int threads(int columns) {
    int best = MOST_WARPS * WARP;
    int fewest = Integer.MAX_VALUE;
    for (int warps = MOST_WARPS; warps >= FEWEST_WARPS; warps--) {
      int count = warps * WARP;
      int slots = (columns + count - 1) / count * count;
      if (slots < fewest) {
        fewest = slots;
        best = count;
      }
    }
    return best;
  }

  private long bytes() {
    int size = plan().theta().dtype().bytes();
    long batch = plan().batch();
    long warps = threads / WARP;
    long rows = 0;
    long widest = 0;
    for (DenseChain.Link link : chain.layers()) {
      rows += link.outputs();
      widest = Math.max(widest, link.outputs());
    }
    long padded = fours(batch);
    long indices = (2 * batch * Integer.BYTES + size - 1) / size;
    long training = batch * fours(chain.inputs()) + (2 * rows + chain.outputs()) * padded + indices;
    long looking = warps * 2 * LOOK_SAMPLES * widest;
    return CHAIN_BYTES
        + 8 * (warps + warps % 2)
        + size * (fours(Math.max(training, looking)) + chain.parameters());
  }

  private static long fours(long count) {
    return (count + 3) / 4 * 4;
  }

  @Override
  void launch(int steps) {
    DescentPlan plan = plan();
    withTensors(kernel)
        .with(plan.samples())
        .with(plan.batch())
        .with(withoutReplacement())
        .with(plan.lookEvery())
        .with(steps)
        .with(chain.inputs())
        .with(chain.layers().size());
    int activations = 0;
    for (int l = 0; l < MAXIMAL_DEPTH; l++) {
      boolean there = l < chain.layers().size();
      kernel.with(there ? chain.layers().get(l).outputs() : 0);
      activations |= there ? chain.layers().get(l).activation().ordinal() << 3 * l : 0;
    }
    kernel.with(activations).launch(plan.replicas(), 1, 1, threads, (int) sharedBytes);
  }
}
