package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * m ← μ m + u, u ← u + μ m.
 *
 * <p>Source: Sutskever et al. (2013), in the form PyTorch uses.
 *
 * @param momentum μ in [0, 1)
 */
public record Nesterov(double momentum) implements FilterRule {
  /** Checks μ. */
  public Nesterov {
    Range.momentum("nesterov", momentum);
  }

  @Override
  public String text() {
    return "nesterov:" + momentum;
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
    double mu = now.of("mu", momentum);
    into[FilterWeight.KEPT.at()] = mu;
    into[FilterWeight.ENTERING.at()] = 1;
    into[FilterWeight.DIRECT.at()] = 1;
    into[FilterWeight.MOMENT.at()] = mu;
  }
}
