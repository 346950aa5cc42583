package org.noisescape.engine.host;

import java.util.Optional;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;
import org.noisescape.tensor.DescentPlan;
import org.noisescape.tensor.EnsembleKernels;
import org.noisescape.tensor.ReplicaDescent;

/** Steps of small models by kernels that keep a replica in a core's cache. */
final class HostEnsembles extends EnsembleKernels {
  /** What stays in a core's second-level cache. */
  static final long CACHE_BYTES = 1 << 20;

  private final Workers workers;

  HostEnsembles(Workers workers) {
    this.workers = workers;
  }

  @Override
  protected Optional<ReplicaDescent> bindDenseChain(DenseChain chain, DescentPlan plan) {
    boolean fits = 4L * chain.parameters() <= CACHE_BYTES;
    if (plan.theta().dtype() != DType.FLOAT32 || !fits) {
      return Optional.empty();
    }
    return Optional.of(new HostChainDescent(chain, plan, workers));
  }

  @Override
  protected Optional<ReplicaDescent> bindLinearRegression(DescentPlan plan) {
    return plan.theta().dtype() == DType.FLOAT64
        ? Optional.of(new HostRegressionDescent(plan, workers))
        : Optional.empty();
  }
}
