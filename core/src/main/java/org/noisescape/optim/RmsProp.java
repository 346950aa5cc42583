package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * v ← α v + (1 − α) u², u ← u/(√v + ε).
 *
 * <p>Source: Tieleman and Hinton (2012), lecture 6.5; ε stands beside the root, as in PyTorch. With
 * {@link HeavyBall} behind it, PyTorch's RMSprop with momentum.
 *
 * @param decay α in [0, 1)
 * @param epsilon ε > 0
 */
public record RmsProp(double decay, double epsilon) implements FilterRule {
  /** PyTorch's α. */
  public static final double DECAY = 0.99;

  /** PyTorch's ε. */
  public static final double EPSILON = 1e-8;

  /** Checks the numbers. */
  public RmsProp {
    Range.decay("rmsprop: alpha", decay);
    Range.epsilon("rmsprop", epsilon);
  }

  @Override
  public String text() {
    return "rmsprop:" + decay + "," + epsilon;
  }

  @Override
  public List<String> schedulable() {
    return List.of("alpha");
  }

  @Override
  public FilterMap map() {
    return FilterMap.ROOT;
  }

  @Override
  public boolean hasMoment() {
    return false;
  }

  @Override
  public void weights(StepValues now, double[] into) {
    double alpha = now.of("alpha", decay);
    into[FilterWeight.DIRECT.at()] = 1;
    into[FilterWeight.SQUARE_KEPT.at()] = alpha;
    into[FilterWeight.SQUARE_ENTERING.at()] = 1 - alpha;
    into[FilterWeight.ROOT.at()] = 1;
    into[FilterWeight.BOUND.at()] = epsilon;
  }
}
