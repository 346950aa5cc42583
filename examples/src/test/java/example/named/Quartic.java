package example.named;

import org.noisescape.dynamics.landscape.Landscape;

/** L(θ) = θ⁴/4. */
public record Quartic() implements Landscape {
  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double value(double[] theta) {
    return Math.pow(theta[0], 4) / 4;
  }

  @Override
  public void gradient(double[] theta, double[] into) {
    into[0] = theta[0] * theta[0] * theta[0];
  }

  @Override
  public void hessian(double[] theta, double[] into) {
    into[0] = 3 * theta[0] * theta[0];
  }
}
