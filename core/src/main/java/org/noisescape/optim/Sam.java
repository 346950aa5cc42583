package org.noisescape.optim;

import java.util.List;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Sharpness-aware minimisation: the gradient at θ + ρ g/(‖g‖ + 10⁻¹²), g that at θ, the norm that
 * of all parameters of a replica.
 *
 * <p>Source: Foret et al. (2021), Eqs. 2 and 3, p = 2. Running statistics of batch normalisations
 * follow the pass at θ alone.
 *
 * @param radius ρ ≥ 0
 */
public record Sam(double radius) implements AscentRule {
  private static final double OFFSET = 1e-12;

  /** Checks ρ. */
  public Sam {
    Range.notNegative("sam: rho", radius);
  }

  @Override
  public boolean isIdentity() {
    return radius == 0;
  }

  @Override
  public String text() {
    return "sam:rho=" + radius;
  }

  @Override
  public List<String> schedulable() {
    return List.of("rho");
  }

  @Override
  public Runnable bindAscent(RuleMemory memory) {
    Tensor theta = memory.theta();
    Tensor gradient = memory.direction();
    Tensor factors = memory.reserve(DType.FLOAT64, theta.dim(0));
    Runnable factor =
        new NormFactor(
            memory, factors.reshape(theta.dim(0), 1), "rho", radius, OFFSET, Double.MAX_VALUE);
    return () -> {
      factor.run();
      memory.engine().linearAlgebra().axpy(factors, gradient, theta);
    };
  }

  @Override
  public void ascend(double[] theta, double[] gradient) {
    double square = 0;
    for (double entry : gradient) {
      square += entry * entry;
    }
    double factor = radius / (Math.sqrt(square) + OFFSET);
    for (int i = 0; i < theta.length; i++) {
      theta[i] += factor * gradient[i];
    }
  }
}
