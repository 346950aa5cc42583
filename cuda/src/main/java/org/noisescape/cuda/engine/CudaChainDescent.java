package org.noisescape.cuda.engine;

import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Kernel;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.Tensor;

/**
 * A chain of dense layers. Steps: a block a replica, from one look to the next, by {@code
 * dense_chain.cu}. Looks: all samples and replicas at once, by {@code dense_look.cu}. Both are
 * compiled for the chain when it is bound.
 */
final class CudaChainDescent extends FusedDescent {
  private static final int WARP = 32;
  private static final int END_THREADS = 128;

  private final ChainTiles tiles;
  private final LookTiles lookTiles;
  private final Kernel chain;
  private final Kernel look;
  private final Kernel lookEnd;
  private final int sampleBlocks;
  private final Tensor partials;

  CudaChainDescent(ChainTiles tiles, LookTiles lookTiles, DescentPlan plan, Device device) {
    super(plan, device);
    this.tiles = tiles;
    this.lookTiles = lookTiles;
    DType type = plan.theta().dtype();
    this.chain = device.kernels().get("dense_chain", type, tiles.definitions(), "dense_chain");
    this.look = device.kernels().get("dense_look", type, lookTiles.definitions(), "dense_look");
    this.lookEnd =
        device.kernels().get("dense_look", type, lookTiles.definitions(), "dense_look_end");
    this.sampleBlocks = (plan.samples() + lookTiles.samples() - 1) / lookTiles.samples();
    this.partials = plan.theta().engine().tensor(DType.FLOAT64, plan.replicas(), sampleBlocks);
    ((CudaArena) plan.theta().arena()).onClose(partials.arena()::close);
  }

  @Override
  void launch(int steps) {
    boolean looks = plan().thresholds() != null;
    if (steps == 0) {
      look(0, 0);
      return;
    }
    // the device knows where between two looks it is: stretches that are too many are empty
    int stretches = looks ? steps / plan().lookEvery() + 2 : 1;
    for (int stretch = 0; stretch < stretches; stretch++) {
      advance(steps, stretch);
      if (looks) {
        look(steps, stretch);
      }
    }
  }

  private void advance(int steps, int stretch) {
    DescentPlan plan = plan();
    chain
        .with(Address.of(plan.theta()))
        .with(Address.stride(plan.theta()))
        .with(Address.of(plan.features()))
        .with(Address.of(plan.targets()))
        .with(Address.stride(plan.targets()))
        .with(Address.of(plan.learningRate()))
        .with(Address.stride(plan.learningRate()))
        .with(Address.of(plan.keys()))
        .with(Address.stride(plan.keys()))
        .with(Address.of(plan.step()))
        .with(thresholds())
        .with(Address.orNull(plan.passages()))
        .with(Address.stride(plan.passages()))
        .with(plan.samples())
        .with(withoutReplacement());
    stretch(chain, steps, stretch)
        .launch(plan.replicas(), 1, 1, tiles.threads(), (int) tiles.sharedBytes());
  }

  private void look(int steps, int stretch) {
    DescentPlan plan = plan();
    look.with(Address.of(plan.theta()))
        .with(Address.stride(plan.theta()))
        .with(Address.of(plan.features()))
        .with(Address.of(plan.targets()))
        .with(Address.stride(plan.targets()))
        .with(Address.of(plan.step()))
        .with(thresholds())
        .with(Address.orNull(plan.passages()))
        .with(Address.stride(plan.passages()))
        .with(plan.samples())
        .with(plan.replicas());
    int groups = (plan.replicas() + lookTiles.together() - 1) / lookTiles.together();
    stretch(look, steps, stretch)
        .with(Address.of(partials))
        .launch(sampleBlocks, groups, 1, lookTiles.threads(), (int) lookTiles.sharedBytes());
    lookEnd
        .with(Address.of(partials))
        .with(sampleBlocks)
        .with(Address.of(plan.step()))
        .with(Address.orNull(plan.thresholds()))
        .with(Address.stride(plan.thresholds()))
        .with(thresholds())
        .with(Address.orNull(plan.passages()))
        .with(Address.stride(plan.passages()))
        .with(Address.of(plan.values()))
        .with(Address.stride(plan.values()))
        .with(plan.samples())
        .with(plan.replicas());
    int blocks = (plan.replicas() * WARP + END_THREADS - 1) / END_THREADS;
    stretch(lookEnd, steps, stretch).launch(blocks, 1, 1, END_THREADS, 0);
  }

  private Kernel stretch(Kernel kernel, int steps, int stretch) {
    int lookEvery = plan().thresholds() == null ? 0 : plan().lookEvery();
    return kernel.with(lookEvery).with(steps).with(stretch);
  }
}
