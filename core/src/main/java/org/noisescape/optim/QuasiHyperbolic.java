package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;

/**
 * m ← μ m + (1 − μ) u, u ← (1 − ν) u + ν m.
 *
 * <p>Source: Ma and Yarats (2019), Eqs. 3 and 4. ν = 0 is plain descent, ν = 1 heavy ball with
 * dampening μ.
 *
 * @param momentum μ in [0, 1)
 * @param discount ν in [0, 1]
 */
public record QuasiHyperbolic(double momentum, double discount) implements FilterRule {
  /** Checks μ and ν. */
  public QuasiHyperbolic {
    Range.momentum("qhm", momentum);
    if (!(discount >= 0 && discount <= 1)) {
      throw new IllegalArgumentException("qhm: nu must lie in [0, 1], got " + discount);
    }
  }

  @Override
  public String text() {
    return "qhm:" + momentum + "," + discount;
  }

  @Override
  public List<String> schedulable() {
    return List.of("mu", "nu");
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
    double nu = now.of("nu", discount);
    into[FilterWeight.KEPT.at()] = mu;
    into[FilterWeight.ENTERING.at()] = 1 - mu;
    into[FilterWeight.DIRECT.at()] = 1 - nu;
    into[FilterWeight.MOMENT.at()] = nu;
  }
}
