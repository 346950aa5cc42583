package example.named;

import org.noisescape.linop.LinearOperator;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.Matrix;
import org.noisescape.quantities.Measure;
import org.noisescape.quantities.Point;
import org.noisescape.quantities.Quantity;
import org.noisescape.quantities.QuantityProvider;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** {@code hessian-mean}: the mean of the entries of H, 1ᵀH1/P². */
public final class HessianMean implements QuantityProvider, Measure {
  @Override
  public Quantity quantity() {
    return new Quantity(
        "hessian-mean", "mean of the entries of H", 0, this, Quantity.Use.EVERYWHERE);
  }

  @Override
  public Need need() {
    return Need.CURVATURE;
  }

  @Override
  public Finding measure(Point point, int k) {
    LinearOperator hessian = point.operator(Matrix.HESSIAN);
    int size = hessian.dimension();
    try (Arena arena = hessian.engine().arena()) {
      Tensor ones = arena.reserve(hessian.dtype(), 1, size);
      Tensor image = arena.reserve(hessian.dtype(), 1, size);
      arena.commit();
      hessian.engine().memory().fill(ones, 1);
      hessian.apply(ones, image);
      double sum = 0;
      for (double entry : hessian.engine().memory().readDoubles(image)) {
        sum += entry;
      }
      return Finding.exact(sum / size / size);
    }
  }
}
