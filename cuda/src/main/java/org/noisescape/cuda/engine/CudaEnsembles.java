package org.noisescape.cuda.engine;

import java.util.Optional;
import org.noisescape.cuda.bind.Driver.Attribute;
import org.noisescape.cuda.device.Device;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.EnsembleKernels;
import org.noisescape.tensor.ReplicaDescent;

/** Steps of small models by kernels that keep a replica in shared memory or registers. */
final class CudaEnsembles extends EnsembleKernels {
  private final Device device;

  CudaEnsembles(Device device) {
    this.device = device;
  }

  @Override
  protected Optional<ReplicaDescent> bindDenseChain(DenseChain chain, DescentPlan plan) {
    DType type = plan.theta().dtype();
    long stride = Address.stride(plan.features());
    int shared = device.attribute(Attribute.SHARED_BYTES_PER_BLOCK_MAXIMUM);
    Optional<ChainTiles> tiles = ChainTiles.of(chain, type, plan.batch(), stride, shared);
    Optional<LookTiles> looks = LookTiles.of(chain, type, stride, plan.replicas(), shared);
    if (tiles.isEmpty() || looks.isEmpty() || !plan.step().isContiguous()) {
      return Optional.empty();
    }
    return Optional.of(new CudaChainDescent(tiles.get(), looks.get(), plan, device));
  }

  @Override
  protected Optional<ReplicaDescent> bindLinearRegression(DescentPlan plan) {
    return plan.theta().dim(1) <= CudaRegressionDescent.MAXIMAL_DIMENSION
            && plan.step().isContiguous()
        ? Optional.of(new CudaRegressionDescent(plan, device))
        : Optional.empty();
  }
}
