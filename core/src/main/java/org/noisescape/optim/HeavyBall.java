package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * m ← μ m + u, u ← m. No dampening.
 *
 * <p>Source: Polyak (1964); PyTorch's convention.
 *
 * @param momentum μ in [0, 1)
 */
public record HeavyBall(double momentum) implements FilterRule {
  /** Checks μ. */
  public HeavyBall {
    Range.momentum("momentum", momentum);
  }

  @Override
  public String text() {
    return "momentum:" + momentum;
  }

  @Override
  public List<String> schedulable() {
    return List.of("mu");
  }

  @Override
  public FilterMap map() {
    return FilterMap.IDENTITY;
  }

  @Override
  public boolean hasMoment() {
    return true;
  }

  @Override
  public void weights(StepValues now, double[] into) {
    into[FilterWeight.KEPT.at()] = now.of("mu", momentum);
    into[FilterWeight.ENTERING.at()] = 1;
    into[FilterWeight.MOMENT.at()] = 1;
  }
}
