package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * u ← the vector of [−c, c]ᴾ that is nearest to u, entry by entry.
 *
 * <p>PyTorch's {@code clip_grad_value_}.
 *
 * @param bound c > 0; infinity clips nothing
 */
public record ClipValue(double bound) implements FilterRule {
  /** Checks the bound. */
  public ClipValue {
    Range.bound("clip: value", bound);
  }

  @Override
  public boolean isIdentity() {
    return bound == Double.POSITIVE_INFINITY;
  }

  @Override
  public String text() {
    return "clip:value=" + bound;
  }

  @Override
  public List<String> schedulable() {
    return List.of("value");
  }

  @Override
  public FilterMap map() {
    return FilterMap.CLAMP;
  }

  @Override
  public boolean hasMoment() {
    return false;
  }

  @Override
  public void weights(StepValues now, double[] into) {
    into[FilterWeight.DIRECT.at()] = 1;
    into[FilterWeight.BOUND.at()] = now.of("value", bound);
  }
}
