package org.noisescape.tensor;

import java.util.Optional;

/**
 * Whole steps of small models, where the operations of a step cost more to call than to compute.
 *
 * <p>An engine without a kernel for a model returns nothing: the caller then composes the step of
 * the other families.
 */
public abstract class EnsembleKernels {
  /** No kernels. */
  public static final EnsembleKernels NONE = new EnsembleKernels() {};

  /**
   * SGD on a chain of dense layers, where its parameters fit a core's cache.
   *
   * @param chain the model
   * @param plan tensors of its sizes, θ (R, {@link DenseChain#parameters}); committed before the
   *     first use
   */
  public final Optional<ReplicaDescent> denseChain(DenseChain chain, DescentPlan plan) {
    Check.shape("denseChain", "theta", plan.theta(), plan.replicas(), chain.parameters());
    Check.shape("denseChain", "features", plan.features(), plan.samples(), chain.inputs());
    Check.shape("denseChain", "targets", plan.targets(), plan.samples(), chain.outputs());
    return bindDenseChain(chain, plan);
  }

  /**
   * SGD on linear regression without bias, ½(θ·x − t)².
   *
   * @param plan tensors of its sizes: θ (R, d), features (N, d), targets (N, 1); committed before
   *     the first use
   */
  public final Optional<ReplicaDescent> linearRegression(DescentPlan plan) {
    Check.shape("linearRegression", "features", plan.features(), -1, plan.theta().dim(1));
    Check.shape("linearRegression", "targets", plan.targets(), plan.samples(), 1);
    return bindLinearRegression(plan);
  }

  /** Engine part of {@link #denseChain}. */
  protected Optional<ReplicaDescent> bindDenseChain(DenseChain chain, DescentPlan plan) {
    return Optional.empty();
  }

  /** Engine part of {@link #linearRegression}. */
  protected Optional<ReplicaDescent> bindLinearRegression(DescentPlan plan) {
    return Optional.empty();
  }
}
