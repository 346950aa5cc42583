package org.noisescape.optim;

import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;
import org.noisescape.tensor.Tensor;

/**
 * A rule that is a recursion over gradients, {@link org.noisescape.tensor.Pointwise#filter}:
 * momentum and its kin, Adam, RMSprop, Lion. Its weights are its one definition, for the vectors of
 * an engine and for those of a landscape alike.
 *
 * <p>State: the first moment where there is one, then the second.
 */
public interface FilterRule extends UpdateRule {
  /** What becomes of the sum; a second moment is kept with {@link FilterMap#ROOT}. */
  FilterMap map();

  /** Whether a first moment is kept. */
  boolean hasMoment();

  /**
   * The weights of a step.
   *
   * @param now the step and the values of parameters at it
   * @param into receives the weights at their {@link FilterWeight#at}; all 0 at first
   */
  void weights(StepValues now, double[] into);

  /** Whether the weights change from step to step by themselves, as those of Adam do. */
  default boolean dependsOnStep() {
    return false;
  }

  @Override
  default Runnable bind(RuleMemory memory) {
    Tensor u = memory.direction();
    Tensor m = hasMoment() ? memory.state() : null;
    Tensor v = map() == FilterMap.ROOT ? memory.state() : null;
    Tensor weights = memory.varying(FilterWeight.COUNT, this::weights);
    FilterMap map = map();
    return () -> memory.engine().pointwise().filter(map, weights, u, m, v);
  }

  @Override
  default VectorRule onVectors() {
    return new VectorFilter(this);
  }
}
