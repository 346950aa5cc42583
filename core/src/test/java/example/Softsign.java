package example;

import org.noisescape.nn.ElementwiseLayer;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Tensor;

/** y = x/(1 + |x|), f′ = 1/(1 + |x|)², f″ = −2 sign(x)/(1 + |x|)³. */
public final class Softsign extends ElementwiseLayer {
  @Override
  protected int workspaces() {
    return 2;
  }

  @Override
  protected void value(Tensor x, Tensor y, Tensor... work) {
    denominator(x, work);
    x.engine().pointwise().divide(x, work[0], y);
  }

  @Override
  protected void slope(Tensor x, Tensor slope, Tensor... work) {
    Pointwise pointwise = x.engine().pointwise();
    denominator(x, work);
    x.engine().memory().fill(slope, 1);
    pointwise.divide(slope, work[0], slope);
    pointwise.multiply(slope, slope, slope);
  }

  @Override
  protected void bend(Tensor x, Tensor bend, Tensor... work) {
    Pointwise pointwise = x.engine().pointwise();
    denominator(x, work);
    pointwise.sign(x, bend);
    x.engine().linearAlgebra().axpby(0, bend, -2, bend);
    for (int power = 0; power < 3; power++) {
      pointwise.divide(bend, work[0], bend);
    }
  }

  /** The first workspace ← 1 + |x|. */
  private static void denominator(Tensor x, Tensor... work) {
    Pointwise pointwise = x.engine().pointwise();
    pointwise.sign(x, work[0]);
    pointwise.multiply(x, work[0], work[0]);
    x.engine().memory().fill(work[1], 1);
    x.engine().linearAlgebra().axpby(1, work[1], 1, work[0]);
  }

  @Override
  public String toString() {
    return "Softsign";
  }
}
